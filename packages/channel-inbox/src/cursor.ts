import { badInput } from './errors.ts'

/** A place in a listing. */
export interface Place {
  /** How many items lie before it. */
  readonly skip: number
  /** The most to ask for from there; absent for as many as the caller wants. */
  readonly limit?: number | undefined
  /** The id of the first item of the page before, where the inbox may pass over `skip`. */
  readonly previous?: string | undefined
}

/** Writes a place as an opaque cursor. */
export function encodeCursor({ skip, limit, previous }: Place): string {
  const place = limit === undefined ? String(skip) : `${skip}.${limit}`
  return previous === undefined ? place : `${place}~${previous}`
}

/**
 * Reads a cursor; without one the place is the start.
 *
 * @throws ContactsError `invalid_input` when it is none of this provider's
 */
export function decodeCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { skip: 0 }
  const [, skip, limit, previous] = /^(\d{1,15})(?:\.([1-9]\d{0,14}))?(?:~(.+))?$/s.exec(cursor) ?? []
  if (skip === undefined) {
    throw badInput('The cursor is none of this provider: pass the nextCursor of an earlier page as it is.')
  }
  return {
    skip: Number(skip),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(previous !== undefined && { previous }),
  }
}
