import type { Contact } from '@anycontact/core'
import { buildContact, type ContactWrite, isoTime, readId } from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from './api/errors.ts'
import type { ImbraceDialect } from './api/types.ts'
import { type ChannelInboxRecord, readRecord } from './api/wire.ts'
import type { capabilities } from './capabilities.ts'

/** The fields that only the inbox has, for the `vendor` option of an update. `null` clears. */
export interface ChannelInboxVendorFields {
  /** The country's calling code, where it is kept apart from the number. */
  readonly area_code?: string | null | undefined
  readonly gender?: string | null | undefined
}

/** A field that an update can change. */
type UpdatableField = (typeof capabilities.update.fields)[number]

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

/** The vendor's own fields that an update can have, by dialect. */
const vendorNames: Readonly<Record<ImbraceDialect, readonly string[]>> = {
  sdk: ['area_code', 'gender'],
  web: ['area_code', 'gender'],
  spec: [],
}

/**
 * Maps a record to a contact. Empty text and null are both "absent". Nothing is split or joined: an `area_code` stays in `raw`.
 *
 * @param value - one record, unchecked
 * @param index - where it stands in a page; absent for a record of its own
 * @throws ContactsError `bad_response` naming the path of what is wrong
 */
export function toContact(value: unknown, index?: number): Contact<ChannelInboxRecord> {
  const path = index === undefined ? undefined : `data.${index}`
  const raw = readRecord(value, path)
  return buildContact({
    provider: PROVIDER,
    id: readId(raw, badRecord, 'id', '_id'),
    name: raw.display_name || raw.name,
    givenName: raw.first_name,
    familyName: raw.last_name,
    email: raw.email,
    phone: raw.phone_number || raw.phone,
    avatarUrl: raw.avatar_url,
    note: raw.remark,
    locale: raw.language,
    timezone: raw.time_zone,
    createdAt: isoTime(raw.created_at, 'created_at', badRecord, path),
    updatedAt: isoTime(raw.updated_at, 'updated_at', badRecord, path),
    raw,
  })
}

/** A part of an update that has no place in its body. */
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
  const put = (name: string | undefined, path: string, value: unknown): void => {
    if (value === undefined) return
    if (name !== undefined && (typeof value === 'string' || value === null)) body[name] = value ?? ''
    else unsendable.push({ path, reason: noPlace(path, dialect) })
  }
  const names: Readonly<Record<string, string | undefined>> = updateNames[dialect]
  for (const [field, value] of Object.entries(write)) put(names[field], field, value)
  for (const [name, value] of Object.entries(vendor ?? {})) {
    put(vendorNames[dialect].includes(name) ? name : undefined, `vendor.${name}`, value)
  }
  return { body, unsendable }
}

function noPlace(path: string, dialect: ImbraceDialect): string {
  if (path === 'name' && dialect === 'web') {
    return 'it is put together from the given and the family name there'
  }
  return `an update has no place for it (dialect '${dialect}')`
}
