import type { JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import { escapeText, escapeUri, type VCardVersion } from './escape.ts'
import { ADDRESS_PARTS } from './structured.ts'
import type { WrittenProperty } from './written-property.ts'

/** Custom fields, as a contact has them. */
export type CustomFields = Readonly<Record<string, JsonValue | undefined>>

type Add = (property: WrittenProperty) => void

/** Names that are no custom field's: what they say is a field's, or the card's. */
const RESERVED =
  /^(?:BEGIN|END|VERSION|PROFILE|PRODID|REV|FN|N|NICKNAME|PHOTO|EMAIL|TEL|UID|NOTE|LANG|TZ|CATEGORIES|ADR|URL|ORG|TITLE|ROLE|BDAY|(?:X-(?:MS-|EVOLUTION-)?)?ANNIVERSARY|CREATED|AGENT|X-ABLABEL|X-ABADR|X-ANYCONTACT-.*)$/
const NAME = /^[A-Z][A-Z\d-]*$/
const KIND = /^(?:X-ADDRESSBOOKSERVER-)?KIND$/
/** Not what says how a value is to be read. */
const PARAM = /^(?!(?:encoding|charset|language)$)[a-z][a-z\d-]*$/
const PARAM_VALUE = /^[\w.+/@ -]+$/
/** What is left out when it is read. */
const DATA = /^\s*data:/i
const URI = /^[a-z][a-z0-9+.-]+:/i

/** Prints the custom fields that vCard has a property for. */
export function writeCustomFields(fields: CustomFields, add: Add, version: VCardVersion): void {
  writeOrganization(fields, add)
  for (const [name, key] of [
    ['TITLE', 'jobTitle'],
    ['ROLE', 'role'],
  ] as const) {
    const value = fields[key]
    if (typeof value === 'string') add({ name, text: value })
  }
  writeDate('BDAY', fields.birthday, add, version)
  if (version === '4.0') writeDate('ANNIVERSARY', fields.anniversary, add, version)
  else writeDate('X-ABDATE', fields.anniversary, add, version, '_$!<Anniversary>!$_')
  for (const address of objectsIn(fields.addresses)) writeAddress(address, add, version)
  for (const url of objectsIn(fields.urls)) writeUrl(url, add)
  for (const [name, value] of Object.entries(fields)) {
    if (NAME.test(name) && !RESERVED.test(name) && !isGroup(name, value)) writeOther(name, value, add)
  }
}

/** A card that says that it is a group is no contact's. */
function isGroup(name: string, value: JsonValue | undefined): boolean {
  return KIND.test(name) && (typeof value !== 'string' || /^\s*group\s*$/i.test(value))
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item): item is JsonObject => isPlainObject(item)) : []
}

function writeOrganization({ organization, organizationUnits = [] }: CustomFields, add: Add): void {
  const name = typeof organization === 'string' ? organization : ''
  const units = Array.isArray(organizationUnits)
    ? organizationUnits.filter((unit): unit is string => typeof unit === 'string')
    : []
  if (name === '' && units.length === 0) return
  add({ name: 'ORG', value: [name, ...units].map(escapeText).join(';') })
}

function writeDate(
  name: string,
  date: JsonValue | undefined,
  add: Add,
  version: VCardVersion,
  customLabel?: string,
): void {
  if (typeof date !== 'string') return
  const [, year, month, day] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(date) ?? []
  if (!year || !month || !day) return
  if (version === '4.0') add({ name, value: `${year === '-' ? '--' : year}${month}${day}` })
  else if (year !== '-') add({ name, value: date, ...(customLabel !== undefined && { customLabel }) })
  // A year is wanted; this one is left out by what knows the parameter.
  else if (name === 'BDAY') {
    add({ name, value: `1604-${month}-${day}`, params: [['X-APPLE-OMIT-YEAR', '1604']] })
  }
}

function writeAddress(address: JsonObject, add: Add, version: VCardVersion): void {
  const parts = ADDRESS_PARTS.map((part) => address[part] ?? '')
  if (!parts.every((part) => typeof part === 'string') || parts.every((part) => part === '')) return
  const { formatted, countryCode } = address
  add({
    name: 'ADR',
    value: parts.map((part) => escapeText(String(part))).join(';'),
    ...marksOf(address),
    ...(typeof formatted === 'string' && version === '4.0' && { params: [['LABEL', formatted]] }),
    ...(typeof countryCode === 'string' && { beside: [['X-ABADR', countryCode]] }),
  })
}

function writeUrl(url: JsonObject, add: Add): void {
  if (typeof url.value !== 'string') return
  add({ name: 'URL', value: escapeUri(url.value), ...marksOf(url) })
}

function marksOf({ label, primary }: JsonObject): Pick<WrittenProperty, 'label' | 'rank'> {
  return {
    ...(typeof label === 'string' && { label }),
    ...(primary === true && { rank: 1 }),
  }
}

/** Prints what was read of a property that no field is for. */
function writeOther(name: string, value: JsonValue | undefined, add: Add): void {
  if (typeof value === 'string' && !DATA.test(value)) add({ name, value: escapedValue(value) })
  else {
    for (const item of objectsIn(value)) {
      const { value: text, label, ...marks } = item
      const params = Object.entries(marks).flatMap(([param, values]) => paramsOf(param, values) ?? [])
      const parts = Array.isArray(text) ? text : [text]
      if (!parts.every((part) => typeof part === 'string' && !DATA.test(part))) continue
      add({
        name,
        value:
          parts.length === 1 ? escapedValue(String(parts[0])) : parts.map(String).map(escapeText).join(';'),
        ...(typeof label === 'string' && { customLabel: label }),
        params,
      })
    }
  }
}

function escapedValue(text: string): string {
  return URI.test(text) ? escapeUri(text) : escapeText(text)
}

function paramsOf(param: string, values: JsonValue): (readonly [string, string])[] | undefined {
  if (!PARAM.test(param) || !Array.isArray(values)) return undefined
  return values.flatMap((value) =>
    typeof value === 'string' && PARAM_VALUE.test(value) ? [[param.toUpperCase(), value] as const] : [],
  )
}
