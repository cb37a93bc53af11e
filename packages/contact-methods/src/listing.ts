import {
  type AdapterContext,
  type AdapterListQuery,
  type AdapterPage,
  type Contact,
  compileConditions,
} from '@anycontact/core'
import { MAX_LIMIT } from './api/requests.ts'
import type { ContactMethodFilter } from './api/types.ts'
import type { ContactMethodRecord } from './api/wire.ts'
import { callOf, type NextCall, type ParseRecords, readClient } from './calls.ts'
import { type ByClient, groupByClient, readClients, readEach } from './clients.ts'
import { decodeCursor, encodeCursor, noCursor, type Position } from './cursor.ts'
import { selectionOf } from './filters.ts'
import { byAge, type ContactMethodsClientRecord, toContact } from './mapping.ts'
import {
  checkSorted,
  isAscending,
  type MethodPage,
  parseAs,
  readFirstSorted,
  readPage,
  sortsByClient,
} from './method-pages.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

type Page = AdapterPage<Contact<ContactMethodsClientRecord>>

/** What reading a page works with. */
interface Reading {
  /** Reads records as the client's `onInvalid` says. */
  readonly parse: ParseRecords
  readonly runtime: ContactMethodsRuntime
  readonly context: AdapterContext
  readonly next: NextCall
  readonly limit: number
}

/**
 * One page of contacts. The vendor lists contact methods, so a page is read as one of methods, and each contact on it completed:
 * there are as many contacts as clients on it, or fewer.
 */
export async function listPage(
  runtime: ContactMethodsRuntime,
  query: AdapterListQuery,
  context: AdapterContext,
): Promise<Page> {
  const next = callOf(runtime, context)
  const limit = Math.min(query.pageSize ?? MAX_LIMIT, MAX_LIMIT)
  const reading: Reading = { runtime, context, next, limit, parse: parseAs(context) }
  const position = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const keep = compileConditions(query.where)
  const { items, ...rest } = await selectPage(reading, query, position)
  return { ...rest, items: items.filter(keep) }
}

async function selectPage(
  reading: Reading,
  { where }: AdapterListQuery,
  position: Position | undefined,
): Promise<Page> {
  const selection = selectionOf(where)
  switch (selection.by) {
    case 'ids':
      if (position && position.way !== 'ids') throw noCursor()
      return pageOfIds(reading, selection.ids, position?.from ?? 0)
    case 'match':
      if (position && position.way !== 'unsorted') throw noCursor()
      return unsortedPage(reading, position?.cursor, selection.filter)
    case 'all':
      if (position?.way === 'ids') throw noCursor()
      if (position?.way === 'sorted') return sortedPage(reading, position)
      return position ? unsortedPage(reading, position.cursor) : firstPage(reading)
  }
}

/** Contacts whose clients are named. */
async function pageOfIds(
  { runtime, next, limit, parse }: Reading,
  ids: readonly string[],
  from: number,
): Promise<Page> {
  const groups = await readEach(runtime, ids.slice(from, from + limit), next, parse)
  return {
    items: toContacts(groups),
    ...(from + limit < ids.length && { nextCursor: encodeCursor({ way: 'ids', from: from + limit }) }),
  }
}

/** The first page tells by itself when it is the only one; else it must be known whether the server sorts. */
async function firstPage(reading: Reading): Promise<Page> {
  const { runtime, context, next, limit } = reading
  const page = await readFirstSorted(runtime, limit, context, next)
  if (!page) return unsortedPage(reading, undefined)
  if (page.nextCursor === undefined) return { items: contactsOfWhole(page.records) }
  if (!(await sortsByClient(runtime, page, context, next))) return unsortedPage(reading, undefined)
  return completed(reading, page, undefined)
}

async function sortedPage(
  reading: Reading,
  { cursor, after }: Extract<Position, { way: 'sorted' }>,
): Promise<Page> {
  const { runtime, context, next, limit } = reading
  return completed(reading, await readPage(runtime, { sort: 'asc', cursor, limit }, context, next), after)
}

/** A page of a listing sorted by client: the last client on it may go on beyond it, and is read by itself. */
async function completed(
  { runtime, next, parse }: Reading,
  { records, nextCursor }: MethodPage,
  after: string | undefined,
): Promise<Page> {
  checkSorted(runtime, records, after)
  const groups = groupByClient(records)
  // It was given with the page before, with all its methods.
  if (after !== undefined) groups.delete(after)
  if (nextCursor === undefined) return { items: toContacts(groups) }
  const last = records.at(-1)?.clientId ?? after ?? ''
  if (groups.has(last)) groups.set(last, await readClient(runtime, last, next, parse))
  return {
    items: toContacts(groups),
    nextCursor: encodeCursor({ way: 'sorted', cursor: nextCursor, after: last }),
  }
}

/**
 * A page of a listing in no order that is known: the clients on it are read with all their methods, and each is given at the
 * place of its oldest method, so that it comes once, whatever pages its methods are on, and nothing must be remembered.
 *
 * @param filter - one that holds for one method a client at most; the client is then given at the place of that one
 */
async function unsortedPage(
  { runtime, context, next, limit, parse }: Reading,
  cursor: string | undefined,
  filter?: ContactMethodFilter,
): Promise<Page> {
  const { records, nextCursor } = await readPage(runtime, { filter, cursor, limit }, context, next)
  const isWhole = cursor === undefined && nextCursor === undefined && !filter
  const groups = groupByClient(records)
  const whole = isWhole ? groups : await readClients(runtime, [...groups.keys()], next, parse)
  const isPlace = filter ? () => true : isOldest
  return {
    items: contactsInPlace(records, whole, isPlace),
    ...(nextCursor !== undefined && { nextCursor: encodeCursor({ way: 'unsorted', cursor: nextCursor }) }),
  }
}

/** The contacts of a listing that came in one page: in the order of the clients, or of an unsorted listing. */
export function contactsOfWhole(
  records: readonly ContactMethodRecord[],
): Contact<ContactMethodsClientRecord>[] {
  const groups = groupByClient(records)
  return isAscending(records) ? toContacts(groups) : contactsInPlace(records, groups, isOldest)
}

/** Gives each client once, at the first of the records that stands for it. */
function contactsInPlace(
  records: readonly ContactMethodRecord[],
  whole: ByClient,
  isPlace: (record: ContactMethodRecord, methods: readonly ContactMethodRecord[]) => boolean,
): Contact<ContactMethodsClientRecord>[] {
  const given = new Set<string>()
  const items: Contact<ContactMethodsClientRecord>[] = []
  for (const record of records) {
    const { clientId } = record
    const methods = whole.get(clientId) ?? []
    // Without methods, it was deleted in between.
    if (methods.length === 0 || given.has(clientId) || !isPlace(record, methods)) continue
    given.add(clientId)
    items.push(toContact(clientId, methods))
  }
  return items
}

function isOldest({ id }: ContactMethodRecord, methods: readonly ContactMethodRecord[]): boolean {
  return oldestOf(methods)?.id === id
}

function oldestOf(records: readonly ContactMethodRecord[]): ContactMethodRecord | undefined {
  return records.reduce<ContactMethodRecord | undefined>(
    (oldest, record) => (oldest && byAge(oldest, record) <= 0 ? oldest : record),
    undefined,
  )
}

/** The contacts of grouped records. */
export function toContacts(
  groups: ReadonlyMap<string, readonly ContactMethodRecord[]>,
): Contact<ContactMethodsClientRecord>[] {
  return [...groups]
    .filter(([, records]) => records.length > 0)
    .map(([id, records]) => toContact(id, records))
}
