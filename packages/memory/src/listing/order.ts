import type { OrderBy } from '@anycontact/core'
import { capabilities } from '../capabilities.ts'
import type { ContactTable, Placed } from '../store/index.ts'

/** A field that contacts can be sorted by. */
export type OrderField = (typeof capabilities.list.orderBy)[number]

/** An order as the listing gets it. */
export interface Order {
  readonly field: OrderField
  readonly direction: 'asc' | 'desc'
}

/** Where a contact stands in an order: its value, and its position among those with the same value. */
export interface OrderKey {
  /** `undefined` for a contact without the value; those come last in both directions. */
  readonly value: string | undefined
  readonly position: number
}

/** Reads an order that the client has checked. */
export function toOrder({ field, direction }: Required<OrderBy>): Order {
  const known = capabilities.list.orderBy.find((candidate) => candidate === field)
  if (known === undefined) throw new TypeError('The client asks for declared orders only.')
  return { field: known, direction: direction ?? 'asc' }
}

/** Where a contact stands in an order. */
export function keyOf({ field }: Order, { position, record }: Placed): OrderKey {
  return { value: record[field], position }
}

/** Compares two keys: text by code units, which for ISO times is their order in time. */
function compareKeys({ direction }: Order, a: OrderKey, b: OrderKey): number {
  if (a.value === b.value) return a.position - b.position
  if (a.value === undefined) return 1
  if (b.value === undefined) return -1
  return a.value < b.value === (direction === 'asc') ? -1 : 1
}

/** Keeps the contacts sorted in the order that was last asked for, so that a listing does not sort once a page. */
export class SortedView {
  readonly #table: ContactTable
  #sorted: { readonly order: Order; readonly version: number; readonly placed: readonly Placed[] } | undefined

  constructor(table: ContactTable) {
    this.#table = table
  }

  /** The contacts after a key, in order. */
  *after(order: Order, key: OrderKey | undefined): Generator<Placed, void, undefined> {
    const placed = this.#sort(order)
    for (let index = key ? firstAfter(placed, order, key) : 0; index < placed.length; index++) {
      const item = placed[index]
      if (item) yield item
    }
  }

  #sort(order: Order): readonly Placed[] {
    const kept = this.#sorted
    const { version } = this.#table
    if (
      kept?.version === version &&
      kept.order.field === order.field &&
      kept.order.direction === order.direction
    ) {
      return kept.placed
    }
    const placed = [...this.#table.after(0)].sort((a, b) =>
      compareKeys(order, keyOf(order, a), keyOf(order, b)),
    )
    this.#sorted = { order, version, placed }
    return placed
  }
}

function firstAfter(placed: readonly Placed[], order: Order, key: OrderKey): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = placed[middle]
    if (item === undefined || compareKeys(order, keyOf(order, item), key) > 0) high = middle
    else low = middle + 1
  }
  return low
}
