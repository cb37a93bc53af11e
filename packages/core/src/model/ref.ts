import * as v from 'valibot'
import { ContactsError } from '../errors.ts'
import { type Contact, ContactSchema } from './contact.ts'
import { isPlainObject, keyProblem, readGiven, readMembers, textProblem } from './json.ts'

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

/** A reference that is neither a plain id nor a contact: one key and its value. */
export type BareRef = Exclude<ContactRef, string | Contact>

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

/** Names a contact by a key. */
export function refBy(key: RefKey, value: string): BareRef {
  switch (key) {
    case 'id':
      return { id: value }
    case 'externalId':
      return { externalId: value }
    case 'email':
      return { email: value }
    case 'phone':
      return { phone: value }
  }
}

/**
 * Tells a whole contact from a bare reference.
 *
 * @param ref - a reference
 */
export function isContact(ref: ContactRef): ref is Contact {
  return typeof ref === 'object' && 'provider' in ref && 'id' in ref && 'contactMethods' in ref
}

const HOW = 'give an id, { id }, { externalId }, { email }, { phone } or a contact'

/**
 * Reads what a caller gave as a reference, once: nothing of the caller's runs after this.
 *
 * @param given - anything
 * @throws ContactsError `invalid_input` for what cannot be read
 */
export function readRef(given: unknown): ContactRef {
  if (typeof given === 'string') return given
  const { value: members, problem } = readMembers(given)
  if (problem) {
    const [key] = problem.path
    throw key === undefined ? badRef(HOW) : badRef(`${key} ${problem.message}`, String(key))
  }
  const { provider, id, contactMethods, raw: _raw, ...others } = members
  if (contactMethods === undefined || typeof provider !== 'string' || typeof id !== 'string') {
    return members as unknown as ContactRef // `resolveRef` looks at what is in it
  }
  // What the provider has stored may be what could not be sent; then the contact counts by its keys alone.
  const { value } = readGiven({ provider, id, contactMethods, ...others })
  const whole = v.safeParse(ContactSchema, isPlainObject(value) ? { ...value, raw: undefined } : undefined)
  if (whole.success) return whole.output
  const bare: Contact = { provider, id, contactMethods: [], customFields: {}, raw: undefined }
  for (const key of ['externalId', 'email', 'phone'] as const) {
    const text = others[key]
    if (typeof text === 'string') bare[key] = text
  }
  return bare
}

/**
 * Tells which contact a reference names.
 *
 * @param ref - from {@link readRef}
 * @param provider - whose contact it must be, when it is a whole contact
 * @throws ContactsError `invalid_input` when it names nothing, several things, or another provider's contact
 */
export function resolveRef(ref: ContactRef, provider: string): ResolvedRef {
  if (typeof ref === 'string') return resolved('id', ref, keyProblem)
  if (!isPlainObject(ref)) throw badRef(HOW)
  if (isContact(ref)) {
    // Its id is as the provider made it.
    if (ref.provider === provider) return resolved('id', ref.id, textProblem)
    throw badRef(
      `this contact comes from another provider; look it up in ${provider} by a key of its own`,
      'provider',
    )
  }
  const given = Object.entries(ref).filter(([, value]) => value !== undefined)
  const [key, value] = given[0] ?? []
  const known = REF_KEYS.find((candidate) => candidate === key)
  if (known === undefined || given.length !== 1) {
    throw badRef(`give exactly one of ${REF_KEYS.join(', ')}, or a whole contact`)
  }
  return resolved(known, value, keyProblem)
}

function resolved(key: RefKey, value: unknown, problemOf: (text: string) => string | undefined): ResolvedRef {
  if (typeof value !== 'string' || value.trim() === '') {
    throw badRef(`${key} must be a string that is not blank`, key)
  }
  const problem = problemOf(value)
  if (problem !== undefined) throw badRef(`${key} ${problem}`, key)
  return { key, value }
}

function badRef(message: string, path = ''): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `Cannot tell which contact is meant: ${message}.`,
    issues: [{ path, message }],
  })
}
