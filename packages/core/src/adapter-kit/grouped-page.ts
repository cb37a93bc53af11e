import type { AdapterPage, AdapterPageQuery } from '../adapter/pages.ts'
import type { ContactsError } from '../errors.ts'
import { parseJson } from '../http/body.ts'
import { createCursorGuard, Repeats } from '../paging/reading.ts'
import { unknownCursor } from './listings.ts'

/** A page of rows as a vendor answered it. */
export interface RowsPage<Row> {
  readonly rows: readonly Row[]
  /** How many records it had, those that could not be read among them. @default as many as there are rows */
  readonly records?: number | undefined
  /** The vendor's cursor of the next one; absent at the end. */
  readonly nextCursor?: string | undefined
}

/** What an adapter states of a listing whose rows are parts of items: several rows, anywhere in it, make one. */
interface GroupSpec<Row, Item> {
  /** Stands in its cursors, so that those of another listing are refused. */
  readonly name: string
  /** Asks the vendor for a page; of rows that need not be all on it, the most that it gives. */
  read(cursor: string | undefined): Promise<RowsPage<Row>>
  /** What the row is a part of. */
  keyOf(row: Row): string
  /** Reads an item by its key, with all its parts; `undefined` where it is gone. */
  whole(key: string): Promise<Item | undefined>
}

/** A listing in any order. */
export interface ScatteredSpec<Row, Item> extends GroupSpec<Row, Item> {
  /** The row's own id. */
  idOf(row: Row): string
  /** Whether this is the one row at whose place the item is given: so it comes once, and nothing must be remembered. */
  isPlace(item: Item, row: Row): boolean
  /** Makes an item of all its rows. Without it each is read whole, also where the listing is one page. */
  made?: ((key: string, rows: readonly Row[]) => Item) | undefined
}

/** A listing that is sorted by key, lowest first. */
export interface SortedSpec<Row, Item> extends GroupSpec<Row, Item> {
  /** Makes an item of all its rows. */
  made(key: string, rows: readonly Row[]): Item
  /** The error for a listing that turns out not to be sorted. */
  unsorted(): ContactsError
}

/** Where to begin among the rows of a page. */
interface Beginning {
  /** What the page before has noted; absent at the start. */
  readonly note?: string | undefined
  /** Whether that was on this very page of the vendor's; else on the one before. */
  readonly isWithin: boolean
  /** Whether this page is the first of the listing. */
  readonly isFirst: boolean
}

interface Taken<Row, Item> {
  readonly items: readonly Item[]
  /** Tells where to go on. */
  readonly note?: string | undefined
  /** Whether more may come from these rows. */
  readonly isLeft?: boolean
  /** Rows that are looked at again with those of the next page. */
  readonly carried?: readonly Row[]
}

type Take<Row, Item> = (page: RowsPage<Row>, most: number, from: Beginning) => Promise<Taken<Row, Item>>

/**
 * A page of items that are each made of several rows of a vendor's listing: as many pages of rows are read as it takes to fill it. The
 * cursor says on which page of rows it goes on, and where on that.
 *
 * @param query - without a page size, the page has what one page of rows gives
 * @throws ContactsError `invalid_input` for a cursor of another listing; `bad_response` for a vendor's cursor that comes again, and for
 * pages of rows without end of which nothing comes
 *
 * @example
 * ```ts
 * // Orders, sorted by customer, as a listing of customers with all their orders.
 * const page = await groupedPage<Order, Customer>(query, {
 *   name: 'orders',
 *   read: (cursor) => readOrders(cursor, context),
 *   keyOf: ({ customerId }) => customerId,
 *   whole: (customerId) => readCustomer(customerId, context),
 *   made: (customerId, orders) => ({ customerId, orders }),
 *   unsorted: () => badAnswer('the orders are not sorted by customer.'),
 * })
 * ```
 */
export async function groupedPage<Row, Item>(
  { cursor, pageSize }: AdapterPageQuery,
  spec: ScatteredSpec<Row, Item> | SortedSpec<Row, Item>,
): Promise<AdapterPage<Item>> {
  const take = 'isPlace' in spec ? takeScattered(spec) : takeSorted(spec)
  const { name } = spec
  let { start, note, isWithin } = readPlace(cursor, name)
  const items: Item[] = []
  let carried: readonly Row[] = []
  const guard = createCursorGuard(start)
  const course = new Repeats<Item>(undefined)
  for (;;) {
    const { rows, nextCursor, records = rows.length } = await spec.read(start)
    const all = { rows: carried.length > 0 ? [...carried, ...rows] : rows, nextCursor }
    const most = (pageSize ?? Number.POSITIVE_INFINITY) - items.length
    const taken = await take(all, most, { note, isWithin, isFirst: start === undefined })
    for (const item of taken.items) items.push(item)
    note = taken.note
    if (taken.isLeft) return { items, nextCursor: writePlace({ name, start, note, isWithin: true }) }
    if (nextCursor === undefined) return { items }
    isWithin = false
    start = nextCursor
    if (items.length >= (pageSize ?? 0))
      return { items, nextCursor: writePlace({ name, start, note, isWithin }) }
    guard(nextCursor)
    course.take({ items: taken.items, nextCursor, records })
    carried = taken.carried ?? []
  }
}

/** Each item at the place of one of its rows: it is read whole to know which. */
function takeScattered<Row, Item>(spec: ScatteredSpec<Row, Item>): Take<Row, Item> {
  const { keyOf, idOf, isPlace, whole, made } = spec
  return async ({ rows, nextCursor }, most, { note, isWithin, isFirst }) => {
    /** What is read, by key; nothing for what is gone, and for what was given. */
    const known = new Map<string, Item | undefined>()
    if (made && isFirst && nextCursor === undefined) {
      for (const [key, group] of groupRows(rows, keyOf)) known.set(key, made(key, group))
    }
    const items: Item[] = []
    const begin = isWithin || note !== undefined ? rowNoted(rows, note, idOf, isWithin) : 0
    // What was noted may have been pushed off this page.
    if (begin >= rows.length) return { items, note }
    for (const [at, row] of rows.entries()) {
      if (at < begin) continue
      const full = items.length >= most ? { items, note: noteOf(rows, at, idOf), isLeft: true } : undefined
      const key = keyOf(row)
      if (!known.has(key)) {
        if (full) return full
        const unread = [...new Set(rows.slice(at).map(keyOf))].filter((other) => !known.has(other))
        const next = unread.slice(0, most - items.length)
        const found = await Promise.all(next.map(async (each) => [each, await whole(each)] as const))
        for (const [each, item] of found) known.set(each, item)
      }
      const item = known.get(key)
      if (item === undefined || !isPlace(item, row)) continue
      if (full) return full
      known.set(key, undefined)
      items.push(item)
    }
    return { items }
  }
}

/** So many rows before the noted one are noted too: of those that are deleted, or that new ones push off the page, few are so at once. */
const NOTED_BEFORE = 8

function noteOf<Row>(rows: readonly Row[], at: number, idOf: (row: Row) => string): string {
  return JSON.stringify([at, ...rows.slice(Math.max(0, at - NOTED_BEFORE), at + 1).map(idOf)])
}

/** Where the row is that was noted; if it is not on the page, after the last one before it that is; else, on its own page, where the first of them was. */
function rowNoted<Row>(
  rows: readonly Row[],
  note: string | undefined,
  idOf: (row: Row) => string,
  isWithin: boolean,
): number {
  const [at, ...ids] = membersOf(note)
  if (typeof at !== 'number') throw unknownCursor()
  const noted = new Set(ids)
  const found = rows.findLastIndex((row) => noted.has(idOf(row)))
  const row = rows[found]
  if (row === undefined) return isWithin ? at - ids.length + 1 : 0
  return idOf(row) === ids.at(-1) ? found : found + 1
}

/** Each item is complete when the next one begins. The key that was given last is what is noted. */
function takeSorted<Row, Item>({ keyOf, whole, made, unsorted }: SortedSpec<Row, Item>): Take<Row, Item> {
  return async ({ rows, nextCursor }, most, { note: after = '', isWithin }) => {
    const keys = rows.map(keyOf)
    const least = isWithin ? '' : after
    if (!keys.every((key, at) => key >= (keys[at - 1] ?? least))) throw unsorted()
    const groups = [
      ...groupRows(
        rows.filter((row) => keyOf(row) > after),
        keyOf,
      ),
    ]
    const isLeft = groups.length > most
    // The last one may go on beyond the page. Where that is read next, it waits for it.
    const open = isLeft || nextCursor === undefined ? undefined : groups.pop()
    const items: Item[] = groups.slice(0, most).map(([key, group]) => made(key, group))
    const last = groups.slice(0, most).at(-1)?.[0] ?? after
    if (open === undefined) return { items, note: last, isLeft }
    if (most !== Number.POSITIVE_INFINITY) return { items, note: last, carried: open[1] }
    const item = await whole(open[0])
    if (item !== undefined) items.push(item)
    return { items, note: open[0] }
  }
}

/** Rows by what they are parts of, in the order in which those came. */
function groupRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** What a cursor says. */
interface Place {
  /** Of the listing. */
  readonly name: string
  /** The vendor's cursor; absent for the first page of rows. */
  readonly start: string | undefined
  readonly note: string | undefined
  readonly isWithin: boolean
}

function writePlace({ name, start, note, isWithin }: Place): string {
  return JSON.stringify([name, start ?? null, note ?? null, isWithin])
}

function readPlace(cursor: string | undefined, name: string): Place {
  if (cursor === undefined) return { name, start: undefined, note: undefined, isWithin: false }
  const [of, start, note, isWithin] = membersOf(cursor)
  const isText = (value: unknown): value is string | null => value === null || typeof value === 'string'
  const isOurs = of === name && isText(start) && isText(note) && typeof isWithin === 'boolean'
  if (!isOurs) throw unknownCursor()
  return { name, start: start ?? undefined, note: note ?? undefined, isWithin }
}

function membersOf(text: string | undefined): readonly unknown[] {
  const parsed = parseJson(text ?? '')
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value : []
}
