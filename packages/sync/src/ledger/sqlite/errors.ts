import { ContactsError } from '@anycontact/core'
import { SyncError } from '../../errors.ts'

const HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/not a database|NOTADB/i, 'The file is no SQLite database; give the path of a ledger, or of a new file.'],
  [
    /database is locked|SQLITE_BUSY/i,
    'Another program holds the ledger open for writing; close it and start again.',
  ],
  [
    /disk is full|SQLITE_FULL/i,
    'The disk of the ledger is full; make room and start again: nothing is lost.',
  ],
  [/malformed|CORRUPT/i, 'The ledger is damaged; restore the file from a copy.'],
  [/readonly|READONLY/i, 'The ledger may not be written by this user.'],
]

/** What SQLite threw, as an error that says what to do. Its messages name tables and columns, never what is in them. */
export function ledgerError(error: unknown): unknown {
  // A mistake of the program, or of what it was given, is none of the store.
  if (ContactsError.is(error) || error instanceof TypeError || error instanceof RangeError) return error
  const text = error instanceof Error ? `${codeOf(error) ?? ''} ${error.message}` : String(error)
  const [, hint] = HINTS.find(([pattern]) => pattern.test(text)) ?? []
  return new SyncError({
    reason: 'ledger',
    message: hint ?? 'The ledger could not be read or written; its cause says what SQLite told.',
    cause: error,
  })
}

/** The code of an error of the system or of SQLite. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
