import type { Contact, ContactMethod, ContactMethodType, JsonObject } from '@anycontact/core'
import { buildContact, CONTACT_METHOD_TYPES, isoTime, withoutNulls } from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from './api/errors.ts'
import type { ContactMethodRecord } from './api/wire.ts'

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
  return buildContact({
    provider: PROVIDER,
    id: clientId,
    contactMethods,
    raw: { clientId, contactMethods: sorted },
  })
}

/**
 * Maps one contact method: `isPrimary` ↔ `primary`, `isVerified` → `verified`, `metadata` ↔ `customFields`; a type that is
 * not known is `other`. Empty text, null and absent are all "absent", and so is a metadata value that is null.
 */
export function toMethod(record: ContactMethodRecord): ContactMethod {
  const { label, externalId, isVerified } = record
  const customFields = toCustomFields(record)
  const verifiedAt = isoTime(record.verifiedAt, 'verifiedAt', badRecord)
  const createdAt = isoTime(record.createdAt, 'createdAt', badRecord)
  const updatedAt = isoTime(record.updatedAt, 'updatedAt', badRecord)
  return {
    id: record.id,
    type: toType(record.type),
    value: record.value,
    ...(label && { label }),
    primary: record.isPrimary === true,
    ...(isVerified != null && { verified: isVerified }),
    ...(verifiedAt && { verifiedAt }),
    ...(externalId && { externalId }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
    ...(createdAt && { createdAt }),
    ...(updatedAt && { updatedAt }),
  }
}

/** The custom fields of a record: its metadata without what is null. */
export function toCustomFields({ metadata }: ContactMethodRecord): JsonObject {
  return withoutNulls(metadata ?? {})
}

/** The type of a record as we know it. */
export function toType(type: string): ContactMethodType {
  return CONTACT_METHOD_TYPES.find((known) => known === type) ?? 'other'
}

/** Orders records by when they were made, then by id: the same whatever listing they came from. */
export function byAge(a: ContactMethodRecord, b: ContactMethodRecord): number {
  const [left, right] = [timeOf(a), timeOf(b)]
  if (left !== right) return left < right ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** As ISO text in UTC, which sorts as the times do. */
function timeOf({ createdAt }: ContactMethodRecord): string {
  return isoTime(createdAt, 'createdAt', badRecord) ?? ''
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
