import type { JsonValue } from '@anycontact/core'
import type { CardContact } from './card-contact.ts'
import { escapeText, splitValue, unescapeText, type VCardVersion } from './escape.ts'
import type { Property } from './property.ts'

/** The property that says why a card was not imported; it is left out when the card is read again. */
export const ERROR_PROPERTY = 'X-ANYCONTACT-ERROR'
/** The property of a field that no other property can say, or not whole. */
export const FIELD_PROPERTY = 'X-ANYCONTACT-FIELD'

/**
 * Prints a field that is read from the other properties of its card otherwise than it is, or not at all.
 *
 * @param natural - what is read from them, by which is told later whether somebody has changed them since
 */
export function fieldValue(field: string, value: JsonValue, natural: JsonValue | undefined): string {
  return [field, checksum(natural), JSON.stringify(value)].map(escapeText).join(';')
}

/** Puts into a contact what these properties say, where the card is otherwise as it was when they were written. */
export function applyFields(
  properties: readonly Property[],
  { fields, notes }: CardContact,
  version: VCardVersion,
): void {
  for (const { value } of properties) {
    const [field = '', sum, json = '', ...others] = splitValue(value, ';').map((part) =>
      unescapeText(part, version),
    )
    const read = parsed(json)
    if (read === undefined || others.length > 0 || !isField(field)) {
      notes.push(`${FIELD_PROPERTY}: it cannot be read`)
    } else if (sum !== checksum(fields.get(field))) {
      notes.push(
        `${FIELD_PROPERTY}: ${nameOf(field)} was changed in the card since, and the change was taken`,
      )
    } else if (read === null) fields.delete(field)
    else fields.set(field, read)
  }
}

const FIELDS = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'status',
  'verifiedAt',
  'tags',
  'contactMethods',
]

function isField(name: string): boolean {
  return FIELDS.includes(name) || name.startsWith('customFields.')
}

function nameOf(field: string): string {
  return field.startsWith('customFields.') ? 'a custom field' : field
}

function parsed(json: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(json)
    return value
  } catch {
    return undefined
  }
}

/** Tells two values apart, as far as accidents go. */
function checksum(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  let sum = 0x811c9dc5
  for (const byte of new TextEncoder().encode(JSON.stringify(value))) {
    sum = Math.imul(sum ^ byte, 0x01000193)
  }
  return (sum >>> 0).toString(16).padStart(8, '0')
}
