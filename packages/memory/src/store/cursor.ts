import type { Placed } from './contact-table.ts'
import { invalidInput } from './problems.ts'

/** The cursor of a page in the order in which the contacts were added: the position of its last one. */
export function writeCursor({ position }: Pick<Placed, 'position'>): string {
  return JSON.stringify([position])
}

/** Reads a cursor back. @throws ContactsError `invalid_input` for text that is none */
export function readCursor(cursor: string): number {
  const [position, ...rest] = parseCursor(cursor)
  if (typeof position !== 'number' || rest.length > 0) throw badCursor()
  return position
}

/** Reads the parts of a cursor. @throws ContactsError `invalid_input` for text that is none */
export function parseCursor(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(cursor)
    if (Array.isArray(parsed)) return parsed
  } catch {
    // Not JSON, so not a cursor.
  }
  throw badCursor()
}

/** The error for text that is no cursor of a listing. */
export function badCursor(): Error {
  return invalidInput([
    { path: 'cursor', message: 'is no cursor of this listing: pass the nextCursor of its last page' },
  ])
}
