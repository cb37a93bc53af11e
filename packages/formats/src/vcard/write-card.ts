import type { Contact, ContactInput, JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject, sameJson, withDigits } from '@anycontact/core/adapter-kit'
import { METHODS_OWN, writableMethod } from '../writable.ts'
import { customField, customKey, TEXT_FIELDS } from './card-contact.ts'
import { readContact } from './contact.ts'
import { escapeText, escapeUri } from './escape.ts'
import { unfold } from './lines.ts'
import { FIELDS_PROPERTY, fieldsValue } from './own.ts'
import { readProperty } from './property.ts'
import { NAME_PARTS } from './structured.ts'
import { TextReader } from './text.ts'
import { type CustomFields, writeCustomFields } from './write-custom.ts'
import { PropertyList, printProperty } from './written-property.ts'

/** The versions that are written. */
export type WrittenVersion = '3.0' | '4.0'

/** A card, and what of its contact is not in it. */
export interface WrittenCard {
  readonly text: string
  readonly leftOut: readonly string[]
}

const AS_IT_IS = new TextReader({ charset: undefined }, { isFound: false }, 'utf-8')
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** Prints the card of a contact. */
export function writeCard(contact: Contact | ContactInput, version: WrittenVersion): WrittenCard {
  const leftOut: string[] = []
  const wanted = fieldsOf(contact, leftOut)
  const list = new PropertyList(version)
  writeFields(wanted, contact, list, version)
  const natural = readBack(list, version)
  const own = ownValues(wanted, natural, contact)
  for (const value of own) list.add({ name: FIELDS_PROPERTY, value })
  const changed =
    'updatedAt' in contact && contact.updatedAt ? revision(contact.updatedAt, version) : undefined
  if (changed !== undefined) list.add({ name: 'REV', value: changed })
  const lines = list.properties.map(printProperty).join('')
  return { text: `BEGIN:VCARD\r\nVERSION:${version}\r\n${lines}END:VCARD\r\n`, leftOut }
}

/** What is read of these properties once they are printed. */
function readBack({ properties }: PropertyList, version: WrittenVersion): ReadonlyMap<string, JsonValue> {
  const lines = ['', ...properties.map(printProperty).join('').split('\r\n')]
  const read = unfold(lines, version).map((line) => readProperty(line, version, AS_IT_IS))
  return readContact(
    read.filter((property) => typeof property === 'object'),
    version,
  ).fields
}

/** What is to be read of the card, by the names of its fields. */
function fieldsOf(contact: Contact | ContactInput, leftOut: string[]): Map<string, JsonValue> {
  const fields = new Map<string, JsonValue>()
  for (const field of TEXT_FIELDS) {
    const value = contact[field]
    if (typeof value === 'string' && value.trim() !== '') fields.set(field, value)
    else if (value === null) leftOut.push(field)
  }
  if (contact.tags === null) leftOut.push('tags')
  else if (contact.tags && contact.tags.length > 0) fields.set('tags', [...contact.tags])
  const methods = methodsOf(contact, leftOut)
  if (methods.length > 0) fields.set('contactMethods', methods)
  if (contact.customFields === null) leftOut.push('customFields')
  for (const [key, value] of Object.entries(contact.customFields ?? {})) {
    if (value !== undefined) fields.set(customField(key), value as JsonValue)
  }
  if ('createdAt' in contact && contact.createdAt !== undefined) leftOut.push('createdAt')
  if ('deleted' in contact && contact.deleted === true) leftOut.push('deleted')
  return fields
}

/** All addresses and numbers, of which one of a type is the primary one. */
function methodsOf(contact: Contact | ContactInput, leftOut: string[]): JsonObject[] {
  const { contactMethods } = contact
  if (contactMethods === null) leftOut.push('contactMethods')
  const methods = (contactMethods ?? []).map((method): JsonObject => {
    for (const name of METHODS_OWN) {
      const path = `contactMethods.${name}`
      if (Reflect.get(method, name) !== undefined && !leftOut.includes(path)) leftOut.push(path)
    }
    const written = Object.entries(writableMethod({ ...method })).filter(
      // What is blank says nothing, and could not be written back.
      ([, value]) => value != null && value !== '',
    )
    return { ...(Object.fromEntries(written) as JsonObject), primary: method.primary === true } // it is of JSON
  })
  for (const type of ['email', 'phone'] as const) {
    const value = contact[type]
    if (value === null) leftOut.push(type)
    if (typeof value !== 'string' || value.trim() === '') continue
    const same = methods.filter((method) => method.type === type)
    const known = same.find((method) => method.value === value)
    if (same.some((method) => method.primary === true)) {
      // Two things that cannot both be so.
      if (!known) leftOut.push(type)
    } else if (known) known.primary = true
    else methods.push({ type, value, primary: true })
  }
  return methods
}

function writeFields(
  wanted: ReadonlyMap<string, JsonValue>,
  contact: Contact | ContactInput,
  list: PropertyList,
  version: WrittenVersion,
): void {
  const text = (field: string): string | undefined => {
    const value = wanted.get(field)
    return typeof value === 'string' ? value : undefined
  }
  const add = (
    name: string,
    value: string | undefined,
    params: readonly (readonly [string, string])[] = [],
  ): void => {
    if (value !== undefined) list.add({ name, text: value, params })
  }
  const externalId = text('externalId')
  if (version === '3.0') add('UID', externalId)
  else if (externalId !== undefined && UUID.test(externalId)) add('UID', `urn:uuid:${externalId}`)
  else add('UID', externalId, [['VALUE', 'text']])
  const parts = [text('familyName'), text('givenName'), ...NAME_PARTS.map((part) => text(customField(part)))]
  add('FN', text('name') ?? shownName(wanted))
  if (version === '3.0' || parts.some((part) => part !== undefined)) {
    list.add({ name: 'N', value: parts.map((part = '') => escapeText(part)).join(';') })
  }
  add('NICKNAME', text('nickname'))
  writeMethods(wanted.get('contactMethods'), list, version)
  writeCustomFields((contact.customFields ?? {}) as CustomFields, (property) => list.add(property), version) // it is JSON
  const avatarUrl = text('avatarUrl')
  if (avatarUrl !== undefined) {
    list.add({
      name: 'PHOTO',
      value: escapeUri(avatarUrl),
      ...(version === '3.0' && { params: [['VALUE', 'uri'] as const] }),
    })
  }
  add('NOTE', text('note'))
  const tags = wanted.get('tags')
  if (Array.isArray(tags)) {
    list.add({ name: 'CATEGORIES', value: tags.map((tag) => escapeText(String(tag))).join(',') })
  }
  add('LANG', text('locale'))
  add('TZ', text('timezone'), version === '3.0' ? [['VALUE', 'text']] : [])
}

/** A card must have a name to be shown by; where the contact has none, it is told that it has none. */
function shownName(wanted: ReadonlyMap<string, JsonValue>): string {
  const texts = (...fields: string[]): string =>
    fields
      .flatMap((field) => wanted.get(field) ?? [])
      .filter((value) => typeof value === 'string')
      .join(' ')
  const methods = wanted.get('contactMethods')
  const [first] = Array.isArray(methods) ? methods : []
  const address = isPlainObject(first) && typeof first.value === 'string' ? first.value : ''
  return (
    texts('givenName', 'familyName') ||
    texts('nickname') ||
    texts(customField('organization')) ||
    address ||
    texts('externalId') ||
    'No name'
  )
}

const WORDS: Readonly<Record<string, string | undefined>> = { phone: 'voice', mobile: 'cell', fax: 'fax' }

function writeMethods(methods: JsonValue | undefined, list: PropertyList, version: WrittenVersion): void {
  if (!Array.isArray(methods)) return
  const all = methods.filter((method): method is JsonObject => isPlainObject(method))
  const counts = new Map<unknown, number>()
  for (const { type } of all) counts.set(type, (counts.get(type) ?? 0) + 1)
  for (const { type, value, primary, label } of all) {
    const isPager = type === 'other' && label === 'pager'
    const word = isPager ? 'pager' : WORDS[String(type)]
    if (typeof value !== 'string' || (type !== 'email' && word === undefined)) continue
    const isPreferred = primary === true && (counts.get(type) ?? 0) > 1
    list.add({
      name: type === 'email' ? 'EMAIL' : 'TEL',
      text: value,
      types: word !== undefined ? [word] : version === '3.0' ? ['internet'] : [],
      ...(typeof label === 'string' && !isPager && { label }),
      ...(isPreferred && { rank: 1 }),
    })
  }
}

/** What has to be said of the fields that are read otherwise from the other properties. */
function ownValues(
  wanted: ReadonlyMap<string, JsonValue>,
  natural: ReadonlyMap<string, JsonValue>,
  { customFields }: Contact | ContactInput,
): readonly string[] {
  const values: string[] = []
  const silent: [string, JsonValue][] = []
  const absent = [...natural.keys()].filter((field) => !wanted.has(field))
  for (const field of absent) values.push(fieldsValue([field], natural))
  for (const [field, value] of wanted) {
    const read = natural.get(field)
    if (read === undefined) silent.push([field, value])
    else if (!sameJson(read, value))
      values.push(fieldsValue(ownFields([[field, value]], customFields), natural))
  }
  return silent.length > 0 ? [fieldsValue(ownFields(silent, customFields), natural), ...values] : values
}

/** Fields as a contact has them. */
function ownFields(given: readonly [string, JsonValue][], source: ContactInput['customFields']): JsonObject {
  const plain = given.filter(([field]) => customKey(field) === undefined)
  const custom = given.flatMap(([field, value]): [string, JsonValue][] => {
    const key = customKey(field)
    return key === undefined ? [] : [[key, value]]
  })
  const customFields: JsonObject = Object.fromEntries(custom)
  return {
    ...Object.fromEntries(plain),
    ...(custom.length > 0 && { customFields: withDigits(source ?? {}, customFields) }),
  }
}

/** A time as vCard writes it. */
function revision(time: string, version: WrittenVersion): string | undefined {
  const [, whole] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? []
  if (whole === undefined) return undefined
  return `${version === '4.0' ? whole.replace(/[-:]/g, '') : whole}Z`
}
