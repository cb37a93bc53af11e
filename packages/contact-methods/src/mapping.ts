import type { Contact, ContactMethod, ContactMethodType, JsonObject } from '@anycontact/core'
import {
  type AdapterContext,
  buildContact,
  CONTACT_METHOD_TYPES,
  type ContactMethodWrite,
  isoTime,
  mergeJson,
  sameJson,
  withoutNulls,
} from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from './api/errors.ts'
import type { ContactMethodCreate, ContactMethodUpdate } from './api/types.ts'
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
  const method: ContactMethod = {
    id: record.id,
    type: toType(record.type),
    value: record.value,
    primary: record.isPrimary === true,
  }
  if (label) method.label = label
  if (isVerified != null) method.verified = isVerified
  if (verifiedAt) method.verifiedAt = verifiedAt
  if (externalId) method.externalId = externalId
  if (Object.keys(customFields).length > 0) method.customFields = customFields
  if (createdAt) method.createdAt = createdAt
  if (updatedAt) method.updatedAt = updatedAt
  return method
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

function keepOnePrimary(methods: readonly ContactMethod[]): void {
  const newest = new Map<ContactMethodType, ContactMethod>()
  for (const method of methods) {
    if (!method.primary) continue
    const best = newest.get(method.type)
    const older = best && (best.updatedAt ?? '') > (method.updatedAt ?? '') ? method : best
    if (older) older.primary = false
    if (older !== method) newest.set(method.type, method)
  }
}

/** Says that part of a write cannot be stored. */
export type Dropping = Pick<AdapterContext, 'dropField'>

/** A method as it is to be, with the record that it was. */
export interface Draft {
  readonly record: ContactMethodRecord | undefined
  type: string
  value: string
  isPrimary: boolean
  label: string | undefined
  externalId: string | undefined
  metadata: JsonObject
  /** Metadata keys that are to go. */
  removed: readonly string[]
}

/** A method as it is. */
export function draftOf(record: ContactMethodRecord): Draft {
  return {
    ...blank(record.type, record.value),
    record,
    isPrimary: record.isPrimary === true,
    label: record.label || undefined,
    externalId: record.externalId || undefined,
    metadata: (record.metadata ?? {}) as JsonObject, // parsed from JSON
  }
}

/** A new method. */
export function blank(type: string, value: string): Draft {
  return {
    record: undefined,
    type,
    value,
    isPrimary: false,
    label: undefined,
    externalId: undefined,
    metadata: {},
    removed: [],
  }
}

/**
 * Changes a draft as a write says; what it does not say stays.
 *
 * @param path - of the method in the write, with a dot at its end; empty where it is all that is written
 */
export function applyWrite(
  draft: Draft,
  write: Partial<ContactMethodWrite>,
  context: Dropping,
  path = '',
): void {
  const { type, value, primary, label, externalId, customFields } = write
  checkVerification(draft, write, context, path)
  if (type !== undefined && toType(draft.type) !== type) draft.type = type
  if (value !== undefined) draft.value = value
  if (primary !== undefined) draft.isPrimary = primary
  if (label !== undefined) draft.label = label ?? undefined
  if (externalId !== undefined) draft.externalId = externalId ?? undefined
  if (customFields === undefined) return
  const stored = Object.keys(draft.record ? toCustomFields(draft.record) : {})
  const removed = stored.filter(
    (key) => customFields === null || (Object.hasOwn(customFields, key) && customFields[key] === null),
  )
  draft.metadata = customFields === null ? {} : mergeJson(draft.metadata, customFields)
  draft.removed = removed
}

/** Verification is the vendor's to do: saying what is so already is no change, anything else cannot be stored. */
function checkVerification(
  { record }: Draft,
  write: Partial<ContactMethodWrite>,
  { dropField }: Dropping,
  path: string,
): void {
  const reason = 'whether a contact method is verified is for the provider to say'
  const isSameValue = record !== undefined && (write.value ?? record.value) === record.value
  const isVerified = isSameValue && record.isVerified === true
  if (write.verified !== undefined && write.verified !== isVerified) dropField(`${path}verified`, reason)
  if (write.verifiedAt === undefined) return
  const verifiedAt = (isSameValue ? record.verifiedAt : undefined) ?? null
  if (momentOf(write.verifiedAt) !== momentOf(verifiedAt)) dropField(`${path}verifiedAt`, reason)
}

function momentOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time)
}

/** What differs between a draft and the method as it is, leaving aside whether it is the primary. */
export function changedFields(draft: Draft, before: Draft): ContactMethodUpdate {
  return {
    ...(draft.type !== before.type && { type: toType(draft.type) }),
    ...(draft.value !== before.value && { value: draft.value }),
    // Text is what the published type takes; empty text reads as none.
    ...(draft.label !== before.label && { label: draft.label ?? '' }),
    ...(draft.externalId !== before.externalId && { externalId: draft.externalId ?? null }),
    ...(!sameJson(draft.metadata, before.metadata) && { metadata: draft.metadata }),
  }
}

/** The body of a new method. */
export function newFields(draft: Draft): Omit<ContactMethodCreate, 'clientId'> {
  const { type, value, isPrimary, label, externalId, metadata } = draft
  return {
    // A type that we do not know stays what it is.
    type: type as ContactMethodCreate['type'],
    value,
    isPrimary,
    ...(label !== undefined && { label }),
    ...(externalId !== undefined && { externalId }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  }
}
