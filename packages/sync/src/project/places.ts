import type { Contact, WritableField } from '@anycontact/core'

/** The fields of a contact that hold one text each. */
const TEXT_FIELDS = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'status',
  'verifiedAt',
] as const satisfies readonly (WritableField & keyof Contact)[]

/** The fields of a contact, beside its custom fields, that a sync can keep in step. */
export const PLAIN_FIELDS = [
  ...TEXT_FIELDS,
  'tags',
  'contactMethods',
] as const satisfies readonly (WritableField & keyof Contact)[]

/** A field of a contact that holds one text. */
export type TextField = (typeof TEXT_FIELDS)[number]

/** One of {@link PLAIN_FIELDS}. */
export type PlainField = (typeof PLAIN_FIELDS)[number]

/** Where a value stands in a contact: a field of every contact, or a custom field by its key. */
export type Place =
  | { readonly kind: 'plain'; readonly field: PlainField }
  | { readonly kind: 'custom'; readonly key: string }

/** How the path of a custom field begins. */
export const CUSTOM = 'customFields.'

/**
 * Reads a field's path. All that follows the first dot is a custom field's key, so that keys can have dots.
 *
 * @returns `undefined` for what names no field that can be synced
 */
export function parsePlace(path: string): Place | undefined {
  if (path.startsWith(CUSTOM)) {
    const key = path.slice(CUSTOM.length)
    return isCustomKey(key) ? { kind: 'custom', key } : undefined
  }
  const field = PLAIN_FIELDS.find((known) => known === path)
  return field && { kind: 'plain', field }
}

/** Whether a custom field of this key can be written: the empty key has no path, and `__proto__` is refused by every client. */
export function isCustomKey(key: string): boolean {
  return key !== '' && key !== '__proto__'
}

/** Whether a place holds one text. */
export function isText(place: Place): place is { readonly kind: 'plain'; readonly field: TextField } {
  return place.kind === 'plain' && TEXT_FIELDS.some((field) => field === place.field)
}

/** A place as its path. */
export function pathOf(place: Place): string {
  return place.kind === 'plain' ? place.field : CUSTOM + place.key
}
