import { type AdapterContext, type AdapterListQuery, type Contact, compileConditions } from '@anycontact/core'
import { MAX_LIMIT } from './api/requests.ts'
import { guardCursors } from './api/walk-pages.ts'
import type { ContactMethodRecord } from './api/wire.ts'
import { callOf } from './calls.ts'
import { groupByClient } from './clients.ts'
import { decodeCursor, type Position } from './cursor.ts'
import { selectionOf } from './filters.ts'
import { contactsOfWhole, listPage, toContacts } from './listing.ts'
import type { ContactMethodsClientRecord } from './mapping.ts'
import { checkSorted, type MethodPage, readFirstSorted, readPage, sortsByClient } from './method-pages.ts'
import type { ContactMethodsRuntime } from './runtime.ts'

type Batch = readonly Contact<ContactMethodsClientRecord>[]

/**
 * Every contact from the cursor on. A listing sorted by client is read as it comes, 200 methods a request, the next page while
 * the caller handles this one; no more is held than two pages and the client between them. Any other goes page by page.
 */
export async function* streamContacts(
  runtime: ContactMethodsRuntime,
  query: AdapterListQuery,
  context: AdapterContext,
): AsyncGenerator<Batch, void, undefined> {
  const keep = compileConditions(query.where)
  const position = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const first = await openSorted(runtime, query, position, context)
  if (first && first.after === undefined && first.page.nextCursor === undefined) {
    yield contactsOfWhole(first.page.records).filter(keep)
    return
  }
  if (first) {
    for await (const batch of sortedBatches(runtime, first, context)) yield batch.filter(keep)
    return
  }
  const pageSize = query.pageSize ?? MAX_LIMIT
  let { cursor } = query
  const pass = guardCursors(context.operation, cursor)
  for (;;) {
    const page = await listPage(runtime, { ...query, cursor, pageSize }, context)
    yield page.items
    if (page.nextCursor === undefined) return
    cursor = page.nextCursor
    pass(cursor)
  }
}

/** Where a sorted walk begins. */
interface SortedStart {
  readonly page: MethodPage
  /** The client that was given already. */
  readonly after: string | undefined
  readonly limit: number
}

/** The first page of a sorted walk; `undefined` when this listing is to be read in another way. */
async function openSorted(
  runtime: ContactMethodsRuntime,
  { where, pageSize = MAX_LIMIT }: AdapterListQuery,
  position: Position | undefined,
  context: AdapterContext,
): Promise<SortedStart | undefined> {
  if (selectionOf(where).by !== 'all') return undefined
  const next = callOf(runtime, context)
  const limit = Math.min(pageSize, MAX_LIMIT)
  if (position) {
    if (position.way !== 'sorted') return undefined
    const { cursor, after } = position
    return { page: await readPage(runtime, { sort: 'asc', cursor, limit }, context, next), after, limit }
  }
  const page = await readFirstSorted(runtime, limit, context, next)
  if (!page) return undefined
  const isSorted = page.nextCursor === undefined || (await sortsByClient(runtime, page, context, next))
  return isSorted ? { page, after: undefined, limit } : undefined
}

async function* sortedBatches(
  runtime: ContactMethodsRuntime,
  { page: first, after, limit }: SortedStart,
  context: AdapterContext,
): AsyncGenerator<Batch, void, undefined> {
  const pass = guardCursors(context.operation)
  let page = first
  let last = after
  let open: readonly ContactMethodRecord[] = []
  for (;;) {
    const { records, nextCursor } = page
    if (nextCursor !== undefined) pass(nextCursor)
    checkSorted(runtime, records, last)
    const ahead = nextCursor === undefined ? undefined : readAhead(runtime, nextCursor, limit, context)
    const groups = groupByClient([...open, ...records])
    if (after !== undefined) groups.delete(after)
    last = records.at(-1)?.clientId ?? last
    open = []
    if (ahead && last !== undefined) {
      open = groups.get(last) ?? []
      groups.delete(last)
    }
    if (groups.size > 0) yield toContacts(groups)
    if (!ahead) return
    page = await ahead
  }
}

function readAhead(
  runtime: ContactMethodsRuntime,
  cursor: string,
  limit: number,
  context: AdapterContext,
): Promise<MethodPage> {
  const page = readPage(runtime, { sort: 'asc', cursor, limit }, context, callOf(runtime, context))
  // It is waited for later, or never.
  page.catch(() => undefined)
  return page
}
