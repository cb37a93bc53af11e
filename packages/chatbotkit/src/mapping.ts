import type { Contact, Conversation, JsonObject } from '@anycontact/core'
import { type Adapter, buildContact, type ContactWrite, isoTime } from '@anycontact/core/adapter-kit'
import { badInput, badRecord, PROVIDER } from './api/errors.ts'
import { type ChatBotKitRecord, readContact, readConversation } from './api/wire.ts'
import { decodeFingerprint, encodeFingerprint } from './quirks/fingerprint.ts'

/** The fields that only ChatBotKit has, for the `vendor` option of a write. */
export interface ChatBotKitVendorFields {
  /** Free text about what the contact prefers. `null` clears. */
  readonly preferences?: string | null | undefined
}

/** The fields of a write's body, less `meta`, whose form differs between create and update. */
export interface ChatBotKitBody {
  fingerprint?: string
  name?: string
  description?: string
  email?: string | null
  phone?: string | null
  nick?: string | null
  preferences?: string | null
  verifiedAt?: number | null
  meta?: JsonObject
}

/**
 * Maps a record to a contact: `fingerprint` ↔ `externalId`, `description` ↔ `note`, `nick` ↔ `nickname`, `meta` ↔
 * `customFields`. Empty text and null are both "absent"; times are milliseconds there, ISO 8601 here.
 *
 * @param value - one record, unchecked
 * @param index - its place on the page; absent for a record by itself
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<ChatBotKitRecord> {
  const path = index === undefined ? undefined : `items.${index}`
  const raw = readContact(value, path)
  return buildContact({
    provider: PROVIDER,
    id: raw.id,
    externalId: raw.fingerprint && decodeFingerprint(raw.fingerprint),
    name: raw.name,
    nickname: raw.nick,
    email: raw.email,
    phone: raw.phone,
    note: raw.description,
    customFields: raw.meta,
    createdAt: isoTime(raw.createdAt, 'createdAt', badRecord, path),
    updatedAt: isoTime(raw.updatedAt, 'updatedAt', badRecord, path),
    verifiedAt: isoTime(raw.verifiedAt, 'verifiedAt', badRecord, path),
    raw,
  })
}

/**
 * Maps a write to the fields of a body, less `meta`. `name` and `description` are cleared with `""`, because their columns
 * take no null; the others with null. Source: the vendor's server source, contact update.
 *
 * @throws ContactsError `invalid_input` for an external id that does not fit, and for a `verifiedAt` of 1970-01-01T00:00:00Z
 */
export function toBody(write: ContactWrite, vendor: ChatBotKitVendorFields = {}): ChatBotKitBody {
  const body: ChatBotKitBody = {}
  if (typeof write.externalId === 'string') body.fingerprint = encodeFingerprint(write.externalId)
  if (write.name !== undefined) body.name = write.name ?? ''
  if (write.note !== undefined) body.description = write.note ?? ''
  if (write.email !== undefined) body.email = write.email
  if (write.phone !== undefined) body.phone = write.phone
  if (write.nickname !== undefined) body.nick = write.nickname
  if (write.verifiedAt !== undefined) body.verifiedAt = toMilliseconds(write.verifiedAt)
  if (vendor.preferences !== undefined) body.preferences = vendor.preferences
  return body
}

/**
 * The spelling under which ChatBotKit stores a value: a phone number as E.164, where one without a country is read as one of the
 * United States. What cannot be told without knowing every country's numbers stays as it is. Source: the vendor's server
 * source, contact schema.
 */
export const canonical: NonNullable<Adapter['canonical']> = (field, value) => {
  const number = value.trim()
  if (field !== 'phone' || !/^\+?[\d\s()./-]+$/.test(number)) return value
  const digits = number.replace('(0)', '').replace(/\D/g, '')
  if (number.startsWith('+')) return `+${digits}`
  if (digits.length === 10) return `+1${digits}`
  return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : value
}

/**
 * Maps a conversation of a contact.
 *
 * @param value - one record, unchecked
 * @param index - its place on the page
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toConversation(value: unknown, index: number): Conversation {
  const path = `items.${index}`
  const { id, contactId, name, description, meta, ...raw } = readConversation(value, path)
  const createdAt = isoTime(raw.createdAt, 'createdAt', badRecord, path)
  const updatedAt = isoTime(raw.updatedAt, 'updatedAt', badRecord, path)
  return {
    provider: PROVIDER,
    id,
    ...(contactId && { contactId }),
    ...(name && { name }),
    ...(description && { note: description }),
    customFields: (meta ?? {}) as JsonObject, // parsed from JSON
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    raw: value,
  }
}

function toMilliseconds(time: string | null): number | null {
  if (time === null) return null
  const milliseconds = Date.parse(time)
  if (milliseconds !== 0) return milliseconds
  // The server takes 0 for "not given" and would leave the field as it is.
  const message = 'cannot be 1970-01-01T00:00:00Z, which ChatBotKit takes for "not given"'
  throw badInput([{ path: 'verifiedAt', message }])
}
