import type { Contact } from '../model/contact.ts'
import type { ContactMethod } from '../model/contact-method.ts'
import type { ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactWrite } from '../model/input.ts'
import { type JsonObject, sameJson } from '../model/json.ts'
import { REF_KEYS, type RefKey } from '../model/ref.ts'

/**
 * The part of a write that would change a contact. Custom fields are compared key by key, tags in any order, times as moments,
 * contact methods in any order and by what the write says of them.
 *
 * @param contact - the contact as it is
 * @param write - what is to be written
 * @param same - tells whether two spellings of an email address, phone number or id are the same to the provider;
 * default: equal text
 * @returns `undefined` when nothing would change
 */
export function diffContact(
  contact: Contact,
  write: ContactWrite,
  same: (key: RefKey, present: string, wanted: string) => boolean = () => false,
): ContactWrite | undefined {
  const changed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(write)) {
    if (value === undefined) continue
    if (field === 'customFields') {
      const fields = diffCustomFields(contact.customFields, write.customFields ?? null)
      if (fields !== undefined) changed[field] = fields
    } else if (!sameField(contact, field, value) && !hasSameKey(contact, field, value, same)) {
      changed[field] = value
    }
  }
  return Object.keys(changed).length === 0 ? undefined : (changed as ContactWrite) // a part of the write it was given
}

/**
 * Tells whether two readings of a contact say the same, leaving aside when it was last updated and the vendor's record.
 *
 * @param before - one reading
 * @param after - another one
 */
export function sameContact(before: Contact, after: Contact): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  fields.delete('raw')
  fields.delete('updatedAt')
  return [...fields].every((field) => sameJson(Reflect.get(before, field), Reflect.get(after, field)))
}

function hasSameKey(
  contact: Contact,
  field: string,
  wanted: unknown,
  same: (key: RefKey, present: string, wanted: string) => boolean,
): boolean {
  const key = REF_KEYS.find((candidate) => candidate === field)
  const present = key && contact[key]
  return (
    key !== undefined && present !== undefined && typeof wanted === 'string' && same(key, present, wanted)
  )
}

function sameField(contact: Contact, field: string, value: unknown): boolean {
  const present: unknown = Reflect.get(contact, field)
  if (field === 'contactMethods')
    return sameMethods(contact.contactMethods, Array.isArray(value) ? value : [])
  if (field === 'tags') return sameTags(contact.tags ?? [], Array.isArray(value) ? value : [])
  return sameValue(field, present, value)
}

function sameValue(field: string, present: unknown, value: unknown): boolean {
  if (field === 'verifiedAt' && typeof present === 'string' && typeof value === 'string') {
    return Date.parse(present) === Date.parse(value)
  }
  return (present ?? null) === value
}

/** Tags are a set: a provider may give them back in another order. */
function sameTags(present: readonly string[], wanted: readonly unknown[]): boolean {
  const [left, right] = [new Set<unknown>(present), new Set(wanted)]
  return left.size === right.size && [...left].every((tag) => right.has(tag))
}

function diffCustomFields(present: JsonObject, write: JsonObject | null): JsonObject | null | undefined {
  if (write === null) return Object.keys(present).length === 0 ? undefined : null
  const changed: JsonObject = {}
  for (const [key, value] of Object.entries(write)) {
    const current = Object.hasOwn(present, key) ? present[key] : undefined
    const same =
      value === null
        ? current === undefined || current === null
        : current !== undefined && sameJson(current, value)
    if (!same) changed[key] = value
  }
  return Object.keys(changed).length === 0 ? undefined : changed
}

/** Every method that is there is asked for, and none that is asked for differs in what was said of it. */
function sameMethods(present: readonly ContactMethod[], wanted: readonly ContactMethodWrite[]): boolean {
  if (present.length !== wanted.length) return false
  const left = [...present]
  for (const method of wanted) {
    const index = left.findIndex((candidate) => sameMethod(candidate, method))
    if (index < 0) return false
    left.splice(index, 1)
  }
  return true
}

function sameMethod(present: ContactMethod, wanted: ContactMethodWrite): boolean {
  const { primary = false, customFields, ...rest } = wanted
  if (present.primary !== primary) return false
  if (customFields !== undefined) {
    if (diffCustomFields(present.customFields ?? {}, customFields) !== undefined) return false
  }
  return Object.entries(rest).every(
    ([field, value]) => value === undefined || sameValue(field, Reflect.get(present, field), value),
  )
}
