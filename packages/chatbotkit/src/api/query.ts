import { ContactsError, isPlainObject, type QueryValue } from '@anycontact/core'
import { PROVIDER } from '../errors.ts'
import type { ContactListRequest } from './types.ts'

type FlatQuery = Record<string, QueryValue>

/**
 * Writes a query the way the vendor's client does: a member that is an object becomes `name.key`, as in `meta.plan`; null
 * and `undefined` are left out; an array repeats the name.
 *
 * @throws ContactsError `invalid_input` for what has no form in a query, such as a function or a `Date`: left out in silence,
 * a filter would let everything pass
 */
export function flattenQuery(query: Readonly<Record<string, unknown>>): FlatQuery {
  const flat: FlatQuery = {}
  for (const [name, value] of Object.entries(query)) add(flat, name, value)
  return flat
}

/** The query of a listing: `meta` becomes `meta.key`. */
export function queryOf(request: ContactListRequest | undefined): FlatQuery {
  return flattenQuery({ ...request })
}

function add(flat: FlatQuery, name: string, value: unknown): void {
  if (value === undefined || value === null) return
  if (isScalar(value)) flat[name] = value
  else if (Array.isArray(value) && value.every(isScalar)) flat[name] = value
  else if (isPlainObject(value)) {
    for (const [key, member] of Object.entries(value)) add(flat, `${name}.${key}`, member)
  } else {
    const message = `${PROVIDER}: the query parameter ${name} must be text, a number, a boolean, a list of these, or a plain object.`
    throw new ContactsError({ code: 'invalid_input', message, provider: PROVIDER })
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
