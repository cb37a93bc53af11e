import { ContactsError } from '../errors.ts'
import { providerErrors } from './provider-errors.ts'

/** A place in a listing that is sorted by creation time, then by id: the last record that was seen. */
export interface StreamPosition {
  readonly id: string
  /** The time finds the place again when the record has been deleted; absent where it is not known. */
  readonly createdAt?: number | undefined
}

/** From where records are asked for. */
export interface StreamBegin {
  /** The id of the record after which to begin; absent for the start of the listing. */
  readonly cursor?: string | undefined
  /** How many records are wanted; absent for all. */
  readonly take?: number | undefined
}

/** A listing that comes as one streamed answer, whose cursors are ids of its records. */
export interface StreamWalk {
  readonly provider: string
  /** For error messages. */
  readonly operation: string
  /** Begins a streamed answer and gives its records as they arrive. Records that came are told from a failure after them. */
  open(begin: StreamBegin): Promise<AsyncIterable<readonly unknown[]>>
  /** Reads one page as a whole, which cannot end early unseen; one with fewer records than were asked for is the last. */
  page(begin: StreamBegin & { readonly take: number }): Promise<readonly unknown[]>
  /** The most records that a page has. */
  readonly maxPageSize: number
  /** Where a record is; `undefined` for one without an id. */
  positionOf(record: unknown): StreamPosition | undefined
  readonly isAscending: boolean
  /**
   * Whether records leave the listing by being changed, so that the one after a cursor that left it may be passed over: then a
   * resumed answer must begin with a record that is known.
   */
  readonly isFiltered: boolean
  /** Tells whether the record that a cursor names was deleted; the server answers nothing after one that was. */
  isGone(id: string): Promise<boolean>
  /**
   * Waits before the listing is asked for again.
   *
   * @param error - how the answer ended
   * @param times - how often that happened since the last new record
   * @throws the error itself when the listing is not to be asked for again
   */
  retry(error: unknown, times: number): Promise<void>
  /** Where to begin; absent for the start. */
  readonly after?: StreamPosition | undefined
  /** Whether the record of `after` is known to be deleted. @default false */
  readonly isLost?: boolean | undefined
  /** How many records are wanted. @default all */
  readonly wanted?: number | undefined
}

/**
 * Walks a listing that comes as one streamed answer, and gives each record once. An answer that breaks off is resumed. One that
 * ends is not believed, because a cut can look like an end: one page, asked for after the record before the last, must hold the
 * last record and nothing after it.
 *
 * @throws ContactsError of the failure that came once too often without a new record between; `bad_response` when the server does
 * not look at cursors
 */
export async function* walkStream(walk: StreamWalk): AsyncGenerator<readonly unknown[], void, undefined> {
  const place = new StreamPlace(walk)
  let fruitless = 0
  for (;;) {
    const answer = await walk.open(place.begin())
    try {
      for await (const rows of answer) {
        const fresh = place.take(rows)
        if (fresh === undefined) break
        if (fresh.length === 0) continue
        fruitless = 0
        yield fresh
        if (place.isFull) return
      }
    } catch (error) {
      await walk.retry(error, ++fruitless)
      continue
    }
    if (await place.isEnd()) return
    // What came to nothing once may have met a record that was just deleted.
    if (++fruitless === 1) continue
    await walk.retry(endedEarly(walk), fruitless - 1)
  }
}

function endedEarly({ provider, operation }: StreamWalk): ContactsError {
  return new ContactsError({
    code: 'network',
    message: `${providerErrors(provider).who(operation)} the stream ended before its listing did.`,
    provider,
    operation,
    retryable: true,
  })
}

/** So many rows are kept to enter the listing again. */
const TRAIL = 100

/** How far before the last row the listing is entered again, one after the other, until a known row is met. */
const STEPS_BACK = [1, 2, 8, 32, TRAIL - 1] as const

/** Keeps the place of a walk: what to ask for next, which rows of an answer are new, and whether the listing is over. */
class StreamPlace {
  readonly #walk: StreamWalk
  /** The last record handed out, or the one after which to begin. */
  #after: StreamPosition | undefined
  /** The last rows in the order of the listing. The position after which to begin stands for the first. */
  #trail: readonly unknown[]
  /** Whether the trail reaches back to the start of the listing. */
  #isFromStart: boolean
  /** Whether rows up to the place are passed over. */
  #isPassing = false
  /** The row after which the present answer begins; absent for the start. */
  #entry: StreamPosition | undefined
  /** Rows that the present answer may have although they came before. */
  #known: ReadonlySet<string> = new Set()
  #hasBegun = false
  #left: number

  constructor(walk: StreamWalk) {
    const { after, isLost = false, wanted = Number.POSITIVE_INFINITY } = walk
    this.#walk = walk
    this.#after = after
    this.#trail = after === undefined ? [] : [after]
    this.#isFromStart = after === undefined
    this.#left = wanted
    if (isLost) this.#seek()
  }

  /** Whether every record that was wanted has been handed out. */
  get isFull(): boolean {
    return this.#left <= 0
  }

  /** What to ask for next. */
  begin(): StreamBegin {
    const last = this.#trail.length - 1
    const overlap = this.#walk.isFiltered && (last > 0 || this.#isFromStart) ? 1 : 0
    const at = this.#entryAt(last - overlap)
    if (at >= 0) this.#known = this.#keysAfter(at)
    else if (last >= 0) this.#seek()
    this.#entry = this.#walk.positionOf(this.#trail[at])
    this.#hasBegun = false
    const isPassing = this.#isPassing && this.#after !== undefined
    const isAll = isPassing || this.#left === Number.POSITIVE_INFINITY
    return { cursor: this.#entry?.id, take: isAll ? undefined : this.#left + this.#known.size }
  }

  /**
   * Takes the next rows of the answer.
   *
   * @returns those that were not handed out before; `undefined` when the answer does not begin where the last one ended
   * @throws ContactsError `bad_response` when it begins before that
   */
  take(rows: readonly unknown[]): readonly unknown[] | undefined {
    if (!this.#hasBegun) {
      this.#checkOnward(this.#entry, rows[0])
      if (this.#entry && this.#known.size > 0 && !this.#isKnown(rows[0])) return undefined
      this.#hasBegun = true
    }
    const wasPassing = this.#isPassing
    const fresh = this.#freshOf(rows).slice(0, this.#left)
    this.#remember(wasPassing ? rows : fresh)
    this.#left -= fresh.length
    const { positionOf } = this.#walk
    this.#after = positionOf(fresh.findLast((row) => positionOf(row) !== undefined)) ?? this.#after
    return fresh
  }

  /** Looks whether the listing ends with the last row. Where it does not, the next answer goes on after it. */
  async isEnd(): Promise<boolean> {
    const { page, maxPageSize, positionOf, isGone } = this.#walk
    for (const at of this.#entries()) {
      const entry = positionOf(this.#trail[at])
      const take = Math.min(maxPageSize, this.#trail.length - at)
      const rows = await page({ cursor: entry?.id, take })
      this.#checkOnward(entry, rows[0])
      const known = this.#keysAfter(at)
      const met = rows.findLastIndex((row) => known.has(this.#keyOf(row)))
      if (known.size === 0 && rows.length > 0) return false
      if (met === -1 || (met === rows.length - 1 && rows.length === take)) continue
      if (met === rows.length - 1) return true
      // Other rows of the trail have left the listing.
      this.#trail = [...this.#trail.slice(0, at + 1), ...rows.slice(0, met + 1)]
      return false
    }
    if (this.#isShort) {
      const take = this.#trail.length + 1
      const rows = await page({ take })
      this.#known = this.#keysAfter(-1)
      if (rows.length < take && rows.every((row) => this.#isKnown(row) || !this.#isBeyond(row))) return true
    } else if (!this.#isFromStart && this.#trail.length === 1 && this.#after) {
      if (!(await isGone(this.#after.id))) return true
    }
    this.#seek()
    return false
  }

  /** Whether all rows since the start of the listing are known, and one page holds them and one more. */
  get #isShort(): boolean {
    return this.#isFromStart && this.#trail.length < this.#walk.maxPageSize
  }

  /** The rows after which to look whether more follow, the last one first. */
  *#entries(): Generator<number, void, undefined> {
    const last = this.#trail.length - 1
    let before = last + 1
    for (const steps of this.#isShort ? STEPS_BACK.slice(0, 2) : STEPS_BACK) {
      const at = this.#entryAt(this.#isFromStart ? last - steps : Math.max(last - steps, 0))
      if (at < 0 || at >= before) continue
      before = at
      yield at
    }
  }

  /** The last row up to a place in the trail that has an id; -1 when there is none. */
  #entryAt(index: number): number {
    return this.#trail.slice(0, Math.max(index + 1, 0)).findLastIndex((row) => this.#walk.positionOf(row))
  }

  /** Has the place found again from the start of the listing. @throws ContactsError `invalid_input` for a place without a time */
  #seek(): void {
    if (this.#after !== undefined && this.#after.createdAt === undefined && !this.#isShort) {
      throw new ContactsError({
        code: 'invalid_input',
        message:
          'The record that the cursor stands on is no longer there, so the listing cannot go on after it. Begin again without a cursor.',
        provider: this.#walk.provider,
      })
    }
    this.#known = this.#keysAfter(-1)
    this.#trail = []
    this.#isFromStart = true
    this.#isPassing = true
  }

  #freshOf(rows: readonly unknown[]): readonly unknown[] {
    let fresh = rows
    if (this.#isPassing) {
      // Rows come in order: after the place, or the first new one, all are new.
      const { positionOf } = this.#walk
      const at = this.#after ? rows.findIndex((row) => positionOf(row)?.id === this.#after?.id) : -1
      const first = at < 0 ? rows.findIndex((row) => this.#isBeyond(row)) : at + 1
      this.#isPassing = first < 0
      fresh = this.#isPassing ? [] : rows.slice(first)
    }
    return this.#known.size > 0 ? fresh.filter((row) => !this.#isKnown(row)) : fresh
  }

  #remember(rows: readonly unknown[]): void {
    const trail = this.#trail.concat(rows)
    // Not cut each time, because an answer may come row by row.
    const isLong = trail.length > 4 * TRAIL
    this.#trail = isLong ? trail.slice(-TRAIL) : trail
    this.#isFromStart &&= !isLong
  }

  /** What distinguishes a row: its id, or all of it where it has none. */
  #keyOf(row: unknown): string {
    return this.#walk.positionOf(row)?.id ?? JSON.stringify(row)
  }

  #keysAfter(at: number): ReadonlySet<string> {
    return new Set(this.#trail.slice(at + 1).map((row) => this.#keyOf(row)))
  }

  #isKnown(row: unknown): boolean {
    return this.#known.has(this.#keyOf(row))
  }

  /** A server, or a cache on the way, that does not look at the cursor would have the same rows read again and again. */
  #checkOnward(entry: StreamPosition | undefined, row: unknown): void {
    const first = this.#walk.positionOf(row)
    if (entry === undefined || first === undefined) return
    const [earlier = 0, later = earlier] = this.#inOrder(entry, first).map(({ createdAt }) => createdAt)
    if (first.id !== entry.id && earlier <= later) return
    const problem = 'records were asked for after a cursor, but the answer began before it.'
    throw providerErrors(this.#walk.provider).badAnswer(problem, this.#walk.operation)
  }

  /** Whether a row comes after the place, in the listing's order. One without an id does not tell. */
  #isBeyond(row: unknown): boolean {
    const position = this.#walk.positionOf(row)
    if (this.#after === undefined || this.#after.createdAt === undefined) return true
    if (position === undefined) return false
    const [a, b] = this.#inOrder(this.#after, position)
    const [timeA = 0, timeB = 0] = [a.createdAt, b.createdAt]
    return timeA === timeB ? a.id < b.id : timeA < timeB
  }

  /** Two positions, of which the first must be the older one if the second comes later in the listing. */
  #inOrder(first: StreamPosition, second: StreamPosition): readonly [StreamPosition, StreamPosition] {
    return this.#walk.isAscending ? [first, second] : [second, first]
  }
}
