import { isDeepStrictEqual } from 'node:util'
import type { Contact, ContactMethod } from '@anycontact/core'

/** What became of a field of a contact. */
export type Fate = 'kept' | 'changed' | 'lost'

/** The fields of a contact that a copy is about: all but its provider's own, which are its id, its times and `raw`. */
export const COPIED_FIELDS = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'contactMethods',
  'contactMethods.label',
  'contactMethods.externalId',
  'contactMethods.customFields',
  'contactMethods.verified',
  'contactMethods.verifiedAt',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'customFields',
  'verifiedAt',
] as const satisfies readonly (keyof Contact | `contactMethods.${keyof ContactMethod}`)[]

/** One of {@link COPIED_FIELDS}. */
export type CopiedField = (typeof COPIED_FIELDS)[number]

/** The id by which a copy of a contact is found again: its external id, or else its provider and the id it has there. */
export function keyOf({ externalId, provider, id }: Contact): string {
  // The ids of clients at contact methods are the caller's own.
  return externalId ?? (provider === 'contact-methods' ? id : `${provider}:${id}`)
}

/**
 * Compares a contact with its copy: what became of each field that it has. `externalId` is kept also where the copy has it as
 * its `id`. An address counts as changed where only its spelling differs.
 */
export function compareContacts(before: Contact, after: Contact): ReadonlyMap<CopiedField, Fate> {
  const fates = new Map<CopiedField, Fate>()
  for (const field of COPIED_FIELDS) {
    const fate = fateOf(field, before, after)
    if (fate !== undefined) fates.set(field, fate)
  }
  return fates
}

/** The fields that a copy has and its original has not. An external id is what it is found by. */
export function addedFields(before: Contact, after: Contact): CopiedField[] {
  return COPIED_FIELDS.filter(
    (field) =>
      field !== 'externalId' &&
      fateOf(field, after, before) === 'lost' &&
      fateOf(field, before, after) === undefined,
  )
}

function fateOf(field: CopiedField, before: Contact, after: Contact): Fate | undefined {
  switch (field) {
    case 'contactMethods':
      return worst(before.contactMethods.map((method) => methodFate(method, counterpart(method, after))))
    case 'contactMethods.label':
      return partFate('label', before, after)
    case 'contactMethods.externalId':
      return partFate('externalId', before, after)
    case 'contactMethods.customFields':
      return partFate('customFields', before, after)
    case 'contactMethods.verified':
      return partFate('verified', before, after)
    case 'contactMethods.verifiedAt':
      return partFate('verifiedAt', before, after)
    case 'externalId':
      return valueFate(
        before.externalId,
        after.externalId ?? (after.id === before.externalId ? after.id : undefined),
      )
    case 'tags':
      return valueFate(sorted(before.tags), sorted(after.tags))
    default:
      return valueFate(before[field], after[field])
  }
}

function partFate(
  part: 'label' | 'externalId' | 'customFields' | 'verified' | 'verifiedAt',
  before: Contact,
  after: Contact,
): Fate | undefined {
  return worst(
    before.contactMethods.map((method) => valueFate(method[part], counterpart(method, after)?.[part])),
  )
}

function methodFate(method: ContactMethod, copy: ContactMethod | undefined): Fate {
  if (!copy) return 'lost'
  return method.value === copy.value && method.primary === copy.primary ? 'kept' : 'changed'
}

/** The method of the copy that is the same address, however it is spelt. */
function counterpart(method: ContactMethod, { contactMethods }: Contact): ContactMethod | undefined {
  const ofType = contactMethods.filter(({ type }) => type === method.type)
  return (
    ofType.find(({ value }) => value === method.value) ??
    ofType.find(({ value }) => spelling(value) === spelling(method.value))
  )
}

/** An address without what does not tell it from others: case, and in numbers what is no digit and the country. */
function spelling(value: string): string {
  return value.includes('@') ? value.toLowerCase() : value.replace(/\D/g, '').slice(-9)
}

/** Not verified is what every address is that nothing is said of. */
function valueFate(before: unknown, after: unknown): Fate | undefined {
  if (isNothing(before)) return undefined
  if (isNothing(after)) return 'lost'
  return isDeepStrictEqual(before, after) ? 'kept' : 'changed'
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === false) return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function sorted(tags: readonly string[] | undefined): readonly string[] | undefined {
  return tags && [...new Set(tags)].sort()
}

function worst(fates: readonly (Fate | undefined)[]): Fate | undefined {
  return (['lost', 'changed', 'kept'] as const).find((fate) => fates.includes(fate))
}
