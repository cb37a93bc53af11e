import type { ContactMethod, JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject, keyForm } from '@anycontact/core/adapter-kit'

/** What the values of a field are compared as. */
export type ValueKind = 'json' | 'text' | 'email' | 'phone' | 'time' | 'tags' | 'methods'

/**
 * The one form that stands for all spellings of a value: emails without regard to case, phones by their digits, times as moments, tags and
 * contact methods in any order. Values are the same where their forms are equal as JSON.
 *
 * @param kind - of the field
 * @param value - as a contact has it
 */
export function formOf(kind: ValueKind, value: JsonValue): JsonValue {
  switch (kind) {
    case 'email':
    case 'phone':
      return typeof value === 'string' ? keyForm(kind, value) : value
    case 'time':
      return typeof value === 'string' ? momentForm(value) : value
    case 'tags':
      return Array.isArray(value) ? inOrder([...new Set(value)]) : value
    case 'methods':
      return Array.isArray(value) ? inOrder(value.map(methodForm)) : value
    default:
      return value
  }
}

/** Text that sorts and tells JSON values apart, whatever the order of the keys in their objects. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${members.join()}}`
}

/**
 * What is synced of a contact method. Its id and the times of its record are its provider's own, and that it is not verified is what is
 * so anyway.
 */
export function methodValue(method: ContactMethod): JsonObject {
  const { type, value, primary, label, externalId, customFields, verified, verifiedAt } = method
  const hasFields = customFields !== undefined && Object.keys(customFields).length > 0
  return {
    type,
    value,
    primary,
    ...(label !== undefined && label !== '' && { label }),
    ...(externalId !== undefined && externalId !== '' && { externalId }),
    ...(hasFields && { customFields }),
    ...(verified === true && { verified }),
    ...(verifiedAt !== undefined && { verifiedAt }),
  }
}

function methodForm(method: JsonValue): JsonValue {
  if (!isPlainObject(method) || typeof method.value !== 'string') return method
  const { type, verifiedAt } = method
  // What is no email address and no number to dial counts letter by letter.
  const isNumber = type === 'phone' || type === 'mobile' || type === 'fax'
  const kind = type === 'email' ? 'email' : isNumber ? 'phone' : 'text'
  return {
    ...method,
    value: formOf(kind, method.value),
    ...(typeof verifiedAt === 'string' && { verifiedAt: momentForm(verifiedAt) }),
  }
}

function momentForm(time: string): string {
  const moment = Date.parse(time)
  return Number.isNaN(moment) ? time : new Date(moment).toISOString()
}

function inOrder(items: readonly JsonValue[]): JsonValue[] {
  return items
    .map((item) => [canonicalJson(item), item] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, item]) => item)
}
