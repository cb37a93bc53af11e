import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'
import { invalid } from './errors.ts'
import type { MethodFilter } from './filter.ts'
import type { ContactMethodsSwitches } from './options.ts'
import type { ContactMethodsRecord } from './record.ts'
import type { MethodStore } from './store.ts'

/** The order of a listing. */
export interface Order {
  readonly field: 'clientId' | 'createdAt' | 'updatedAt' | 'value' | 'type' | 'id'
  readonly direction: 'asc' | 'desc'
}

const SORT_FIELDS: readonly Order['field'][] = ['clientId', 'createdAt', 'updatedAt', 'value', 'type', 'id']

/** One page of a listing. */
export interface MethodPage {
  readonly data: readonly ContactMethodsRecord[]
  readonly pagination: {
    readonly hasMore: boolean
    readonly nextCursor?: string | null
    /** 0 unless it was asked for. */
    readonly totalCount: number
  }
}

/** Which part of a listing is asked for. */
export interface PageRequest {
  readonly filter: MethodFilter
  readonly order: Order
  readonly cursor: string | undefined
  readonly offset: number
  readonly limit: number
  readonly includeTotalCount: boolean
}

/** Reads `sort`. Its inner names are not published; see the switch. */
export function readOrder(
  given: JsonValue | undefined,
  switches: Pick<ContactMethodsSwitches, 'sort' | 'defaultOrder'>,
): Order {
  const usual: Order = { field: 'createdAt', direction: switches.defaultOrder === 'newest' ? 'desc' : 'asc' }
  if (given === undefined || switches.sort === 'ignored') return usual
  if (!Array.isArray(given)) throw invalid([{ path: ['sort'], message: 'Invalid input: expected array' }])
  const first: JsonValue | undefined = given[0]
  if (first === undefined) return usual
  if (switches.sort === 'refused' || !isJsonObject(first)) {
    throw invalid([{ path: ['sort', 0], message: 'Invalid input' }])
  }
  const field = SORT_FIELDS.find((candidate) => candidate === first.field)
  const direction = first.direction === 'desc' ? 'desc' : 'asc'
  // What is not known of an object is passed over, as schema libraries do.
  return field === undefined ? usual : { field, direction }
}

/** Lists contact methods. A cursor names the last record given, so that what comes and goes moves nothing. */
export class MethodListing {
  readonly #store: MethodStore
  readonly #lastCursor: ContactMethodsSwitches['lastCursor']

  constructor(store: MethodStore, switches: Pick<ContactMethodsSwitches, 'lastCursor'>) {
    this.#store = store
    this.#lastCursor = switches.lastCursor
  }

  page({ filter, order, cursor, offset, limit, includeTotalCount }: PageRequest): MethodPage {
    const records = this.#records(order, filter)
    const start = cursor === undefined ? 0 : firstAfter(records, order, readCursor(cursor))
    const data: ContactMethodsRecord[] = []
    let skip = offset
    let hasMore = false
    for (let at = start; at < records.length; at++) {
      const record = records[at]
      if (record === undefined || !filter.matches(record)) continue
      if (skip > 0) skip--
      else if (data.length < limit) data.push(record)
      else {
        hasMore = true
        break
      }
    }
    const totalCount = includeTotalCount ? records.filter(filter.matches).length : 0
    return { data, pagination: { hasMore, ...this.#nextCursor(data.at(-1), order, hasMore), totalCount } }
  }

  #nextCursor(
    last: ContactMethodsRecord | undefined,
    order: Order,
    hasMore: boolean,
  ): { readonly nextCursor?: string | null } {
    const nextCursor = last && writeCursor(keyOf(last, order))
    if (hasMore || this.#lastCursor === 'given') return { nextCursor: nextCursor ?? null }
    return this.#lastCursor === 'null' ? { nextCursor: null } : {}
  }

  /** The records that a filter can leave, where there is an index for it, or all. */
  #records(
    order: Order,
    { clientId, value }: Pick<MethodFilter, 'clientId' | 'value'>,
  ): readonly ContactMethodsRecord[] {
    const compare = (a: ContactMethodsRecord, b: ContactMethodsRecord): number =>
      compareKeys(keyOf(a, order), keyOf(b, order), order)
    if (clientId !== undefined) return [...this.#store.ofClient(clientId)].sort(compare)
    if (value !== undefined) return [...this.#store.withValue(value)].sort(compare)
    return this.#store.listings.rows(
      `${order.field} ${order.direction}`,
      () => ({ matches: () => true, compare, newest: 'last' }),
      () => this.#store.all(),
    )
  }
}

/** Where a record stands: what it is sorted by, its time, its id. */
type Key = readonly [value: string, createdAt: string, id: string]

function keyOf(record: ContactMethodsRecord, { field }: Order): Key {
  return [record[field], record.createdAt, record.id]
}

function compareKeys(a: Key, b: Key, { direction }: Order): number {
  const [left, right] = direction === 'asc' ? [a, b] : [b, a]
  for (const [at, value] of left.entries()) {
    const other = right[at] ?? ''
    if (value !== other) return value < other ? -1 : 1
  }
  return 0
}

function firstAfter(records: readonly ContactMethodsRecord[], order: Order, key: Key): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const record = records[middle]
    if (record !== undefined && compareKeys(keyOf(record, order), key, order) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function writeCursor(key: Key): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  return btoa(String.fromCharCode(...bytes))
}

function readCursor(cursor: string): Key {
  try {
    const bytes = Uint8Array.from(atob(cursor), (character) => character.charCodeAt(0))
    const key: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (Array.isArray(key)) {
      const [value, createdAt, id]: unknown[] = key
      if (typeof value === 'string' && typeof createdAt === 'string' && typeof id === 'string') {
        return [value, createdAt, id]
      }
    }
  } catch {
    // Not made here.
  }
  throw invalid([{ path: ['cursor'], message: 'Invalid cursor' }])
}

/** Reads an optional text member. */
export function readText(body: JsonObject, name: string): string | undefined {
  const text = body[name]
  if (text === undefined || typeof text === 'string') return text
  throw invalid([{ path: [name], message: 'Invalid input: expected string' }])
}
