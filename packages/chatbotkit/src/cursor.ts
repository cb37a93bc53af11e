import { ContactsError } from '@anycontact/core'
import type { Position } from './api/position.ts'

/**
 * Writes a position as an opaque cursor.
 *
 * @param position - the last contact of a page
 */
export function encodeCursor({ id, createdAt }: Position): string {
  // What is no time cannot find the place again, and would not be read back.
  const isTime = createdAt !== undefined && Number.isSafeInteger(createdAt) && createdAt >= 0
  return isTime ? `${id}~${createdAt.toString(36)}` : id
}

/**
 * Reads a cursor; a bare id is taken as the vendor's own. What begins with ( or @ is none: where the cursor's contact is
 * looked up it would name another record.
 *
 * @param cursor - from an earlier page
 * @throws ContactsError `invalid_input` when it is none
 */
export function decodeCursor(cursor: string): Position {
  const match = /^([^~(@\s][^~]*)(?:~([0-9a-z]+))?$/.exec(cursor)
  const [, id, time] = match ?? []
  if (id === undefined) {
    throw new ContactsError({
      code: 'invalid_input',
      message: 'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    })
  }
  return time === undefined ? { id } : { id, createdAt: Number.parseInt(time, 36) }
}
