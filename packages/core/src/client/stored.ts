import type { AnyAdapter } from '../adapter/adapter.ts'
import type { AdapterUpsertResult } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactMethod } from '../model/contact-method.ts'
import type { ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactWrite, WritableField } from '../model/input.ts'
import { type JsonObject, type JsonValue, sameJson } from '../model/json.ts'
import { checkCreated, sameKey } from './lookup.ts'
import { dropFields, withoutIndex } from './policy.ts'
import { type Call, createContext, type Runtime } from './runtime.ts'
import {
  asUnfindable,
  compareText,
  compareValue,
  type Deviation,
  type DeviationKind,
  isBare,
  isSpelling,
  loosely,
  REASONS,
} from './spelling.ts'

/**
 * Sees to it that what was written is what is stored: the answer to a write is compared with it, field by field.
 *
 * What was not kept is `unsupported_field`, with `applied: 'yes'` and the contact's id, so that nobody creates the contact again; a
 * warning where the client was told to go on without such fields. Another spelling is the warning `rewritten_field`. Where only a
 * read can tell, it is read once more, and an old value that is still shown is the warning `unconfirmed`.
 *
 * @param contact - the answer to the write
 * @param before - the contact before it, where it is known
 * @param isNew - whether the write made it: then there is no old value that a replica could still show. @default false
 * @returns the contact as it was read last
 */
export async function confirmStored(
  runtime: Runtime,
  write: ContactWrite,
  contact: Contact,
  call: Call,
  before?: Contact | undefined,
  isNew = false,
): Promise<Contact> {
  const { adapter } = runtime
  for (const index of runtime.indexes) index.note(contact, write)
  let latest = contact
  let deviations = findDeviations(adapter, write, latest, before)
  const isOff = deviations.some(({ kind }) => kind !== 'rewritten')
  if (isOff && (adapter.writesAnswer === 'id' || isBare(latest)) && adapter.get) {
    latest = await adapter.get({ key: 'id', value: contact.id }, createContext(runtime, call))
    deviations = findDeviations(adapter, write, latest, before)
  }
  if (deviations.length === 0) return latest
  const { by } = call
  const isFound = !isNew || !by || sameKey(adapter, by, write[by] ?? '', latest[by] ?? '')
  report(runtime, call, latest.id, isFound ? deviations : asUnfindable(by, deviations), isNew)
  return latest
}

/** As {@link confirmStored}, for a contact that the write created, and which is no other one: there was nothing to clear, and a provider may fill in a field. */
export function confirmCreated(
  runtime: Runtime,
  write: ContactWrite,
  contact: Contact,
  call: Call,
): Promise<Contact> {
  checkCreated(runtime, write, contact)
  const given = Object.entries(write).filter(([, value]) => value !== null)
  return confirmStored(runtime, Object.fromEntries(given), contact, call, undefined, true)
}

/** As {@link confirmStored}, for an upsert. */
export function confirmUpserted(
  runtime: Runtime,
  write: ContactWrite,
  { contact, outcome }: AdapterUpsertResult,
  call: Call,
): Promise<Contact> {
  return (outcome === 'created' ? confirmCreated : confirmStored)(runtime, write, contact, call)
}

/**
 * As {@link confirmStored}, for a single contact method.
 *
 * @param wanted - what was written of it
 * @param stored - the answer to the write
 * @returns `stored`
 */
export function confirmMethod(
  runtime: Runtime,
  call: Call,
  wanted: Partial<ContactMethodWrite>,
  stored: ContactMethod,
): ContactMethod {
  const { adapter } = runtime
  const { type, value } = wanted
  const field = stored.type === 'email' ? 'email' : 'phone'
  const canonical = (text: string): string => adapter.canonical?.(field, text) ?? text
  const kind = value === undefined ? undefined : compareText(field, value, stored.value, undefined, canonical)
  const deviations: Deviation[] = [
    ...(type !== undefined && type !== stored.type ? [{ path: 'type', kind: 'other' as const }] : []),
    ...(kind === undefined ? [] : [{ path: 'value', kind }]),
    ...memberDeviations(wanted, stored, undefined, ''),
  ]
  report(runtime, call, stored.id, deviations, true, 'contact method')
  return stored
}

/** Throws what was not kept of a write, or warns of it. */
export function report(
  runtime: Runtime,
  call: Call,
  id: string | undefined,
  deviations: readonly Deviation[],
  isNew: boolean,
  what = 'contact',
  remedy = 'leave the field out',
): void {
  const { adapter, policy } = runtime
  const { operation } = call.scope
  const { provider } = adapter
  // Where a read alone can tell, a value that is not the new one may be the old one, which a replica still shows.
  const isLagging = (kind: Deviation['kind']): boolean =>
    (kind === 'old' || kind === 'other' || kind === 'uncleared') && adapter.writesAnswer === 'id' && !isNew
  const warn = (code: 'rewritten_field' | 'unconfirmed', field: string, what: string): void =>
    policy.onWarning?.({ code, provider, operation, field, message: `${provider} ${what} ${field}.` })
  const lost: { readonly path: string; readonly reason: string }[] = []
  for (const { path, kind } of deviations) {
    if (call.scope.wasDropped(path)) continue
    if (kind === 'rewritten') warn('rewritten_field', path, 'stores another spelling of')
    else if (isLagging(kind)) warn('unconfirmed', path, 'still shows the old value of')
    else {
      lost.push({ path, reason: REASONS[kind] })
      // That one method is missing says nothing of the others.
      const isField = withoutIndex(path) !== 'contactMethods'
      if (kind === 'empty' && isField) call.batch?.notKept.set(withoutIndex(path), REASONS[kind])
    }
  }
  if (lost.length === 0) return
  const advice = `What else was written is in force: the ${what} has the id ${id}. Do not create it again; ${remedy}, or pass unsupportedFields: 'drop'.`
  dropFields(runtime, operation, lost, 'yes', advice)
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
function findDeviations(
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
        if (isPrimaryOf(write, field, value)) return [] // the list says it, and more
        return textDeviations(field as WritableField, value, comparison) // a key of the write
    }
  })
}

/** Whether a field is the value of the primary of that type, in a write that has it in `contactMethods` too. */
function isPrimaryOf({ contactMethods }: ContactWrite, field: string, value: unknown): boolean {
  const says = (method: ContactMethodWrite): boolean =>
    method.primary === true && method.type === field && method.value === value
  return contactMethods?.some(says) ?? false
}

function textDeviations(field: WritableField, wanted: unknown, comparison: Comparison): Deviation[] {
  if (wanted !== null && typeof wanted !== 'string') return []
  const { stored, before, canonical } = comparison
  const present = textOf(stored, field)
  if ((present ?? null) === wanted) return []
  const old = before && textOf(before, field)
  const kind = compareText(field, wanted, present, old, (value) => canonical(field, value))
  return kind === undefined ? [] : [{ path: field, kind }]
}

function tagDeviations(wanted: readonly string[], { stored, before }: Comparison): Deviation[] {
  const present = stored.tags ?? []
  const missing = wanted.filter((tag) => !present.includes(tag))
  const surplus = present.filter((tag) => !wanted.includes(tag))
  if (missing.length === 0 && surplus.length === 0) return []
  const isOld = before !== undefined && sameJson(before.tags ?? [], present)
  if (isOld) return [{ path: 'tags', kind: 'old' }]
  const folded = (tags: readonly string[]): string => [...new Set(tags.map(loosely))].sort().join()
  if (folded(wanted) === folded(present)) return [{ path: 'tags', kind: 'rewritten' }]
  if (wanted.length === 0) return [{ path: 'tags', kind: 'uncleared' }]
  return [{ path: 'tags', kind: surplus.length === 0 ? 'empty' : 'other' }]
}

function customFieldDeviations(wanted: JsonObject | null, comparison: Comparison): Deviation[] {
  const { stored, before } = comparison
  const present = stored.customFields
  if (wanted === null) {
    return Object.keys(present).map((key) => ({ path: `customFields.${key}`, kind: 'uncleared' as const }))
  }
  return Object.entries(wanted).flatMap(([key, value]) => {
    const now = memberOf(present, key)
    if (sameJson(now, value)) return []
    const kind = compareValue(value, now, before && memberOf(before.customFields, key))
    return kind === undefined ? [] : [{ path: `customFields.${key}`, kind }]
  })
}

function memberOf(fields: JsonObject | undefined, key: string): JsonValue {
  return fields && Object.hasOwn(fields, key) ? (fields[key] ?? null) : null
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
  if (wanted.length === 0 && left.length > 0) return [{ path: 'contactMethods', kind: 'uncleared' }]
  const old = (method: ContactMethod): ContactMethod | undefined =>
    comparison.before?.contactMethods.find(({ id }) => id !== undefined && id === method.id)
  const matched = wanted.map((method) => take((one) => same(one, method)))
  return wanted.flatMap((method, index) => {
    const path = `contactMethods.${index}.`
    const found = matched[index]
    if (found) return memberDeviations(method, found, old(found), path)
    const other = take(({ type }) => type === method.type)
    if (!other) return [{ path: `contactMethods.${index}`, kind: 'empty' as const }]
    const field = method.type === 'email' ? 'email' : 'phone'
    const kind = isSpelling(field, other.value, method.value) ? ('rewritten' as const) : ('other' as const)
    return [{ path: `${path}value`, kind }, ...memberDeviations(method, other, old(other), path)]
  })
}

/**
 * Compares what a write says of a contact method beside its type and value.
 *
 * @param path - what the paths begin with
 */
function memberDeviations(
  wanted: Partial<ContactMethodWrite>,
  stored: ContactMethod,
  before: ContactMethod | undefined,
  path: string,
): Deviation[] {
  const deviations: Deviation[] = []
  const note = (member: string, kind: DeviationKind | undefined): void => {
    if (kind !== undefined) deviations.push({ path: path + member, kind })
  }
  for (const member of ['label', 'externalId'] as const) {
    const value = wanted[member]
    if (value !== undefined) note(member, compareText('note', value, stored[member], before?.[member]))
  }
  if (wanted.primary === true && !stored.primary) note('primary', 'empty')
  if (wanted.verified === true && stored.verified !== true) note('verified', 'empty')
  for (const [key, value] of Object.entries(wanted.customFields ?? {})) {
    const old = before && memberOf(before.customFields, key)
    note(`customFields.${key}`, compareValue(value, memberOf(stored.customFields, key), old))
  }
  return deviations
}

function textOf(contact: Contact, field: WritableField): string | undefined {
  const value: unknown = Reflect.get(contact, field)
  return typeof value === 'string' ? value : undefined
}
