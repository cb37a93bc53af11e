import type { Contact, ContactMethod, ContactWrite } from '@anycontact/core'
import type { ImbraceDialect } from './api/types.ts'
import { type ContactRecord, parseContactRecord } from './api/wire.ts'
import { PROVIDER } from './errors.ts'
import { readId, readTime } from './values.ts'

/** A contact as the inbox sends it. */
export type ChannelInboxRecord = ContactRecord

/** The fields that only the inbox has, for the `vendor` option of an update. `null` clears. */
export interface ChannelInboxVendorFields {
  /** The country's calling code, where it is kept apart from the number. */
  readonly area_code?: string | null | undefined
  readonly gender?: string | null | undefined
}

/** A field that an update can change. */
export type UpdatableField =
  | 'name'
  | 'givenName'
  | 'familyName'
  | 'email'
  | 'phone'
  | 'avatarUrl'
  | 'note'
  | 'locale'

/** The fields that the vendor's older documentation and web app update by these names; its SDK passes them on. */
const common = {
  givenName: 'first_name',
  familyName: 'last_name',
  email: 'email',
  avatarUrl: 'avatar_url',
  note: 'remark',
  locale: 'language',
} as const

/**
 * What a field is called in an update, by dialect; a field that is not there cannot be updated in it. Source: the vendor's SDK;
 * its older documentation and web app, where the shown name follows the parts of the name; its exported OpenAPI file.
 */
const updateNames: Readonly<Record<ImbraceDialect, Readonly<Partial<Record<UpdatableField, string>>>>> = {
  sdk: { name: 'name', phone: 'phone', ...common },
  web: { phone: 'phone_number', ...common },
  spec: { name: 'display_name', email: 'email', phone: 'phone_number' },
}

/** The vendor's own fields that an update can have, and the dialects that have them. */
const vendorNames: Readonly<Record<string, readonly ImbraceDialect[]>> = {
  area_code: ['sdk', 'web'],
  gender: ['sdk', 'web'],
}

/**
 * Maps a record to a contact: `display_name` → `name`, `phone_number` → `phone`, `remark` → `note`, `language` → `locale`. Empty
 * text and null are both "absent". Nothing is split or joined: an `area_code` stays in `raw`.
 *
 * @param value - one record, unchecked
 * @param index - where it stands in a page
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<ChannelInboxRecord> {
  const raw = parseContactRecord(value, index === undefined ? undefined : `data.${index}`)
  const name = raw.display_name || raw.name
  const phone = raw.phone_number || raw.phone
  const createdAt = readTime(raw, 'created_at')
  const updatedAt = readTime(raw, 'updated_at')
  const contactMethods: ContactMethod[] = []
  if (raw.email) contactMethods.push({ type: 'email', value: raw.email, primary: true })
  if (phone) contactMethods.push({ type: 'phone', value: phone, primary: true })
  const contact: Contact<ChannelInboxRecord> = {
    provider: PROVIDER,
    id: readId(raw),
    contactMethods,
    customFields: {},
    raw,
  }
  if (name) contact.name = name
  if (raw.first_name) contact.givenName = raw.first_name
  if (raw.last_name) contact.familyName = raw.last_name
  if (raw.email) contact.email = raw.email
  if (phone) contact.phone = phone
  if (raw.avatar_url) contact.avatarUrl = raw.avatar_url
  if (raw.remark) contact.note = raw.remark
  if (raw.language) contact.locale = raw.language
  if (raw.time_zone) contact.timezone = raw.time_zone
  if (createdAt !== undefined) contact.createdAt = createdAt
  if (updatedAt !== undefined) contact.updatedAt = updatedAt
  return contact
}

/** What cannot be sent of an update. */
export interface Unsendable {
  readonly path: string
  readonly reason: string
}

/** An update's body, and what has no place in it. */
export interface UpdateBody {
  readonly body: Readonly<Record<string, string>>
  readonly unsendable: readonly Unsendable[]
}

/**
 * Maps a write to the body of an update. What is to be cleared is sent as empty text, which is how the inbox writes "absent".
 *
 * @param write - the fields to change
 * @param vendor - the vendor's own fields to change
 * @param dialect - whose names to use
 */
export function toUpdateBody(
  write: ContactWrite,
  vendor: ChannelInboxVendorFields | undefined,
  dialect: ImbraceDialect,
): UpdateBody {
  const body: Record<string, string> = {}
  const unsendable: Unsendable[] = []
  const names: Readonly<Record<string, string | undefined>> = updateNames[dialect]
  for (const [field, value] of Object.entries(write)) {
    const name = names[field]
    if (name !== undefined && (typeof value === 'string' || value === null)) body[name] = value ?? ''
    else if (value !== undefined) unsendable.push({ path: field, reason: noPlace(field, dialect) })
  }
  for (const [field, value] of Object.entries(vendor ?? {})) {
    const isKnown = Object.hasOwn(vendorNames, field) && vendorNames[field]?.includes(dialect)
    if (isKnown && (typeof value === 'string' || value === null)) body[field] = value ?? ''
    else if (value !== undefined)
      unsendable.push({ path: `vendor.${field}`, reason: noPlace(field, dialect) })
  }
  return { body, unsendable }
}

/** The fields of a write that a contact does not have as they were written: the inbox took the update and passed them over. */
export function notStored(
  contact: Contact,
  write: ContactWrite,
  dialect: ImbraceDialect,
): readonly Unsendable[] {
  const names: Readonly<Record<string, string | undefined>> = updateNames[dialect]
  const lost: Unsendable[] = []
  for (const [field, value] of Object.entries(write)) {
    if (value === undefined || names[field] === undefined) continue
    if (isStored(field, Reflect.get(contact, field), value)) continue
    lost.push({
      path: field,
      reason:
        'the inbox took the update, and its answer does not have the value; what else was in the update is in force. The `dialect` option chooses other names for fields',
    })
  }
  return lost
}

/** Whether a stored value is the one that was written, but for how a server may tidy it up. */
function isStored(field: string, stored: unknown, written: unknown): boolean {
  if (written === null) return stored === undefined
  if (typeof stored !== 'string' || typeof written !== 'string') return false
  // A server may keep a picture's copy and answer its address.
  if (field === 'avatarUrl') return true
  if (tidied(stored) === tidied(written)) return true
  const [a, b] = [digits(stored), digits(written)]
  // A server may keep a number with or without its country.
  return field === 'phone' && a !== '' && b !== '' && (a.endsWith(b) || b.endsWith(a))
}

function tidied(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s_-]+/gu, ' ')
    .trim()
    .toLowerCase()
}

function digits(text: string): string {
  return text.replace(/[^\p{Nd}]/gu, '').replace(/^0+/, '')
}

function noPlace(field: string, dialect: ImbraceDialect): string {
  if (field === 'name' && dialect === 'web')
    return 'it is put together from the given and the family name there'
  return `an update has no place for it (dialect '${dialect}')`
}
