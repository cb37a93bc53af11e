import type { Contact } from '@anycontact/core'
import { type ContactWrite, isPlainObject } from '@anycontact/core/adapter-kit'

/** How a field changes: absent where it has no value. */
export interface Change {
  readonly field: string
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * What a write changes, field by field, custom fields by their keys.
 *
 * @param contact - as it is; nothing where there is none yet
 * @param write - what differs from it
 */
export function changesOf(contact: Contact | undefined, write: ContactWrite): readonly Change[] {
  return Object.entries(write).flatMap(([field, after]): readonly Change[] => {
    const before: unknown = contact && Reflect.get(contact, field)
    if (field !== 'customFields') return [change(field, before, after)]
    const custom = isPlainObject(before) ? before : {}
    const written = isPlainObject(after)
      ? after
      : Object.fromEntries(Object.keys(custom).map((key) => [key, null]))
    return Object.entries(written).map(([key, value]) => change(`${field}.${key}`, custom[key], value))
  })
}

function change(field: string, before: unknown, after: unknown): Change {
  const isThere = (value: unknown): boolean => value !== undefined && value !== null
  return { field, ...(isThere(before) && { before }), ...(isThere(after) && { after }) }
}

/** A change as a line shows it: `Ana → Bea`, with `–` for no value. */
export function changeText({ before, after }: Change): string {
  return `${valueText(before)} → ${valueText(after)}`
}

/** A value as a line shows it. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–'
  if (typeof value === 'string') return value === '' ? '""' : value
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return isList ? value.join(', ') : JSON.stringify(value)
}
