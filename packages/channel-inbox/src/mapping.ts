import type { Contact } from '@anycontact/core'
import { buildContact, type ContactWrite, isoTime, readId } from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from './api/errors.ts'
import type { ImbraceDialect } from './api/types.ts'
import { type ChannelInboxRecord, readRecord } from './api/wire.ts'
import type { capabilities } from './capabilities.ts'

/** The fields that only the inbox has, for the `vendor` option of a write. `null` clears. */
export interface ChannelInboxVendorFields {
  /** The country's calling code, where it is kept apart from the number. An update takes it. */
  readonly area_code?: string | null | undefined
  /** An update takes it. */
  readonly gender?: string | null | undefined
  /** The channel (`ch_…`) that the contact is on. A create takes it, and it cannot be changed. */
  readonly channel_id?: string | null | undefined
  /** What kind of channel that is, for example `whatsapp`. A create takes it, and it cannot be changed. */
  readonly channel_type?: string | null | undefined
}

/** A field that a create can store. */
type CreatableField = (typeof capabilities.create.fields)[number]

/** What a field is called in a create, which one description alone has. Source: the vendor's exported OpenAPI file, and its SDK made of it. */
const createNames: Readonly<Record<CreatableField, string>> = {
  name: 'display_name',
  givenName: 'first_name',
  familyName: 'last_name',
  email: 'email',
  phone: 'phone_number',
  tags: 'labels',
  timezone: 'time_zone',
}

const createVendorNames: readonly string[] = ['channel_id', 'channel_type']

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
 * What a field is called in an update, by dialect; a field that is not there cannot be updated in it. Source: the vendor's SDK,
 * whose generated part has `labels`; its older documentation and web app, where the shown name follows the parts of the name; its
 * exported OpenAPI file.
 */
const updateNames: Readonly<Record<ImbraceDialect, Readonly<Partial<Record<UpdatableField, string>>>>> = {
  sdk: { name: 'name', phone: 'phone', tags: 'labels', ...common },
  web: { phone: 'phone_number', ...common },
  spec: { name: 'display_name', email: 'email', phone: 'phone_number', tags: 'labels' },
}

/** The vendor's own fields that an update can have, by dialect. */
const vendorNames: Readonly<Record<ImbraceDialect, readonly string[]>> = {
  sdk: ['area_code', 'gender'],
  web: ['area_code', 'gender'],
  spec: [],
}

/**
 * Maps a record to a contact. Empty text and null are both "absent"; a record without `labels` has none. Nothing is split or joined: an
 * `area_code` stays in `raw`.
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
    tags: raw.labels?.filter(isTag) ?? [],
    createdAt: isoTime(raw.created_at, 'created_at', badRecord, path),
    updatedAt: isoTime(raw.updated_at, 'updated_at', badRecord, path),
    raw,
  })
}

function isTag(label: unknown): label is string {
  return typeof label === 'string' && label !== ''
}

/** A part of a write that has no place in its body. */
export interface Unsendable {
  readonly path: string
  readonly reason: string
}

/** A write's body, and what has no place in it. */
export interface WriteBody {
  readonly body: Readonly<Record<string, string | readonly string[]>>
  readonly unsendable: readonly Unsendable[]
}

/**
 * Maps a write to the body of a create. What is null is left out: a new contact has nothing to be cleared.
 *
 * @param write - the fields to store
 * @param vendor - the vendor's own fields to store
 */
export function toCreateBody(write: ContactWrite, vendor: ChannelInboxVendorFields = {}): WriteBody {
  const given = (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
  return toBody(given(write), given(vendor), {
    names: createNames,
    vendorNames: createVendorNames,
    noPlace: () => 'a create has no place for it',
  })
}

/**
 * Maps a write to the body of an update. What is to be cleared is sent as empty text, which is how the inbox writes "absent", or as an
 * empty array.
 *
 * @param write - the fields to change
 * @param vendor - the vendor's own fields to change
 * @param dialect - whose names to use
 */
export function toUpdateBody(
  write: ContactWrite,
  vendor: ChannelInboxVendorFields = {},
  dialect: ImbraceDialect,
): WriteBody {
  return toBody(write, vendor, {
    names: updateNames[dialect],
    vendorNames: vendorNames[dialect],
    noPlace: (path) => noPlace(path, dialect),
  })
}

/** What the fields of a body are called. */
interface Naming {
  readonly names: Readonly<Record<string, string | undefined>>
  readonly vendorNames: readonly string[]
  /** Why a field has no place. */
  readonly noPlace: (path: string) => string
}

function toBody(write: object, vendor: object, { names, vendorNames, noPlace }: Naming): WriteBody {
  const body: Record<string, string | readonly string[]> = {}
  const unsendable: Unsendable[] = []
  const put = (name: string | undefined, path: string, value: unknown): void => {
    if (value === undefined) return
    const sent = path === 'tags' ? (value ?? []) : (value ?? '')
    if (name === undefined) unsendable.push({ path, reason: noPlace(path) })
    else if (typeof sent === 'string' || (path === 'tags' && isTexts(sent))) body[name] = sent
    else unsendable.push({ path, reason: 'it must be text' })
  }
  for (const [field, value] of Object.entries(write)) put(names[field], field, value)
  for (const [name, value] of Object.entries(vendor)) {
    put(vendorNames.includes(name) ? name : undefined, `vendor.${name}`, value)
  }
  return { body, unsendable }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function noPlace(path: string, dialect: ImbraceDialect): string {
  if (path === 'name' && dialect === 'web') {
    return 'it is put together from the given and the family name there'
  }
  return `an update has no place for it (dialect '${dialect}')`
}
