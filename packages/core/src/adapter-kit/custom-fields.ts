import type { CustomFieldType } from '../adapter/capabilities.ts'
import type { AdapterContext } from '../adapter/context.ts'
import type { CustomFieldValues, DeclaredFields } from '../client/custom-field-types.ts'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import type { JsonObject } from '../model/json.ts'
import { parseTime, readMember } from './contact-parts.ts'

/**
 * Makes a function that reads declared custom fields out of a record whose vendor sends every value as text. Values of the
 * right type are taken as they are. One that does not fit its type is left out, and so is empty text; `raw` has both.
 *
 * @param declared - the fields, by name and type
 *
 * @example
 * ```ts
 * const readFields = customFieldsReader({ plan: 'text', seats: 'number' })
 * readFields({ plan: 'pro', seats: '12', hs_id: '7' }) // { plan: 'pro', seats: 12 }
 * ```
 */
export function customFieldsReader<const Declared extends DeclaredFields>(
  declared: Declared,
): (properties: Readonly<Record<string, unknown>> | null | undefined) => CustomFieldValues<Declared> {
  const fields = Object.entries(declared)
  return (properties) => {
    const found: JsonObject = {}
    for (const [name, type] of fields) {
      const value = decode(type, readMember(properties, name))
      if (value !== undefined) found[name] = value
    }
    return found as CustomFieldValues<Declared> // each was decoded by its own type
  }
}

/** The vendor's text for declared custom fields; null clears. */
export type EncodedFields = Record<string, string | null>

/**
 * Makes a function that writes declared custom fields as text. A field that is not declared has no place at the vendor and is
 * left to `dropField`.
 *
 * @param declared - the fields, by name and type
 * @returns a function of the written fields and the call's context: `undefined` for fields that are not to be touched, null for
 * every declared one where all are to be cleared
 * @throws ContactsError the function does: `invalid_input`, naming the path of each value that does not fit its type
 */
export function customFieldsWriter(
  declared: DeclaredFields,
): (
  fields: JsonObject | null | undefined,
  context: Pick<AdapterContext, 'dropField'>,
) => EncodedFields | undefined {
  const types = new Map(Object.entries(declared))
  return (fields, context) => {
    if (fields === undefined) return undefined
    if (fields === null) return Object.fromEntries([...types.keys()].map((name) => [name, null]))
    const written: EncodedFields = {}
    const issues: ContactsErrorIssue[] = []
    for (const [name, value] of Object.entries(fields)) {
      const path = `customFields.${name}`
      const type = types.get(name)
      if (type === undefined) {
        context.dropField(path, 'no custom field of this name is declared')
        continue
      }
      const text = value === null ? null : encode(type, value)
      if (text === undefined) issues.push({ path, message: EXPECTED[type] })
      else written[name] = text
    }
    if (issues.length > 0) throw misfit(issues)
    return written
  }
}

const EXPECTED: Readonly<Record<CustomFieldType, string>> = {
  text: 'must be text that is not empty',
  number: 'must be a number',
  boolean: 'must be true or false',
  date: 'must be an ISO 8601 time or date',
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function decode(type: CustomFieldType, value: unknown): string | number | boolean | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined
    case 'number':
      return typeof value === 'string' && NUMBER.test(value) ? exact(Number(value)) : exact(value)
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' || (value === 'false' ? false : undefined)
    case 'date':
      return typeof value === 'string' || typeof value === 'number' ? parseTime(value) : undefined
  }
}

/** A number that JavaScript holds to the last digit: written back, it is still the same. */
function exact(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value
}

function encode(type: CustomFieldType, value: unknown): string | undefined {
  if (type === 'date') return typeof value === 'string' ? parseTime(value) : undefined
  const isOfType = typeof value === (type === 'text' ? 'string' : type)
  if (!isOfType || value === '' || (type === 'number' && exact(value) === undefined)) return undefined
  return String(value)
}

function misfit(issues: readonly ContactsErrorIssue[]): ContactsError {
  const words = issues.map(({ path, message }) => `${path} ${message}`)
  return new ContactsError({
    code: 'invalid_input',
    message: `The input cannot be sent: ${words.join('; ')}. Nothing was sent.`,
    issues,
  })
}
