import type { JsonObject, JsonValue } from '@anycontact/core'
import { splitValue, unescapeText, type VCardVersion } from './escape.ts'
import { LABEL_PROPERTY, type Labels } from './labels.ts'
import { PROTO, type Property, rankOf } from './property.ts'

/** The parts of an address, in the order of `ADR`. */
export const ADDRESS_PARTS = [
  'poBox',
  'extendedAddress',
  'streetAddress',
  'locality',
  'region',
  'postalCode',
  'country',
] as const

/** The further parts of a name, in the order of `N`, where the family name and the given name are before them. */
export const NAME_PARTS = ['additionalName', 'namePrefix', 'nameSuffix'] as const

/** The parts of a value. */
export function partsOf(value: string, version: VCardVersion): readonly string[] {
  return splitValue(value, ';').map((part) => unescapeText(part, version).trim())
}

/** Reads an address. */
export function readAddress(
  property: Property,
  labels: Labels,
  version: VCardVersion,
  countryCode: string | undefined,
): JsonObject | undefined {
  const parts = partsOf(property.value, version)
  const address: JsonObject = {}
  for (const [index, name] of ADDRESS_PARTS.entries()) {
    const part = parts[index] ?? ''
    if (part !== '') address[name] = part
  }
  // Google writes the whole address behind its parts.
  const formatted = labelParam(property) ?? parts[ADDRESS_PARTS.length]
  if (formatted) address.formatted = formatted
  if (Object.keys(address).length === 0) return undefined
  if (countryCode !== undefined) address.countryCode = countryCode
  return { ...address, ...marksOf(property, labels) }
}

/** The whole address as it stands on an envelope. Its line ends are written so in the standard's own example, and otherwise in RFC 6868. */
function labelParam({ params }: Property): string | undefined {
  return params.get('LABEL')?.join(',').replace(/\\n/gi, '\n')
}

/** Reads a web address. */
export function readUrl(property: Property, labels: Labels): JsonObject | undefined {
  const value = unescapeText(property.value, '2.1').trim()
  return value === '' ? undefined : { value, ...marksOf(property, labels) }
}

function marksOf(property: Property, labels: Labels): JsonObject {
  const label = labels.of(property)
  return {
    ...(label !== undefined && { label }),
    ...(rankOf(property) === 1 && { primary: true }),
  }
}

/** Reads a date: as ISO 8601 writes it, where it has a day and a month; else as it stands. */
export function readDate({ value, params }: Property, version: VCardVersion): string {
  const text = unescapeText(value, version).trim()
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T00:?00:?00Z?)?$/.exec(text) ?? []
  if (year && month && day) {
    return params.get('X-APPLE-OMIT-YEAR')?.[0] === year ? `--${month}-${day}` : `${year}-${month}-${day}`
  }
  const yearless = /^--(\d\d)-?(\d\d)$/.exec(text)
  return yearless ? `--${yearless[1]}-${yearless[2]}` : text
}

/** Of these the first three say how it is read; no object can have the last as a key like others. */
const WITHOUT = ['ENCODING', 'CHARSET', 'LANGUAGE', PROTO]
const URI = /^[a-z][a-z0-9+.-]+:/i

/** Reads what no field of a contact is for: its text, or its parts, and what is said beside. */
export function readOther(property: Property, labels: Labels, version: VCardVersion): JsonValue | undefined {
  const parts = URI.test(property.value) ? [property.value] : splitValue(property.value, ';')
  const texts = parts.map((part) => unescapeText(part, version).trim())
  if (texts.every((text) => text === '')) return undefined
  const [first = ''] = texts
  const marks: JsonObject = {}
  // A label that stands for itself is not its own.
  const label = property.name === LABEL_PROPERTY ? undefined : labels.beside(property)
  for (const [name, values] of property.params) {
    if (!WITHOUT.includes(name)) marks[name.toLowerCase()] = [...values]
  }
  if (label !== undefined) marks.label = Array.isArray(marks.label) ? [label, ...marks.label] : label
  if (texts.length === 1 && Object.keys(marks).length === 0) return first
  return { ...marks, value: texts.length === 1 ? first : [...texts] }
}
