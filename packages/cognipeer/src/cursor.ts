import { ContactsError } from '@anycontact/core'

/** A place in a listing. It counts contacts, not pages, so that it holds whatever size the pages have. */
export interface Position {
  /** How many contacts come before it. */
  readonly offset: number
  /** The largest page that the server is known to give, where it gave less than was asked for. */
  readonly ceiling?: number | undefined
}

/** Writes a position as an opaque cursor. */
export function encodeCursor({ offset, ceiling }: Position): string {
  return ceiling === undefined ? `o${offset}` : `o${offset}l${ceiling}`
}

/**
 * Reads a cursor.
 *
 * @param cursor - from an earlier page
 * @throws ContactsError `invalid_input` when it is none
 */
export function decodeCursor(cursor: string): Position {
  const [, offset, ceiling] = /^o(\d{1,15})(?:l([1-9]\d{0,5}))?$/.exec(cursor) ?? []
  if (offset === undefined) {
    throw new ContactsError({
      code: 'invalid_input',
      message: 'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    })
  }
  return { offset: Number(offset), ...(ceiling !== undefined && { ceiling: Number(ceiling) }) }
}
