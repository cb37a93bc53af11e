import { ContactsError } from '../errors.ts'

/** A place in a listing whose pages are numbered, by page or by offset. It counts items, not pages, so it holds at any page size. */
export interface Place {
  /** How many items come before it. */
  readonly skip: number
  /** The largest page that the provider is known to give, where it gave less than was asked for; absent for any size. */
  readonly limit?: number | undefined
  /** What the adapter wants to know again of the page before. */
  readonly note?: string | undefined
}

/** Writes a place as an opaque cursor. */
export function writePlace({ skip, limit, note }: Place): string {
  const size = limit === undefined ? '' : `l${limit}`
  return note === undefined ? `o${skip}${size}` : `o${skip}${size}~${note}`
}

/**
 * Reads a cursor back.
 *
 * @param cursor - from an earlier page; absent for the start
 * @throws ContactsError `invalid_input` for what {@link writePlace} does not write
 */
export function readPlace(cursor: string | undefined): Place {
  if (cursor === undefined) return { skip: 0 }
  const [, skip, limit, note] = /^o(\d{1,15})(?:l([1-9]\d{0,14}))?(?:~(.+))?$/s.exec(cursor) ?? []
  if (skip === undefined) throw unknownCursor()
  return {
    skip: Number(skip),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(note !== undefined && { note }),
  }
}

/** The error for a cursor that no page of this listing gave. */
export function unknownCursor(): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: 'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    issues: [{ path: 'cursor', message: 'must be the nextCursor of an earlier page' }],
  })
}
