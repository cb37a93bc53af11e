import {
  type Contact,
  type ContactMethod,
  ContactsError,
  type ContactWrite,
  type Conversation,
  type JsonObject,
  type JsonValue,
} from '@anycontact/core'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import { PROVIDER } from './errors.ts'
import { checkedFingerprint, decodeFingerprint } from './fingerprint.ts'

/** A contact as ChatBotKit sends it. */
export type ChatBotKitRecord = ContactRecord

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
  meta?: Record<string, unknown>
}

/**
 * Maps a record to a contact: `fingerprint` ↔ `externalId`, `description` ↔ `note`, `nick` ↔ `nickname`, `meta` ↔
 * `customFields`. Empty text and null are both "absent"; times are milliseconds there, ISO 8601 here.
 *
 * @param value - one record, unchecked
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<ChatBotKitRecord> {
  const raw = parseContactRecord(value, index === undefined ? undefined : `items.${index}`)
  const contactMethods: ContactMethod[] = []
  if (raw.email) contactMethods.push({ type: 'email', value: raw.email, primary: true })
  if (raw.phone) contactMethods.push({ type: 'phone', value: raw.phone, primary: true })
  const contact: Contact<ChatBotKitRecord> = {
    provider: PROVIDER,
    id: raw.id,
    contactMethods,
    customFields: toCustomFields(raw.meta),
    raw,
  }
  if (raw.fingerprint) contact.externalId = decodeFingerprint(raw.fingerprint)
  if (raw.name) contact.name = raw.name
  if (raw.nick) contact.nickname = raw.nick
  if (raw.email) contact.email = raw.email
  if (raw.phone) contact.phone = raw.phone
  if (raw.description) contact.note = raw.description
  if (typeof raw.createdAt === 'number') contact.createdAt = toIso(raw.createdAt, 'createdAt')
  if (typeof raw.updatedAt === 'number') contact.updatedAt = toIso(raw.updatedAt, 'updatedAt')
  if (typeof raw.verifiedAt === 'number') contact.verifiedAt = toIso(raw.verifiedAt, 'verifiedAt')
  return contact
}

/** Maps a write to the fields of a `create` or `ensure` body; what is to be empty is left out. */
export function toCreateBody(
  write: ContactWrite,
  vendor: ChatBotKitVendorFields | undefined,
): ChatBotKitBody {
  const body: ChatBotKitBody = {}
  for (const [field, value] of Object.entries(toUpdateBody(write, vendor))) {
    if (value !== null && value !== '') Object.assign(body, { [field]: value })
  }
  return body
}

/**
 * Maps a write to the fields of an `update` body. `name` and `description` are cleared with `""`, because their columns
 * take no null; the others with null. Source: the vendor's server source, contact update.
 */
export function toUpdateBody(
  write: ContactWrite,
  vendor: ChatBotKitVendorFields | undefined,
): ChatBotKitBody {
  const body: ChatBotKitBody = {}
  if (typeof write.externalId === 'string') body.fingerprint = checkedFingerprint(write.externalId)
  if (write.name !== undefined) body.name = write.name ?? ''
  if (write.note !== undefined) body.description = write.note ?? ''
  if (write.email !== undefined) body.email = write.email
  if (write.phone !== undefined) body.phone = write.phone
  if (write.nickname !== undefined) body.nick = write.nickname
  if (write.verifiedAt !== undefined) body.verifiedAt = toMilliseconds(write.verifiedAt)
  if (vendor?.preferences !== undefined) body.preferences = vendor.preferences
  return body
}

/**
 * A phone number as ChatBotKit would store it: as E.164, where one without a country is read as one of the United States.
 * What cannot be told without knowing every country's numbers stays as it is. Source: the vendor's server source, contact
 * schema.
 *
 * @param phone - as somebody wrote it
 */
export function canonicalPhone(phone: string): string {
  const number = phone.trim().replace(/\s*(?:;ext=|ext\.?|x|#)\s*\d+$/i, '')
  if (!/^\+?[\d\s()./-]+$/.test(number)) return phone
  const digits = number.replace('(0)', '').replace(/\D/g, '')
  if (number.startsWith('+')) return `+${digits}`
  if (digits.length === 10) return `+1${digits}`
  return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : phone
}

/** Maps a conversation of a contact. */
export function toConversation(value: unknown): Conversation {
  const id = readText(value, 'id')
  if (!id) throw badRecord('id', 'must be a string that is not empty')
  const [contactId, name, note] = [
    readText(value, 'contactId'),
    readText(value, 'name'),
    readText(value, 'description'),
  ]
  const [createdAt, updatedAt] = [readTime(value, 'createdAt'), readTime(value, 'updatedAt')]
  return {
    provider: PROVIDER,
    id,
    ...(contactId && { contactId }),
    ...(name && { name }),
    ...(note && { note }),
    customFields: toCustomFields(read(value, 'meta')),
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    raw: value,
  }
}

function toCustomFields(meta: unknown): JsonObject {
  return typeof meta === 'object' && meta !== null ? (meta as JsonObject) : {} // parsed from JSON
}

function toIso(milliseconds: number, field: string): string {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) throw badRecord(field, 'is no time')
  return date.toISOString()
}

function toMilliseconds(time: string | null): number | null {
  if (time === null) return null
  const milliseconds = Date.parse(time)
  // The server takes 0 for "not given" and would leave the field as it is.
  if (milliseconds === 0) {
    const message = 'cannot be 1970-01-01T00:00:00Z, which ChatBotKit takes for "not given"'
    throw new ContactsError({
      code: 'invalid_input',
      message: `verifiedAt ${message}.`,
      issues: [{ path: 'verifiedAt', message }],
    })
  }
  return milliseconds
}

function read(value: unknown, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Reflect.get(value, key) as JsonValue | undefined // parsed from JSON
}

function readText(value: unknown, key: string): string | undefined {
  const text = read(value, key)
  return typeof text === 'string' && text !== '' ? text : undefined
}

function readTime(value: unknown, key: string): string | undefined {
  const time = read(value, key)
  return typeof time === 'number' ? toIso(time, key) : undefined
}

function badRecord(path: string, message: string): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `ChatBotKit sent a record that cannot be read: ${path} ${message}.`,
    provider: PROVIDER,
    issues: [{ path, message }],
  })
}
