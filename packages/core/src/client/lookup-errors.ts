import { lookupKeys } from '../adapter/capabilities.ts'
import { ContactsError } from '../errors.ts'
import type { RefKey } from '../model/ref.ts'
import { capability, type Runtime } from './runtime.ts'

/** The operations that name a contact. */
export type LookupOperation = 'get' | 'find' | 'update' | 'delete' | 'upsert'

/** The error for a scan that was not asked for: it costs a full listing. */
export function requireScan(runtime: Runtime, operation: LookupOperation, key: RefKey): ContactsError {
  const { by } = capability(runtime, operation)
  const otherwise = by.length > 0 ? `, or name the contact by ${by.join(' or ')}` : ''
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} has no lookup by ${key}: it takes reading every contact. Pass { scan: true } to have that done${otherwise}.`,
  })
}

/** The error for a key that the operation cannot look up by at all. */
export function noLookup(runtime: Runtime, operation: LookupOperation, key: RefKey): ContactsError {
  const keys = lookupKeys(capability(runtime, operation))
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} cannot ${operation} by ${key}; it can by ${keys.join(', ')}.`,
  })
}

/** The error for a contact that is not there. */
export function notFound({ adapter }: Runtime, key: RefKey): ContactsError {
  const { provider, capabilities } = adapter
  const doubt =
    capabilities.list?.complete === false ? ' in its listing, which does not reach every contact' : ''
  return new ContactsError({
    code: 'not_found',
    message: `${provider} has no contact with that ${key}${doubt}.`,
  })
}

/** The error for a key that several contacts share. */
export function ambiguous({ adapter }: Runtime, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'ambiguous',
    message: `Several contacts of ${adapter.provider} have that ${key}. List them with where, and name one by its id.`,
  })
}

/** The error for an answer about another record than the one that was asked for. */
export function otherRecord({ adapter }: Runtime, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `${adapter.provider} answered with another contact than the one with that ${key}. Report it to the provider.`,
  })
}

/** The error for an answer about another contact method than the one that was asked for. */
export function otherMethod({ adapter }: Runtime): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `${adapter.provider} answered with another contact method than the one that was asked for. Report it to the provider.`,
  })
}

/** The error for an answer about a comment on another contact than the one that was named. */
export function otherComment({ adapter }: Runtime): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `${adapter.provider} answered with a comment on another contact than the one that was named. Report it to the provider.`,
  })
}

/**
 * The error for a contact whose key only resembles the one that was given, as where a column folds case, and that is therefore not
 * meant. An adapter that writes by a key compares before it writes.
 *
 * @param provider - the adapter's `provider`
 */
export function otherKey(provider: string, key: RefKey): ContactsError {
  return new ContactsError({
    code: 'conflict',
    message: `${provider} takes that ${key} for the one of another contact, which it resembles but for case or blanks. Give one of them another ${key}.`,
    provider,
  })
}

/** Tells whether two values differ only in what a database column may fold: case, blanks around, composition. */
export function resembles(a: string, b: string): boolean {
  const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
  return fold(a) === fold(b)
}

/** The error for an upsert's key that the provider cannot store: there is nothing left to go by, whatever may be left out. */
export function unstorableKey({ adapter }: Runtime, key: RefKey): ContactsError {
  const message = 'cannot be stored as it is, and tells which contact it is'
  return new ContactsError({
    code: 'unsupported_field',
    message: `${adapter.provider} cannot upsert by this ${key}: it ${message}. Upsert by another key. Nothing was sent.`,
    issues: [{ path: key, message }],
  })
}
