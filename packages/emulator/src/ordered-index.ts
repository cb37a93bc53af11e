/** What an {@link OrderedIndex} needs to know of a row; `createdAt` and `id` never change. */
export interface IndexedRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** True once the row was taken out of the index. */
  removed: boolean
}

/** Where a page starts, how long it is and what it holds. */
export interface PageRequest<Row> {
  readonly order: 'asc' | 'desc'
  readonly take: number
  /** The row to start from, `undefined` for the first page; it need not be in this index, its position counts. */
  readonly cursor: Pick<IndexedRow, 'id' | 'createdAt'> | undefined
  /**
   * `'offset'` skips the first matching row at or after the cursor, as a database's `OFFSET 1` does;
   * `'exact'` starts with the first row after the cursor's position.
   */
  readonly cursorSkip: 'offset' | 'exact'
  /** Which rows count; `undefined` for all. */
  readonly matches: ((row: Row) => boolean) | undefined
}

/**
 * Rows in the order of `createdAt`, then `id`. Appending and removing cost no re-sort: removed rows
 * stay as gaps until they are the greater part.
 */
export class OrderedIndex<Row extends IndexedRow> {
  #rows: Row[] = []
  #removed = 0

  /** How many rows there are. */
  get size(): number {
    return this.#rows.length - this.#removed
  }

  /** Adds one row at its place. */
  insert(row: Row): void {
    const last = this.#rows.at(-1)
    if (last === undefined || comparePosition(last, row) <= 0) this.#rows.push(row)
    else this.#rows.splice(this.#lowerBound(row), 0, row)
  }

  /** Adds many rows, sorting at most once. */
  insertAll(rows: readonly Row[]): void {
    let sorted = true
    let last = this.#rows.at(-1)
    for (const row of rows) {
      if (last !== undefined && comparePosition(last, row) > 0) sorted = false
      this.#rows.push(row)
      last = row
    }
    if (!sorted) this.#rows.sort(comparePosition)
  }

  /** Takes a row out. */
  remove(row: Row): void {
    if (row.removed) return
    row.removed = true
    this.#removed += 1
    if (this.#removed > 64 && this.#removed * 2 > this.#rows.length) {
      this.#rows = this.#rows.filter((kept) => !kept.removed)
      this.#removed = 0
    }
  }

  /** All rows, oldest first. */
  *[Symbol.iterator](): IterableIterator<Row> {
    for (const row of this.#rows) if (!row.removed) yield row
  }

  /** One page of rows. */
  page(request: PageRequest<Row>): Row[] {
    const { order, take, cursor, matches } = request
    const step = order === 'asc' ? 1 : -1
    let skip = cursor !== undefined && request.cursorSkip === 'offset' ? 1 : 0
    const page: Row[] = []
    for (let at = this.#start(order, cursor); page.length < take; at += step) {
      const row = this.#rows[at]
      if (row === undefined) break
      if (row.removed || (matches !== undefined && !matches(row))) continue
      if (cursor !== undefined && request.cursorSkip === 'exact' && comparePosition(row, cursor) === 0)
        continue
      if (skip > 0) skip -= 1
      else page.push(row)
    }
    return page
  }

  #start(order: 'asc' | 'desc', cursor: PageRequest<Row>['cursor']): number {
    if (cursor === undefined) return order === 'asc' ? 0 : this.#rows.length - 1
    const first = this.#lowerBound(cursor)
    if (order === 'asc') return first
    let after = first
    for (let row = this.#rows[after]; row && comparePosition(row, cursor) === 0; row = this.#rows[after])
      after += 1
    return after - 1
  }

  /** The first place whose row is not before the position. */
  #lowerBound(position: Pick<IndexedRow, 'id' | 'createdAt'>): number {
    let low = 0
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const row = this.#rows[middle]
      if (row !== undefined && comparePosition(row, position) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function comparePosition(
  a: Pick<IndexedRow, 'id' | 'createdAt'>,
  b: Pick<IndexedRow, 'id' | 'createdAt'>,
): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
