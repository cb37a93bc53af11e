import type { Contact, ContactInput, JsonValue } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import type { FieldValues } from '../ledger/pair.ts'
import { CUSTOM, type Place } from './places.ts'

/** The field under which it stands that an input clears all custom fields. */
export const ALL_CUSTOM = 'customFields'

/** What a contact of inputs was made of. */
export function inputOf({ raw }: Contact): ContactInput {
  return isPlainObject(raw) ? raw : {}
}

/**
 * What an input says of a place: `null` that there is nothing, `undefined` nothing. The list of its contact methods is said only where it
 * has one, and then says the primary address and number, too.
 *
 * @param value - what the contact that was made of it has there
 * @param hasMethods - whether the list is synced as contact methods
 */
export function saidAt(
  input: ContactInput,
  place: Place,
  value: JsonValue | undefined,
  hasMethods: boolean,
): JsonValue | undefined {
  if (place.kind === 'custom') {
    const { customFields } = input
    return value ?? (customFields === null || customFields?.[place.key] === null ? null : undefined)
  }
  const { field } = place
  const hasList = input.contactMethods !== undefined
  if (field === 'contactMethods' && !hasList) return undefined
  if ((field === 'email' || field === 'phone') && hasList && hasMethods) return undefined
  return value ?? (input[field] === undefined ? undefined : null)
}

/** Whether values of the source say something of a field: they have it, or it is a custom field and all of these are cleared. */
export function says(values: FieldValues, field: string): boolean {
  return Object.hasOwn(values, field) || (field.startsWith(CUSTOM) && Object.hasOwn(values, ALL_CUSTOM))
}

/** Values without those that are said to be empty. */
export function heldValues(values: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
