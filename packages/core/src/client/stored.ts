import type { AnyAdapter } from '../adapter/adapter.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactMethod } from '../model/contact-method.ts'
import type { ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactWrite, WritableField } from '../model/input.ts'
import type { JsonObject } from '../model/json.ts'
import { sameJson } from '../model/same-json.ts'

/** A part of a write that is not stored as it was written. */
export interface Deviation {
  /** Dotted, for example `customFields.plan`. */
  readonly path: string
  /**
   * `empty`: nothing is stored, or what was to be cleared is still there. `old`: the value from before. `cut`: only its beginning.
   * `rewritten`: another spelling.
   */
  readonly kind: 'empty' | 'old' | 'cut' | 'rewritten'
}

/** What a write is compared by. */
interface Comparison {
  readonly stored: Contact
  /** The contact as it was; absent where that is not known. */
  readonly before: Contact | undefined
  /** The spelling under which the provider stores a value. */
  readonly canonical: (field: WritableField, value: string) => string
}

/**
 * Compares a write with what the provider says is stored, field by field.
 *
 * @param write - what was sent
 * @param stored - the write's own answer, or what was read after it
 * @param before - the contact before the write, where it is known
 * @returns what is not as it was written; empty when all is
 */
export function findDeviations(
  adapter: AnyAdapter,
  write: ContactWrite,
  stored: Contact,
  before?: Contact | undefined,
): Deviation[] {
  const canonical = (field: WritableField, value: string): string =>
    adapter.canonical?.(field, value) ?? value
  const comparison: Comparison = { stored, before, canonical }
  return Object.entries(write).flatMap(([field, value]) => {
    switch (field) {
      case 'id':
        return []
      case 'customFields':
        return customFieldDeviations(write.customFields ?? null, comparison)
      case 'tags':
        return tagDeviations(write.tags ?? [], comparison)
      case 'contactMethods':
        return methodDeviations(write.contactMethods ?? [], comparison)
      default:
        return textDeviations(field as WritableField, value, comparison) // a key of the write
    }
  })
}

function textDeviations(field: WritableField, wanted: unknown, comparison: Comparison): Deviation[] {
  const present = textOf(comparison.stored, field)
  if (wanted === null) return present === undefined ? [] : [{ path: field, kind: 'empty' }]
  if (typeof wanted !== 'string') return []
  const kind = compareText(wanted, present, comparison.before && textOf(comparison.before, field), (value) =>
    comparison.canonical(field, value),
  )
  return kind === undefined ? [] : [{ path: field, kind }]
}

function compareText(
  wanted: string,
  present: string | undefined,
  before: string | undefined,
  canonical: (value: string) => string,
): Deviation['kind'] | undefined {
  if (present === undefined) return 'empty'
  if (present === wanted || canonical(present) === canonical(wanted)) return undefined
  if (sameMoment(present, wanted)) return undefined
  const [now, then] = [loosely(present), loosely(wanted)]
  if (now === then) return 'rewritten'
  if (present === before) return 'old'
  return now !== '' && then.startsWith(now) ? 'cut' : 'rewritten'
}

/** A text without what a provider may tidy up: case, blanks, signs, composition. */
function loosely(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

const MOMENT = /^\d{4}-\d\d-\d\dT/

function sameMoment(a: string, b: string): boolean {
  return MOMENT.test(a) && MOMENT.test(b) && Date.parse(a) === Date.parse(b)
}

function tagDeviations(wanted: readonly string[], { stored, before }: Comparison): Deviation[] {
  const present = stored.tags ?? []
  const missing = wanted.filter((tag) => !present.includes(tag))
  const surplus = present.filter((tag) => !wanted.includes(tag))
  if (missing.length === 0 && surplus.length === 0) return []
  const isOld = before !== undefined && sameJson(before.tags ?? [], present)
  if (isOld) return [{ path: 'tags', kind: 'old' }]
  const isLost = surplus.length === 0 || wanted.length === 0
  return [{ path: 'tags', kind: isLost ? 'empty' : 'rewritten' }]
}

function customFieldDeviations(wanted: JsonObject | null, comparison: Comparison): Deviation[] {
  const { stored, before } = comparison
  const present = stored.customFields
  if (wanted === null) {
    return Object.keys(present).map((key) => ({ path: `customFields.${key}`, kind: 'empty' as const }))
  }
  const deviations: Deviation[] = []
  for (const [key, value] of Object.entries(wanted)) {
    const path = `customFields.${key}`
    const now = Object.hasOwn(present, key) ? (present[key] ?? null) : null
    if (sameJson(now, value)) continue
    const old = before && Object.hasOwn(before.customFields, key) ? (before.customFields[key] ?? null) : null
    if (now === null || value === null) deviations.push({ path, kind: 'empty' })
    else if (before && sameJson(now, old)) deviations.push({ path, kind: 'old' })
    else deviations.push({ path, kind: 'rewritten' })
  }
  return deviations
}

/** Methods are matched by id, else by type and value; where none fits, one of the type that nothing else names stands for it. */
function methodDeviations(wanted: readonly ContactMethodWrite[], comparison: Comparison): Deviation[] {
  const left = [...comparison.stored.contactMethods]
  const take = (fits: (method: ContactMethod) => boolean): ContactMethod | undefined => {
    const index = left.findIndex(fits)
    return index < 0 ? undefined : left.splice(index, 1)[0]
  }
  const same = (method: ContactMethod, { type, value }: ContactMethodWrite): boolean => {
    const field = type === 'email' ? 'email' : 'phone'
    return (
      method.type === type &&
      (method.value === value ||
        comparison.canonical(field, method.value) === comparison.canonical(field, value))
    )
  }
  const matched = wanted.map((method) => take((one) => same(one, method)))
  return wanted.flatMap((method, index) => {
    const path = `contactMethods.${index}`
    const found = matched[index]
    if (found) return memberDeviations(method, found, path)
    const other = take(({ type }) => type === method.type)
    return other
      ? [{ path: `${path}.value`, kind: 'rewritten' as const }, ...memberDeviations(method, other, path)]
      : [{ path, kind: 'empty' as const }]
  })
}

function memberDeviations(wanted: ContactMethodWrite, stored: ContactMethod, path: string): Deviation[] {
  const deviations: Deviation[] = []
  const check = (member: string, isKept: boolean, isThere: boolean): void => {
    if (!isKept) deviations.push({ path: `${path}.${member}`, kind: isThere ? 'rewritten' : 'empty' })
  }
  for (const member of ['label', 'externalId'] as const) {
    const value = wanted[member]
    if (value === undefined) continue
    const present = stored[member]
    check(member, (value ?? undefined) === present, present !== undefined && value !== null)
  }
  if (wanted.primary === true) check('primary', stored.primary, false)
  if (wanted.verified === true) check('verified', stored.verified === true, false)
  for (const [key, value] of Object.entries(wanted.customFields ?? {})) {
    const now = stored.customFields?.[key] ?? null
    check(`customFields.${key}`, sameJson(now, value), now !== null && value !== null)
  }
  return deviations
}

function textOf(contact: Contact, field: WritableField): string | undefined {
  const value: unknown = Reflect.get(contact, field)
  return typeof value === 'string' ? value : undefined
}
