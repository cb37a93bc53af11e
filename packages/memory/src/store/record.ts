import type { Contact, ContactMethod, JsonObject, JsonValue } from '@anycontact/core'

/** A contact as the store keeps it: the `raw` of every contact of this adapter. */
export interface MemoryRecord extends Omit<Contact, 'provider' | 'raw'> {
  /** Every address and number; `email` and `phone` are the values of the primary ones. */
  contactMethods: MemoryMethod[]
  tags: string[]
  createdAt: string
  updatedAt: string
}

/** A contact method as the store keeps it. */
export interface MemoryMethod extends ContactMethod {
  id: string
  createdAt: string
  updatedAt: string
}

/**
 * Copies a record with everything in it. By hand, because `structuredClone` takes ten times as long and every contact
 * that is read is copied twice.
 *
 * @param record - as stored
 */
export function copyRecord(record: MemoryRecord): MemoryRecord {
  return {
    ...record,
    contactMethods: record.contactMethods.map(copyMethod),
    tags: [...record.tags],
    customFields: copyObject(record.customFields),
  }
}

/**
 * Copies a contact method with everything in it.
 *
 * @param method - as stored
 */
export function copyMethod<Method extends ContactMethod>(method: Method): Method {
  return method.customFields ? { ...method, customFields: copyObject(method.customFields) } : { ...method }
}

/**
 * Copies a JSON object with everything in it.
 *
 * @param value - an object without cycles
 */
function copyObject(value: JsonObject): JsonObject {
  const copy: JsonObject = {}
  for (const [key, member] of Object.entries(value)) copy[key] = copyJson(member)
  return copy
}

/**
 * Copies a JSON value with everything in it.
 *
 * @param value - anything without cycles
 */
export function copyJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value.map(copyJson) : copyObject(value)
}
