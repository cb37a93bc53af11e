/** Which rows a listing has, and in which order. */
export interface Listing<Row> {
  readonly matches: (row: Row) => boolean
  readonly compare: (a: Row, b: Row) => number
  /** Where a new row comes among those that compare equal: they are in the order of their making, or the other way round. */
  readonly newest: 'last' | 'first'
}

interface Kept<Row> extends Listing<Row> {
  readonly rows: Row[]
}

/** So many listings are kept. */
const LIMIT = 8

/**
 * Listings of rows that come and go. One that was asked for is kept and changed with its rows, so that neither a walk over all
 * pages nor a page after each write sorts again.
 */
export class KeptListings<Row> {
  readonly #kept = new Map<string, Kept<Row>>()

  /**
   * The rows of a listing. They change with the next write: what is held longer is to be copied.
   *
   * @param key - the same for the same listing of the same rows, and for no other
   * @param all - every row, in the order of their making
   */
  rows(key: string, listing: () => Listing<Row>, all: () => Iterable<Row>): readonly Row[] {
    const kept = this.#kept.get(key) ?? make(listing(), all())
    // Behind the others: the first one is that which was not asked for longest.
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    const [oldest = key] = this.#kept.keys()
    if (this.#kept.size > LIMIT) this.#kept.delete(oldest)
    return kept.rows
  }

  /**
   * Follows a write. A row that takes the place of another keeps that one's place in the order of their making.
   *
   * @param before - the row as it was; `undefined` where it is new
   * @param after - the row as it is; `undefined` where it is gone
   */
  changed(before: Row | undefined, after: Row | undefined): void {
    for (const [key, kept] of this.#kept) {
      // It is made anew when it is next asked for.
      if (!follow(kept, before, after)) this.#kept.delete(key)
    }
  }

  /** Forgets all. */
  clear(): void {
    this.#kept.clear()
  }
}

function make<Row>(listing: Listing<Row>, all: Iterable<Row>): Kept<Row> {
  return { ...listing, rows: listed(listing, all) }
}

/** The rows of a listing, out of all. */
export function listed<Row>({ matches, compare, newest }: Listing<Row>, all: Iterable<Row>): Row[] {
  const rows = [...all].filter(matches)
  return (newest === 'first' ? rows.reverse() : rows).sort(compare)
}

/** @returns `false` where it cannot be told at which place the row is to stand */
function follow<Row>(kept: Kept<Row>, before: Row | undefined, after: Row | undefined): boolean {
  const { rows, compare, matches, newest } = kept
  if (before !== undefined && matches(before)) {
    const place = placeOf(kept, before)
    if (place === undefined) return false
    if (after !== undefined && matches(after) && compare(before, after) === 0) {
      rows[place] = after
      return true
    }
    rows.splice(place, 1)
  }
  if (after === undefined || !matches(after)) return true
  const first = lowerBound(kept, after)
  const equal = rows[first]
  const isAlone = equal === undefined || compare(equal, after) !== 0
  if (isAlone || (before === undefined && newest === 'first')) {
    rows.splice(first, 0, after)
    return true
  }
  if (before !== undefined) return false
  rows.splice(upperBound(kept, after), 0, after)
  return true
}

function placeOf<Row>(kept: Kept<Row>, row: Row): number | undefined {
  const { rows, compare } = kept
  for (let at = lowerBound(kept, row); at < rows.length; at++) {
    const other = rows[at]
    if (other === row) return at
    if (other === undefined || compare(other, row) !== 0) return undefined
  }
  return undefined
}

/** The first place whose row is not before another one. */
function lowerBound<Row>({ rows, compare }: Kept<Row>, row: Row): number {
  return firstPlace(rows, (other) => compare(other, row) >= 0)
}

/** The first place whose row is after another one. */
function upperBound<Row>({ rows, compare }: Kept<Row>, row: Row): number {
  return firstPlace(rows, (other) => compare(other, row) > 0)
}

function firstPlace<Row>(rows: readonly Row[], isBehind: (row: Row) => boolean): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row === undefined || isBehind(row)) high = middle
    else low = middle + 1
  }
  return low
}
