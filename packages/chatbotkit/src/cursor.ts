import { ContactsError } from '@anycontact/core'
import type { Position } from './api/position.ts'

/**
 * Writes a position as an opaque cursor.
 *
 * @param position - the last contact of a page
 */
export function encodeCursor({ id, createdAt }: Position): string {
  return createdAt === undefined ? id : `${id}~${createdAt.toString(36)}`
}

/**
 * Reads a cursor; a bare id is taken as the vendor's own.
 *
 * @param cursor - from an earlier page
 * @throws ContactsError `invalid_input` when it is none
 */
export function decodeCursor(cursor: string): Position {
  const match = /^([^~]+)(?:~([0-9a-z]+))?$/.exec(cursor)
  const [, id, time] = match ?? []
  if (id === undefined) {
    throw new ContactsError({
      code: 'invalid_input',
      message: 'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    })
  }
  return time === undefined ? { id } : { id, createdAt: Number.parseInt(time, 36) }
}
