import type { Contact, ContactMethod, JsonObject, JsonValue } from '@anycontact/core'
import { hashText } from '../merge/snapshot.ts'
import { canonicalJson } from '../project/forms.ts'
import { CUSTOM } from '../project/places.ts'

/**
 * A hash of all that counts of a contact, the same for the same contact however its provider orders keys, tags and contact methods.
 * When it was updated, and the vendor's record, don't count.
 *
 * @param salt - the ledger's, so that nobody can find out a contact by trying
 * @param ignore - fields that don't count either
 */
export function fingerprint(contact: Contact, salt: string, ignore: readonly string[]): string {
  const { raw: _raw, updatedAt: _updatedAt, provider: _provider, customFields, ...fields } = contact
  const counted: JsonObject = {}
  const count = (path: string, value: JsonValue | undefined): void => {
    if (value !== undefined && !ignore.includes(path)) counted[path] = value
  }
  for (const [field, value] of Object.entries(fields)) {
    if (!Array.isArray(value)) count(field, value)
  }
  for (const [key, value] of Object.entries(customFields)) count(CUSTOM + key, value)
  count('contactMethods', inOrder(contact.contactMethods.map(methodForm)))
  if (contact.tags) count('tags', inOrder(contact.tags))
  return hashText(salt, canonicalJson(counted))
}

function methodForm({ updatedAt: _, ...method }: ContactMethod): JsonValue {
  return { ...method }
}

function inOrder(values: readonly JsonValue[]): JsonValue[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((one, other) => (one.text < other.text ? -1 : Number(one.text > other.text)))
    .map(({ value }) => value)
}
