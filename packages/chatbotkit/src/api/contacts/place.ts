import { ContactsError } from '@anycontact/core'
import { readMember, readText } from '@anycontact/core/adapter-kit'
import { badAnswer, PROVIDER } from '../errors.ts'

/** The server walks a stream in pages of this many rows. Source: the vendor's server source. */
const ROWS_PER_PAGE = 100

/** A place in a listing: the last contact seen. Its time lets the listing go on when that contact has been deleted. */
export interface Position {
  readonly id: string
  /** Milliseconds since the epoch; absent for a cursor of the vendor's own, which is a bare id. */
  readonly createdAt?: number
}

/** A contact's position; `undefined` for a record without an id. */
export function positionOf(record: unknown): Position | undefined {
  const id = readText(record, 'id')
  const createdAt = readMember(record, 'createdAt')
  if (id === undefined) return undefined
  return typeof createdAt === 'number' ? { id, createdAt } : { id }
}

/** The query of a listing of contacts, by the vendor's names. */
export interface ListingQuery {
  readonly order?: 'asc' | 'desc' | undefined
  /** How many contacts are wanted; all without it. */
  readonly take?: number | undefined
  readonly meta?: Readonly<Record<string, string | readonly string[]>> | undefined
}

/**
 * Where a walk over a listing stands: what to ask for next, and which rows of an answer are new. It knows the way of a listing
 * that is cut, and of one whose contact of the cursor is deleted, which the server takes for the end: the place is then found
 * again by passing over rows up to the time of that contact.
 */
export class WalkPlace {
  readonly #query: ListingQuery
  #after: Position | undefined
  /** Whether the answer begins at the start of the listing. */
  #isSeeking: boolean
  /** Rows that may still be handed out; infinite without `take`. */
  #left: number
  /** Rows of the present answer. */
  #received = 0
  /** The last row of the present answer with a position. */
  #last: Position | undefined
  #isResumed = false

  /**
   * @param after - the contact after which to begin; absent for the start
   * @param isLost - whether that contact is known to be deleted
   */
  constructor(query: ListingQuery, after: Position | undefined, isLost: boolean) {
    this.#query = query
    this.#after = after
    this.#left = rowsFor(query.take)
    this.#isSeeking = false
    if (isLost) this.seek()
  }

  /** What to ask for next. */
  begin(): ListingQuery & { readonly cursor?: string | undefined } {
    this.#received = 0
    this.#last = undefined
    const { take: _take, ...query } = this.#query
    const take = this.#left === Number.POSITIVE_INFINITY ? undefined : this.#left
    return { ...query, take, cursor: this.#isSeeking ? undefined : this.#after?.id }
  }

  /**
   * Takes the next rows of the answer.
   *
   * @returns those that were not handed out before
   * @throws ContactsError `bad_response` when a resumed answer begins before the place
   */
  take(rows: readonly unknown[], operation: string): readonly unknown[] {
    if (this.#received === 0 && this.#isResumed) this.#checkOnward(rows[0], operation)
    this.#received += rows.length
    this.#last = lastPosition(rows) ?? this.#last
    const fresh = (this.#isSeeking ? rows.filter((row) => this.#isBeyond(positionOf(row))) : rows).slice(
      0,
      this.#left,
    )
    if (fresh.length === 0) return fresh
    // Rows come in order: after the first new one all are new.
    this.#isSeeking = false
    this.#left -= fresh.length
    this.#after = lastPosition(fresh) ?? this.#after
    return fresh
  }

  /** Notes that the answer was cut, so that the next one goes on after the last row seen. */
  resume(): void {
    this.#isResumed = true
  }

  /** Whether every row that was wanted has been handed out. */
  get isFull(): boolean {
    return this.#left <= 0
  }

  /**
   * The contact that tells whether the answer has reached the end: when it is deleted, the server may have stopped early. A short
   * last page proves the end by itself; one that ends with a full page, or with nothing after a cursor, does not. With `take` the
   * server ends by itself.
   */
  get doubtful(): Position | undefined {
    // While rows are passed over, the server stands on one of those.
    const at = this.#isSeeking ? this.#last : this.#after
    return this.#received % ROWS_PER_PAGE === 0 && this.#left === Number.POSITIVE_INFINITY ? at : undefined
  }

  /**
   * Has the place found again, because its contact is deleted.
   *
   * @throws ContactsError `invalid_input` for a place without a time
   */
  seek(): void {
    if (this.#after?.createdAt === undefined) {
      throw new ContactsError({
        code: 'invalid_input',
        message:
          'The contact that the cursor stands on is no longer there, so the listing cannot go on after it. Begin again without a cursor.',
        provider: PROVIDER,
      })
    }
    this.#isSeeking = true
  }

  /** A server, or a cache on the way, that does not look at the cursor would have the same rows handed out again and again. */
  #checkOnward(row: unknown, operation: string): void {
    const [first, after] = [positionOf(row), this.#after]
    if (this.#isSeeking || after === undefined || first === undefined) return
    const [earlier = 0, later = earlier] = this.#inOrder(after, first).map(({ createdAt }) => createdAt)
    if (first.id !== after.id && earlier <= later) return
    throw badAnswer('the stream was resumed after the last contact seen, but began before it.', operation)
  }

  /** Whether a row comes after the place, in the listing's order: by creation time, then by id. */
  #isBeyond(row: Position | undefined): boolean {
    if (row === undefined || this.#after === undefined) return false
    const [a, b] = this.#inOrder(this.#after, row)
    const [timeA = 0, timeB = 0] = [a.createdAt, b.createdAt]
    return timeA === timeB ? a.id < b.id : timeA < timeB
  }

  /** Two positions, of which the first must be the older one if the second comes later in the listing. */
  #inOrder(first: Position, second: Position): readonly [Position, Position] {
    return this.#query.order === 'asc' ? [first, second] : [second, first]
  }
}

function lastPosition(rows: readonly unknown[]): Position | undefined {
  for (let index = rows.length - 1; index >= 0; index--) {
    const position = positionOf(rows[index])
    if (position) return position
  }
  return undefined
}

/** How many rows the server sends for a `take`: pages of at most 100, the last one not trimmed. Source: the vendor's server source. */
function rowsFor(take: number | undefined): number {
  const rows = Math.trunc(take ?? 0)
  if (rows === 0 || Number.isNaN(rows)) return Number.POSITIVE_INFINITY
  return rows <= ROWS_PER_PAGE ? Math.max(1, rows) : Math.ceil(rows / ROWS_PER_PAGE) * ROWS_PER_PAGE
}
