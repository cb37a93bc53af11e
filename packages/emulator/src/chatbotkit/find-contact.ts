import type { Session } from './accounts.ts'
import { ApiError, systemError } from './errors.ts'
import type { ContactRow, ContactStore } from './store.ts'

/**
 * Finds the contact that a path names: a record id, or `(Name)` for an exact name in the account. Throws the 404,
 * the 403 of another account's record, or the 500 that the other forms end in.
 */
export function findContact(store: ContactStore, session: Session, text: string): ContactRow {
  const id = text.trim()
  if (id.startsWith('(') && id.endsWith(')')) {
    const name = id.slice(1, -1)
    if (name === '') throw new ApiError('GENERIC_ERROR', 'Name is required')
    return found(store.findByName(session.account, name))
  }
  if (id === '@') throw new ApiError('GENERIC_ERROR', 'Alias is required')
  // Contacts have no alias column, so the database refuses the look-up.
  if (id.startsWith('@')) throw systemError()
  const row = found(store.get(id))
  if (row.account !== session.account) throw new ApiError('NOT_AUTHORIZED')
  return row
}

function found(row: ContactRow | undefined): ContactRow {
  if (row === undefined) throw new ApiError('NOT_FOUND')
  return row
}
