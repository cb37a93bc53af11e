import type { ContactsError } from '@anycontact/core'
import { badAnswer } from '../errors.ts'

/**
 * Gives the pages of a listing, each read when it is asked for.
 *
 * @param read - reads the page at a cursor; the first one without
 * @param operation - what errors call it
 * @throws ContactsError `bad_response` when a cursor comes again
 */
export async function* walkPages<Page extends { readonly nextCursor?: string }>(
  read: (cursor: string | undefined) => Promise<Page>,
  operation: string | undefined,
): AsyncGenerator<Page, void, undefined> {
  const pass = guardCursors(operation)
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield page
    cursor = page.nextCursor
    if (cursor !== undefined) pass(cursor)
  } while (cursor !== undefined)
}

/**
 * Watches the cursors of one listing for one that comes again, so that a server's mistake cannot make it endless. A circle of any
 * length is noticed while a single cursor is kept, each for twice as long as the one before (Brent's algorithm).
 *
 * @param operation - what errors call it
 * @param start - the cursor that the listing begins at
 * @returns a function to be called with every later cursor, in order; throws `bad_response`
 */
export function guardCursors(operation: string | undefined, start?: string): (cursor: string) => void {
  let kept = start
  let since = 0
  let keptFor = 1
  return (cursor) => {
    if (cursor === kept) throw endless(operation)
    since++
    if (since < keptFor) return
    kept = cursor
    since = 0
    keptFor *= 2
  }
}

function endless(operation: string | undefined): ContactsError {
  return badAnswer('the server gave the same cursor twice, so the listing would never end.', operation)
}
