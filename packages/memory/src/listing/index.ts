import type { Condition, Contact } from '@anycontact/core'
import {
  type AdapterListQuery,
  type AdapterPage,
  type AdapterPageQuery,
  compileConditions,
} from '@anycontact/core/adapter-kit'
import { capabilities } from '../capabilities.ts'
import { asContact, toContact } from '../mapping.ts'
import { type ContactTable, type MemoryRecord, type Placed, readCursor, writeCursor } from '../store/index.ts'
import { keyOf, SortedView, toOrder } from './order.ts'
import { readOrderCursor, writeOrderCursor } from './order-cursor.ts'

type Keep = (contact: Contact) => boolean

const { maxPageSize } = capabilities.list

/** Lists contacts. A cursor names a position, not an index: contacts that come or go in between move nothing. */
export class Listing {
  readonly #table: ContactTable
  readonly #sorted: SortedView
  /** How many match, by the conditions that were asked for; the client passes the same array for every page. */
  readonly #totals: WeakMap<readonly Condition[], { readonly version: number; readonly total: number }> =
    new WeakMap()

  constructor(table: ContactTable) {
    this.#table = table
    this.#sorted = new SortedView(table)
  }

  /** One page, with the total. */
  page(query: AdapterListQuery): AdapterPage<Contact<MemoryRecord>> {
    const { where, orderBy, cursor } = query
    const keep = where.length > 0 ? compileConditions(where) : undefined
    const total = this.total(where)
    if (!orderBy) {
      const placed = this.#table.after(cursor === undefined ? 0 : readCursor(cursor))
      return { ...take(placed, query.pageSize, keep, writeCursor), total }
    }
    const order = toOrder(orderBy)
    const placed = this.#sorted.after(
      order,
      cursor === undefined ? undefined : readOrderCursor(order, cursor),
    )
    return {
      ...take(placed, query.pageSize, keep, (last) => writeOrderCursor(order, keyOf(order, last))),
      total,
    }
  }

  /** One page of the contacts that pass a test and are not deleted, in the order in which they were added. */
  search({ cursor, pageSize }: AdapterPageQuery, matches: Keep): AdapterPage<Contact<MemoryRecord>> {
    return take(
      this.#table.after(cursor === undefined ? 0 : readCursor(cursor)),
      pageSize,
      (contact) => contact.deleted !== true && matches(contact),
      writeCursor,
    )
  }

  /** How many contacts meet the conditions. */
  total(where: readonly Condition[]): number {
    const { size, version } = this.#table
    if (where.length === 0) return size
    const kept = this.#totals.get(where)
    if (kept?.version === version) return kept.total
    const keep = compileConditions(where)
    let total = 0
    for (const { record } of this.#table.after(0)) {
      if (keep(asContact(record))) total++
    }
    this.#totals.set(where, { version, total })
    return total
  }
}

function take(
  placed: Iterable<Placed>,
  pageSize: number = maxPageSize,
  keep: Keep | undefined,
  toCursor: (last: Placed) => string,
): AdapterPage<Contact<MemoryRecord>> {
  const items: Contact<MemoryRecord>[] = []
  let last: Placed | undefined
  for (const item of placed) {
    if (keep && !keep(asContact(item.record))) continue
    if (last && items.length >= pageSize) return { items, nextCursor: toCursor(last) }
    items.push(toContact(item.record))
    last = item
  }
  return { items }
}
