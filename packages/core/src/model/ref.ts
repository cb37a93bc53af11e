import { ContactsError } from '../errors.ts'
import type { Contact } from './contact.ts'
import { hasLoneSurrogate, isPlainObject } from './json.ts'

/** What a contact can be looked up by. */
export const REF_KEYS = ['id', 'externalId', 'email', 'phone'] as const

/** One of {@link REF_KEYS}. */
export type RefKey = (typeof REF_KEYS)[number]

/**
 * How a call names a contact: its id as a string, one of the keys, or a contact that was read before.
 *
 * @example
 * ```ts
 * await contacts.get('clx3k2p9a0001qz0h7v5m8t2d')
 * await contacts.find({ email: 'ana@example.com' }, { scan: true })
 * await contacts.update(contact, { nickname: 'ana' })
 * ```
 */
export type ContactRef =
  | string
  | { readonly id: string }
  | { readonly externalId: string }
  | { readonly email: string }
  | { readonly phone: string }
  | Contact

/**
 * How a call names a contact by some of the keys: a {@link ContactRef} with only these.
 *
 * @typeParam Key - the keys; `id` brings the plain string with it
 */
export type RefBy<Key extends RefKey> =
  | (Key extends RefKey ? { readonly [K in Key]: string } : never)
  | ('id' extends Key ? string : WholeContact)

/**
 * A contact that was read before, as far as it takes to tell it from a bare reference. It has an id, so where a contact can be
 * named by `{ id }` it is such a reference already.
 */
export type WholeContact = Pick<Contact, 'provider' | 'id' | 'contactMethods'>

/** A reference reduced to one key and its value, as an adapter gets it. */
export interface ResolvedRef {
  /** Which key it is. */
  readonly key: RefKey
  /** What the key is to be: text that is not blank. */
  readonly value: string
}

/**
 * Tells a whole contact from a bare reference.
 *
 * @param ref - a reference
 */
export function isContact(ref: ContactRef): ref is Contact {
  return typeof ref === 'object' && 'provider' in ref && 'id' in ref && 'contactMethods' in ref
}

/**
 * Reads a reference.
 *
 * @param ref - what the caller gave
 * @param provider - whose contact it must be, when it is a whole contact
 * @throws ContactsError `invalid_input` when it names nothing, several things, or another provider's contact
 */
export function resolveRef(ref: ContactRef, provider: string): ResolvedRef {
  if (typeof ref === 'string') return resolved('id', ref)
  if (!isPlainObject(ref))
    throw badRef('give an id, { id }, { externalId }, { email }, { phone } or a contact')
  if (isContact(ref)) {
    if (ref.provider === provider) return resolved('id', ref.id)
    throw badRef(`this contact comes from another provider; look it up in ${provider} by a key of its own`)
  }
  const given = Object.entries(ref).filter(([, value]) => value !== undefined)
  const [key, value] = given[0] ?? []
  const known = REF_KEYS.find((candidate) => candidate === key)
  if (known === undefined || given.length !== 1) {
    throw badRef(`give exactly one of ${REF_KEYS.join(', ')}, or a whole contact`)
  }
  return resolved(known, value)
}

function resolved(key: RefKey, value: unknown): ResolvedRef {
  if (typeof value !== 'string' || value.trim() === '')
    throw badRef(`${key} must be a string that is not blank`)
  if (hasLoneSurrogate(value)) throw badRef(`${key} holds half a surrogate pair`)
  return { key, value }
}

function badRef(message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `Cannot tell which contact is meant: ${message}.`,
  })
}
