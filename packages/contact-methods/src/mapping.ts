import {
  CONTACT_METHOD_TYPES,
  type Contact,
  type ContactMethod,
  type ContactMethodType,
  type JsonObject,
  type JsonValue,
} from '@anycontact/core'
import { type ContactMethodRecord, parseRecord } from './api/wire.ts'
import { PROVIDER } from './errors.ts'

/** A client with all its contact methods: what a contact is made of. */
export interface ContactMethodsClientRecord {
  /** The client's id. */
  readonly clientId: string
  /** As the vendor sent them, oldest first. */
  readonly contactMethods: readonly ContactMethodRecord[]
}

/**
 * Maps a client with its contact methods to a contact: `clientId` ↔ `id`, each record ↔ an entry of `contactMethods`, oldest
 * first. Of a type that has two primaries by the vendor's mistake, the one changed last counts.
 *
 * @param clientId - whose
 * @param records - all of its contact methods, in any order
 */
export function toContact(
  clientId: string,
  records: readonly ContactMethodRecord[],
): Contact<ContactMethodsClientRecord> {
  const sorted = [...records].sort(byAge)
  const contactMethods = sorted.map(toMethod)
  keepOnePrimary(contactMethods)
  const contact: Contact<ContactMethodsClientRecord> = {
    provider: PROVIDER,
    id: clientId,
    contactMethods,
    customFields: {},
    raw: { clientId, contactMethods: sorted },
  }
  const email = primaryValue(contactMethods, 'email')
  const phone = primaryValue(contactMethods, 'phone')
  if (email !== undefined) contact.email = email
  if (phone !== undefined) contact.phone = phone
  return contact
}

/**
 * Maps one contact method: `isPrimary` ↔ `primary`, `isVerified` → `verified`, `metadata` ↔ `customFields`; a type that is
 * not known is `other`. Empty text, null and absent are all "absent", and so is a metadata value that is null.
 */
export function toMethod(record: ContactMethodRecord): ContactMethod {
  const { label, externalId, isVerified, verifiedAt, createdAt, updatedAt } = record
  const customFields = toCustomFields(record)
  return {
    id: record.id,
    type: toType(record.type),
    value: record.value,
    ...(label && { label }),
    primary: record.isPrimary === true,
    ...(isVerified != null && { verified: isVerified }),
    ...(verifiedAt && { verifiedAt: toIso(verifiedAt) }),
    ...(externalId && { externalId }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
    ...(createdAt && { createdAt: toIso(createdAt) }),
    ...(updatedAt && { updatedAt: toIso(updatedAt) }),
  }
}

/** Maps one contact method that was not checked yet. @throws ContactsError `bad_response` */
export function parseMethod(value: unknown, index?: number): ContactMethod {
  return toMethod(parseRecord(value, index === undefined ? undefined : `data.${index}`))
}

/** The custom fields of a record: its metadata without what is null. */
export function toCustomFields({ metadata }: ContactMethodRecord): JsonObject {
  const entries = Object.entries(metadata ?? {}).filter(([, value]) => value != null)
  return Object.fromEntries(entries) as Record<string, JsonValue> // parsed from JSON
}

/** The type of a record as we know it. */
export function toType(type: string): ContactMethodType {
  return CONTACT_METHOD_TYPES.find((known) => known === type) ?? 'other'
}

/** Orders records by when they were made, then by id: the same whatever listing they came from. */
export function byAge(a: ContactMethodRecord, b: ContactMethodRecord): number {
  const [left, right] = [timeOf(a), timeOf(b)]
  if (left !== right) return left - right
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function timeOf({ createdAt }: ContactMethodRecord): number {
  return createdAt ? Date.parse(createdAt) : 0
}

function keepOnePrimary(methods: ContactMethod[]): void {
  for (const type of CONTACT_METHOD_TYPES) {
    const primaries = methods.filter((method) => method.type === type && method.primary)
    const newest = primaries.reduce<ContactMethod | undefined>(
      (best, method) => ((best?.updatedAt ?? '') > (method.updatedAt ?? '') ? best : method),
      undefined,
    )
    for (const method of primaries) method.primary = method === newest
  }
}

function primaryValue(methods: readonly ContactMethod[], type: ContactMethodType): string | undefined {
  return methods.find((method) => method.type === type && method.primary)?.value
}

function toIso(text: string): string {
  return new Date(text).toISOString()
}
