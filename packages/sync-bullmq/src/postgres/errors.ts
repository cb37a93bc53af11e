import { ContactsError } from '@anycontact/core'
import { SyncError } from '@anycontact/sync/ledger-kit'

const HINTS: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL refuses the user or the password; put them right.',
  '28000': 'PostgreSQL lets this user not in; put the user right, or the server’s rules for connections.',
  '3D000': 'The database is not there on the server; create it, or put its name right.',
  '42501': 'The user lacks a privilege; it needs CREATE on the database once, and then its own tables.',
  '53100': 'The disk of the server is full; make room and start again: nothing is lost.',
  '53300': 'The server has no connection left; raise `max_connections`, or start fewer workers.',
  '25006': 'The server is read-only, as a replica is; give the address of the primary.',
  ECONNREFUSED: 'No PostgreSQL listens at the address; start it, or put the address right.',
  ENOTFOUND: 'The host of the server is not known; put its name right.',
  ETIMEDOUT: 'The server does not answer; look whether it can be reached from here.',
  ERR_INVALID_URL:
    'The connection string is no URL; it looks like postgresql://user:password@host:5432/database.',
}

/**
 * What `pg` threw, as an error that says what to do. Nothing of the original stays but its code: its text and its details can hold
 * values of contacts, or the address and the user.
 */
export function ledgerError(error: unknown): ContactsError {
  if (ContactsError.is(error)) return error
  const code = codeOf(error)
  const hint =
    HINTS[code ?? ''] ??
    (isLost(error)
      ? 'The connection to PostgreSQL broke, or could not be made; look whether the server runs, and start again.'
      : 'PostgreSQL could not do what it was asked for; look the code up in its documentation.')
  return new SyncError({
    reason: 'ledger',
    message: code === undefined ? hint : `${hint} (${code})`,
    cause: Object.assign(new Error(`PostgreSQL: ${code ?? 'no code'}`), { code }),
  })
}

/** The code of an error of the system or of PostgreSQL. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether PostgreSQL has refused a transaction because of another one: done again, it goes through. */
export function isOvertaken(error: unknown): boolean {
  // Serialization, deadlock, and an id that another worker has stored between the look and the write.
  return ['40001', '40P01', '23505'].includes(codeOf(error) ?? '')
}

/** Whether the connection is lost, so that it is not known whether a statement that was sent came through. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  // Closed by the server: as it shuts down, as it starts, or because it heard nothing for too long.
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return /^(08|57P|25P03)/.test(code)
  if (LOST_CODES.includes(code)) return true
  return error instanceof Error && !ContactsError.is(error) && LOST.test(error.message)
}

const LOST_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]

/** What `pg` says without a code. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/
