import type { Session } from './accounts.ts'
import { ApiError, systemError } from './errors.ts'
import type { AccountSecret, ResourceStore } from './resource-store.ts'
import type { ContactRow, ContactStore } from './store.ts'

/** What a path segment names a record by. */
type Identifier = { readonly id: string } | { readonly name: string } | { readonly alias: string }

/**
 * Finds the contact that a path names: a record id, or `(Name)` for an exact name in the account. Throws the 404,
 * the 403 of another account's record, the 400 of blanks, or the 500 that the other forms end in.
 */
export function findContact(store: ContactStore, session: Session, text: string): ContactRow {
  const identifier = readIdentifier(text)
  // Contacts have no alias column, so the database refuses the look-up.
  if ('alias' in identifier) throw systemError()
  if ('name' in identifier) return found(store.findByName(session.account, identifier.name))
  const row = found(store.get(identifier.id))
  if (row.account !== session.account) throw new ApiError('NOT_AUTHORIZED')
  return row
}

/**
 * Finds the secret that a path names, in the whole account: a record id, or `(Name)`. Throws the 404, or the 403 of
 * another account's secret.
 */
export function findSecret(resources: ResourceStore, session: Session, text: string): AccountSecret {
  const identifier = readIdentifier(text)
  // Secrets have aliases, but none can be seeded here.
  if ('alias' in identifier) throw new ApiError('NOT_FOUND')
  if ('name' in identifier) return found(resources.secretNamed(session.account, identifier.name))
  const secret = found(resources.secret(identifier.id))
  if (secret.account !== session.account) throw new ApiError('NOT_AUTHORIZED')
  return secret
}

function readIdentifier(text: string): Identifier {
  const id = text.trim()
  if (id === '') throw new ApiError('BAD_REQUEST')
  if (id.startsWith('(') && id.endsWith(')')) {
    const name = id.slice(1, -1).trim()
    if (name === '') throw new ApiError('GENERIC_ERROR', 'Name is required')
    return { name }
  }
  if (!id.startsWith('@')) return { id }
  const alias = id.replace(/^@@?/, '').trim()
  if (alias === '') throw new ApiError('GENERIC_ERROR', 'Alias is required')
  return { alias }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new ApiError('NOT_FOUND')
  return row
}
