import {
  type Contact,
  type ContactMethod,
  ContactsError,
  type ContactWrite,
  type JsonObject,
  type JsonValue,
} from '@anycontact/core'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import { PROVIDER } from './errors.ts'

/** A contact as Cognipeer sends it. */
export type CognipeerRecord = ContactRecord

/** The fields that only Cognipeer has, for the `vendor` option of a write. */
export interface CognipeerVendorFields {
  /** Merged by key into the contact's `metadata`, as `customFields` are into `properties`; a key that is `null` is removed, `null` for the whole removes all. */
  readonly metadata?: JsonObject | null | undefined
  /** Keys of your own beside the vendor's, at the top level of the record; each replaces what is there, `null` clears. */
  readonly fields?: JsonObject | undefined
}

/** The plain fields of a write, in the vendor's words; `null` clears. */
export type PlainFields = Record<string, JsonValue>

/**
 * Maps a record to a contact: `integrationId` ↔ `externalId`, `properties` ↔ `customFields`, `createdDate` ↔ `createdAt`,
 * `modifiedDate` ↔ `updatedAt`. Empty text and null are both "absent", also for a custom field: a server that merges keeps a
 * removed one as null.
 *
 * @param value - one record, unchecked
 * @param index - its place in a listing
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<CognipeerRecord> {
  const path = index === undefined ? undefined : `data.${index}`
  const raw = parseContactRecord(value, path)
  const contactMethods: ContactMethod[] = []
  if (raw.email) contactMethods.push({ type: 'email', value: raw.email, primary: true })
  if (raw.phone) contactMethods.push({ type: 'phone', value: raw.phone, primary: true })
  const contact: Contact<CognipeerRecord> = {
    provider: PROVIDER,
    id: raw._id,
    contactMethods,
    tags: [...(raw.tags ?? [])],
    customFields: toCustomFields(raw.properties),
    raw,
  }
  if (raw.integrationId) contact.externalId = raw.integrationId
  if (raw.name) contact.name = raw.name
  if (raw.email) contact.email = raw.email
  if (raw.phone) contact.phone = raw.phone
  if (raw.status) contact.status = raw.status
  if (raw.createdDate) contact.createdAt = toIso(raw.createdDate, 'createdDate', path)
  if (raw.modifiedDate) contact.updatedAt = toIso(raw.modifiedDate, 'modifiedDate', path)
  if (raw.deleted === true) contact.deleted = true
  return contact
}

/** Maps the plain fields of a write, all but `customFields`, and adds the vendor-only ones. `null` clears; tags are cleared by `[]`. */
export function toPlainFields(write: ContactWrite, vendor: CognipeerVendorFields | undefined): PlainFields {
  const fields: PlainFields = { ...checkedFields(vendor?.fields) }
  if (write.externalId !== undefined) fields.integrationId = write.externalId
  if (write.name !== undefined) fields.name = write.name
  if (write.email !== undefined) fields.email = write.email
  if (write.phone !== undefined) fields.phone = write.phone
  if (write.tags !== undefined) fields.tags = write.tags ?? []
  if (write.status !== undefined) fields.status = write.status
  return fields
}

/** The body of a create: what is to be empty is left out. */
export function toCreateBody(
  write: ContactWrite,
  vendor: CognipeerVendorFields | undefined,
): Record<string, JsonValue> {
  const body: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(toPlainFields(write, vendor))) {
    if (value !== null) body[key] = value
  }
  const properties = withoutNulls(write.customFields ?? {})
  const metadata = withoutNulls(vendor?.metadata ?? {})
  if (Object.keys(properties).length > 0) body.properties = properties
  if (Object.keys(metadata).length > 0) body.metadata = metadata
  return body
}

/** An object without the keys that are null. */
export function withoutNulls(object: Readonly<Record<string, unknown>>): JsonObject {
  const kept = Object.entries(object).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(kept) as JsonObject // parsed from JSON, or checked to be JSON
}

/** Keys that `vendor.fields` cannot hold: those that have a field of their own, and the server's. */
const TAKEN: ReadonlySet<string> = new Set([
  '_id',
  'workspaceId',
  'peerId',
  'email',
  'integrationId',
  'name',
  'phone',
  'metadata',
  'properties',
  'tags',
  'status',
  'createdDate',
  'modifiedDate',
  'deleted',
])

function checkedFields(fields: JsonObject | undefined): JsonObject {
  const taken = Object.keys(fields ?? {}).filter((key) => TAKEN.has(key))
  if (taken.length === 0) return fields ?? {}
  throw new ContactsError({
    code: 'invalid_input',
    message: `vendor.fields cannot hold ${taken.join(', ')}: write the contact's own field, or use contacts.api. Nothing was written.`,
    issues: taken.map((key) => ({ path: `vendor.fields.${key}`, message: 'is a field of its own' })),
  })
}

function toCustomFields(properties: ContactRecord['properties']): JsonObject {
  const fields = (properties ?? {}) as JsonObject // parsed from JSON
  return Object.values(fields).includes(null) ? withoutNulls(fields) : { ...fields }
}

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/** The vendor's times are strings that look like ISO 8601; without a zone they are taken as UTC. */
function toIso(text: string, field: string, path: string | undefined): string {
  const match = ISO_TIME.exec(text)
  const isLocal = match !== null && text.includes(':') && match[1] === undefined
  const date = new Date(match === null ? Number.NaN : isLocal ? `${text.replace(' ', 'T')}Z` : text)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  const where = path === undefined ? field : `${path}.${field}`
  throw new ContactsError({
    code: 'bad_response',
    message: `${PROVIDER}: a contact record cannot be read: ${where} is no time.`,
    provider: PROVIDER,
    issues: [{ path: where, message: 'is no time' }],
  })
}
