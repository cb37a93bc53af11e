import type { AdapterPage, AdapterPageQuery } from '@anycontact/core/adapter-kit'
import { readCursor, writeCursor } from './cursor.ts'
import type { Journal } from './journal.ts'
import { conflict, invalidInput } from './problems.ts'

/** The most rows in one page of anything but contacts. */
const MAX_PAGE_SIZE = 100

interface Entry<Row> {
  readonly position: number
  readonly row: Row
}

/** Records other than contacts, in the order in which they were added. What is given in and out is copied. */
export class Rows<Row extends { readonly id: string }> {
  readonly #what: string
  readonly #journal: Journal
  #rows: Map<string, Entry<Row>> = new Map()
  #nextPosition = 1

  /**
   * @param what - what a row is, for messages
   * @param journal - where each change leaves the way to undo it
   */
  constructor(what: string, journal: Journal) {
    this.#what = what
    this.#journal = journal
  }

  get size(): number {
    return this.#rows.size
  }

  /** Adds a row and gives a copy of it back. @throws ContactsError `conflict` for an id that is taken, `invalid_input` for one that is none */
  add(row: Row): Row {
    if (typeof row.id !== 'string' || row.id.trim() === '') {
      throw invalidInput([{ path: 'id', message: `must be text, for a ${this.#what}` }])
    }
    if (this.#rows.has(row.id)) throw conflict('id', `There is a ${this.#what} with that id already.`)
    this.#rows.set(row.id, { position: this.#nextPosition++, row: structuredClone(row) })
    this.#journal.note(() => this.#rows.delete(row.id))
    return structuredClone(row)
  }

  has(id: string): boolean {
    return this.#rows.has(id)
  }

  /** A copy of the row with an id. */
  get(id: string | undefined): Row | undefined {
    const found = id === undefined ? undefined : this.#rows.get(id)
    return found && structuredClone(found.row)
  }

  /** Puts another row in the place of the one with the same id. */
  replace(row: Row): void {
    const found = this.#rows.get(row.id)
    if (!found) return
    this.#rows.set(row.id, { position: found.position, row: structuredClone(row) })
    this.#journal.note(() => this.#rows.set(row.id, found))
  }

  /** Removes every row. */
  clear(): void {
    this.removeWhere(() => true)
  }

  /** Removes the rows that match. @returns the ids of those that did */
  removeWhere(matches: (row: Row) => boolean): string[] {
    const kept = new Map<string, Entry<Row>>()
    const removed: string[] = []
    for (const [id, entry] of this.#rows) {
      if (matches(entry.row)) removed.push(id)
      else kept.set(id, entry)
    }
    if (removed.length === 0) return removed
    const before = this.#rows
    this.#rows = kept
    this.#journal.note(() => {
      this.#rows = before
    })
    return removed
  }

  all(): Row[] {
    return [...this.#rows.values()].map(({ row }) => structuredClone(row))
  }

  /** One page of the rows that match, each mapped to an item. */
  page<Item>(
    { cursor, pageSize = MAX_PAGE_SIZE }: AdapterPageQuery,
    matches: (row: Row) => boolean,
    map: (row: Row) => Item,
  ): AdapterPage<Item> {
    const size = Math.min(pageSize, MAX_PAGE_SIZE)
    const start = cursor === undefined ? 0 : readCursor(cursor)
    const items: Item[] = []
    let total = 0
    let last: { readonly position: number } | undefined
    let nextCursor: string | undefined
    for (const { position, row } of this.#rows.values()) {
      if (!matches(row)) continue
      total++
      if (position <= start || nextCursor !== undefined) continue
      if (last && items.length >= size) {
        nextCursor = writeCursor(last)
        continue
      }
      items.push(map(structuredClone(row)))
      last = { position }
    }
    return { items, nextCursor, total }
  }
}
