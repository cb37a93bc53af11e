import type { ContactMethod, ContactMethodInput } from '../model/contact-method.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { isPlainObject, type JsonObject, type JsonValue } from '../model/json.ts'

/**
 * The part of a write that would change a contact: `undefined` when nothing would.
 *
 * @param contact - the contact as it is
 * @param write - what is to be written
 */
export function diffContact(contact: Contact, write: ContactWrite): ContactWrite | undefined {
  const changed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(write)) {
    if (field === 'customFields') {
      const fields = diffCustomFields(contact.customFields, write.customFields ?? null)
      if (fields !== undefined) changed[field] = fields
    } else if (!sameField(contact, field, value)) {
      changed[field] = value
    }
  }
  return Object.keys(changed).length === 0 ? undefined : (changed as ContactWrite) // a part of the write it was given
}

function sameField(contact: Contact, field: string, value: unknown): boolean {
  const present: unknown = Reflect.get(contact, field)
  if (field === 'contactMethods') return sameMethods(contact.contactMethods, Array.isArray(value) ? value : [])
  if (field === 'tags') return sameJson(toJson(present ?? []), toJson(value ?? []))
  if (field === 'verifiedAt' && typeof present === 'string' && typeof value === 'string') {
    return Date.parse(present) === Date.parse(value)
  }
  return (present ?? null) === value
}

function diffCustomFields(present: JsonObject, write: JsonObject | null): JsonObject | null | undefined {
  if (write === null) return Object.keys(present).length === 0 ? undefined : null
  const changed: JsonObject = {}
  for (const [key, value] of Object.entries(write)) {
    const current = Object.hasOwn(present, key) ? present[key] : undefined
    const same = value === null ? current === undefined || current === null : current !== undefined && sameJson(current, value)
    if (!same) changed[key] = value
  }
  return Object.keys(changed).length === 0 ? undefined : changed
}

/** Every method that is there is asked for, and none that is asked for differs in what was said of it. */
function sameMethods(present: readonly ContactMethod[], wanted: readonly ContactMethodInput[]): boolean {
  if (present.length !== wanted.length) return false
  const left = [...present]
  for (const method of wanted) {
    const index = left.findIndex((candidate) => sameMethod(candidate, method))
    if (index < 0) return false
    left.splice(index, 1)
  }
  return true
}

function sameMethod(present: ContactMethod, wanted: ContactMethodInput): boolean {
  const { primary = false, ...rest } = wanted
  if (present.primary !== primary) return false
  return Object.entries(rest).every(([field, value]) => {
    if (value === undefined) return true
    const current: unknown = Reflect.get(present, field)
    if (isPlainObject(value)) return diffCustomFields(present.customFields ?? {}, toObject(value)) === undefined
    return (current ?? null) === value
  })
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index] ?? null))
    )
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null))
  )
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toJson(value: unknown): JsonValue {
  return value as JsonValue // fields of a contact and of a checked write are JSON
}

function toObject(value: Record<string, unknown>): JsonObject {
  return value as JsonObject // checked on the way in
}
