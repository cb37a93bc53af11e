import type { JsonObject, JsonValue } from '@anycontact/core'
import { isPlainObject, jsonText, parsedProblem, parseJson } from '@anycontact/core/adapter-kit'
import { type CardContact, customField, TEXT_FIELDS } from './card-contact.ts'
import { escapeText, splitValue, unescapeText, type VCardVersion } from './escape.ts'
import type { Property } from './property.ts'

/** The property that says why a card was not imported; it is left out when the card is read again. */
export const ERROR_PROPERTY = 'X-ANYCONTACT-ERROR'
/** The property of fields that no other property can say, or not whole. */
export const FIELDS_PROPERTY = 'X-ANYCONTACT-FIELDS'

const FIELDS: readonly string[] = [...TEXT_FIELDS, 'tags', 'contactMethods']

/** Fields that are read from the other properties of a card otherwise than they are, or not at all: as JSON, as a contact has them. */
export type OwnFields = JsonObject

/**
 * Prints such fields; or the names of those that are not there, though something is read for them.
 *
 * @param natural - what is read from the other properties, by which is told later whether somebody has changed them since
 */
export function fieldsValue(fields: OwnFields | string[], natural: ReadonlyMap<string, JsonValue>): string {
  return [checksum(namesIn(fields), natural), jsonText(fields)].map(escapeText).join(';')
}

/** Puts into a contact what these properties say, where the card is otherwise as it was when they were written. */
export function applyFields(
  properties: readonly Property[],
  contact: CardContact,
  version: VCardVersion,
): void {
  const natural = new Map(contact.fields)
  for (const { value } of properties) {
    const [sum, json = ''] = splitValue(value, ';').map((part) => unescapeText(part, version))
    const read = parseJson(json)
    const fields = read.ok ? fieldsIn(read.value) : undefined
    const damaged = read.ok ? parsedProblem(read.value) : undefined
    if (damaged) contact.issues.push({ path: damaged.path.join('.'), message: damaged.message })
    else if (!fields) contact.notes.add(`${FIELDS_PROPERTY}: it cannot be read`)
    else if (sum !== checksum(namesIn(fields), natural)) {
      const names = namesIn(fields).filter((name) => FIELDS.includes(name))
      const changed = names.length > 0 ? names.join(', ') : 'customFields'
      contact.notes.add(`${FIELDS_PROPERTY}: the card was changed since, and has ${changed} otherwise`)
    } else apply(fields, contact)
  }
}

function apply(fields: OwnFields | string[], contact: CardContact): void {
  if (Array.isArray(fields)) for (const name of fields) contact.fields.delete(name)
  else {
    for (const [name, value] of Object.entries(fields)) {
      if (name !== 'customFields') contact.fields.set(name, value)
      else if (isPlainObject(value)) {
        for (const [key, member] of Object.entries(value)) contact.fields.set(customField(key), member)
      }
    }
  }
}

function fieldsIn(value: unknown): OwnFields | string[] | undefined {
  if (Array.isArray(value)) return value.every((name) => typeof name === 'string') ? value : undefined
  if (!isPlainObject(value)) return undefined
  const { customFields = {}, ...others } = value
  const isKnown = isPlainObject(customFields) && Object.keys(others).every((name) => FIELDS.includes(name))
  return isKnown ? (value as OwnFields) : undefined // it was JSON
}

/** The names of fields, those of custom fields with their keys. */
function namesIn(fields: OwnFields | string[]): readonly string[] {
  if (Array.isArray(fields)) return fields
  return Object.entries(fields).flatMap(([name, value]) =>
    name === 'customFields' && isPlainObject(value) ? Object.keys(value).map(customField) : name,
  )
}

/** Tells whether the values of these fields are those that they were, as far as accidents go; empty where there are none. */
function checksum(names: readonly string[], fields: ReadonlyMap<string, JsonValue>): string {
  const values = names.map((name) => fields.get(name) ?? null)
  if (values.every((value) => value === null)) return ''
  let sum = 0x811c9dc5
  for (const byte of new TextEncoder().encode(JSON.stringify(values))) {
    sum = Math.imul(sum ^ byte, 0x01000193)
  }
  return (sum >>> 0).toString(16).padStart(8, '0')
}
