import { isPlainObject } from '@anycontact/core'
import { badInput } from './errors.ts'

/**
 * Where a listing of contacts goes on: in a listing sorted by client after the client `after`, whose methods may lead the page
 * at `cursor`; in an unsorted one at `cursor`; or at a place in a list of ids.
 */
export type Position =
  | { readonly way: 'sorted'; readonly cursor: string; readonly after: string }
  | { readonly way: 'unsorted'; readonly cursor: string }
  | { readonly way: 'ids'; readonly from: number }

/** Writes a position as an opaque cursor. */
export function encodeCursor(position: Position): string {
  switch (position.way) {
    case 'sorted':
      return JSON.stringify({ s: position.cursor, a: position.after })
    case 'unsorted':
      return JSON.stringify({ u: position.cursor })
    case 'ids':
      return JSON.stringify({ i: position.from })
  }
}

/**
 * Reads a cursor.
 *
 * @param cursor - from an earlier page
 * @throws ContactsError `invalid_input` when it is none of this provider's
 */
export function decodeCursor(cursor: string): Position {
  const { s, a, u, i } = parse(cursor)
  if (typeof s === 'string' && typeof a === 'string') return { way: 'sorted', cursor: s, after: a }
  if (typeof u === 'string') return { way: 'unsorted', cursor: u }
  if (typeof i === 'number' && Number.isSafeInteger(i) && i > 0) return { way: 'ids', from: i }
  throw noCursor()
}

/** The error for a cursor of another listing. */
export function noCursor(): Error {
  const message = 'is none of this listing: pass the nextCursor of its last page as it is'
  return badInput([{ path: 'cursor', message }])
}

function parse(cursor: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(cursor)
    if (isPlainObject(value)) return value
  } catch {
    // Not JSON, so not a cursor.
  }
  throw noCursor()
}
