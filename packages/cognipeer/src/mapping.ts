import type { Contact, JsonObject, JsonValue } from '@anycontact/core'
import { buildContact, type ContactWrite, isoTime, withoutNulls } from '@anycontact/core/adapter-kit'
import { badInput, badRecord, PROVIDER } from './api/errors.ts'
import { type CognipeerRecord, readRecord } from './api/wire.ts'

/** The fields that only Cognipeer has, for the `vendor` option of a write. */
export interface CognipeerVendorFields {
  /** Merged by key into the contact's `metadata`, as `customFields` are into `properties`; a key that is `null` is removed, `null` for the whole removes all. */
  readonly metadata?: JsonObject | null | undefined
  /** Keys of your own beside the vendor's, at the top level of the record; each replaces what is there, `null` clears. */
  readonly fields?: JsonObject | undefined
}

/** Fields of a record as they are to be, in the vendor's words; `null` clears. */
export type Data = Record<string, JsonValue>

/**
 * Maps a record to a contact. Empty text and null are both "absent", also for a custom field: a server that merges keeps a
 * removed one as null.
 *
 * @param value - one record, unchecked
 * @param index - its place in a listing
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<CognipeerRecord> {
  const path = index === undefined ? undefined : `data.${index}`
  const raw = readRecord(value, path)
  return buildContact({
    provider: PROVIDER,
    id: raw._id,
    externalId: raw.integrationId,
    name: raw.name,
    email: raw.email,
    phone: raw.phone,
    tags: raw.tags ?? [],
    status: raw.status,
    customFields: withoutNulls(raw.properties ?? {}),
    createdAt: isoTime(raw.createdDate, 'createdDate', badRecord, path),
    updatedAt: isoTime(raw.modifiedDate, 'modifiedDate', badRecord, path),
    deleted: raw.deleted,
    raw,
  })
}

/** Maps the plain fields of a write, all but `customFields`, and adds the vendor-only ones. Tags are cleared by `[]`. */
export function toPlainFields(write: ContactWrite, vendor: CognipeerVendorFields | undefined): Data {
  const fields: Data = { ...checkedFields(vendor?.fields) }
  if (write.externalId !== undefined) fields.integrationId = write.externalId
  if (write.name !== undefined) fields.name = write.name
  if (write.email !== undefined) fields.email = write.email
  if (write.phone !== undefined) fields.phone = write.phone
  if (write.tags !== undefined) fields.tags = write.tags ?? []
  if (write.status !== undefined) fields.status = write.status
  return fields
}

/** The body of a create: what is to be empty is left out. */
export function toCreateBody(write: ContactWrite, vendor: CognipeerVendorFields | undefined): JsonObject {
  const objects = {
    properties: withoutNulls(write.customFields ?? {}),
    metadata: withoutNulls(vendor?.metadata ?? {}),
  }
  const given = Object.entries(objects).filter(([, object]) => Object.keys(object).length > 0)
  return { ...withoutNulls(toPlainFields(write, vendor)), ...Object.fromEntries(given) }
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
  throw badInput(
    taken.map((key) => ({
      path: `vendor.fields.${key}`,
      message: "is a field of its own: write the contact's, or use contacts.api",
    })),
  )
}
