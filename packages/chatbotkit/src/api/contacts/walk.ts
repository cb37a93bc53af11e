import { ContactsError } from '@anycontact/core'
import { type CallSettings, readMember, readText } from '@anycontact/core/adapter-kit'
import { badAnswer, PROVIDER } from '../errors.ts'
import { type Batches, openLines, readRecords } from '../lines.ts'
import type { Transport } from '../transport.ts'

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

/** A listing to walk. */
export interface ContactWalk {
  readonly name: 'listContacts' | 'exportContacts'
  readonly query: ListingQuery
  /** The contact after which to begin; absent for the start. */
  readonly after?: Position | undefined
  /** Whether that contact is known to be deleted, so that the place must be found again by time. @default false */
  readonly isLost?: boolean | undefined
  readonly call?: CallSettings | undefined
}

/**
 * Walks a whole listing as one streamed answer and hands out its rows in batches. A cut, or an `error` line, is resumed
 * after the last row seen; nothing is lost or handed out twice.
 *
 * @throws ContactsError of the failure that came once too often without a new row between
 */
export async function* walkContacts(
  transport: Transport,
  { name, query, after, isLost = false, call }: ContactWalk,
): Batches {
  const place = new WalkPlace(query, after, isLost)
  const operation = call?.operation ?? name
  let cuts = 0
  for (;;) {
    const lines = await openLines(transport, name, { query: { ...place.begin() } }, call)
    try {
      for await (const rows of readRecords(lines, operation)) {
        const fresh = place.take(rows, operation)
        if (fresh.length === 0) continue
        cuts = 0
        yield fresh
        if (place.isFull) return
      }
    } catch (error) {
      await transport.waitToResume(error, ++cuts, call)
      place.resume()
      continue
    }
    const { doubtful } = place
    if (doubtful === undefined || !(await isGone(transport, doubtful.id, call))) return
    place.seek()
  }
}

/**
 * Tells whether a contact is no longer there, so that a listing cannot go on after it.
 *
 * @param id - the contact's id
 */
export async function isGone(
  transport: Transport,
  id: string,
  call: CallSettings | undefined,
): Promise<boolean> {
  try {
    await transport.json('fetchContact', { params: { contactId: id } }, call)
    return false
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return true
    throw error
  }
}

/**
 * Keeps the place of a walk: what to ask for next, and which rows of an answer are new. After a cut the listing goes on after the
 * last row. Where the contact of that row was deleted, which the server takes for the end, it is read from its start again, and rows
 * up to the time of that contact are passed over.
 */
class WalkPlace {
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
