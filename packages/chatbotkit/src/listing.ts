import type { AdapterContext, AdapterListQuery, AdapterPage, Contact } from '@anycontact/core'
import { listContacts } from './api/contacts.ts'
import { positionOf } from './api/position.ts'
import { isGone, walkContacts } from './api/walk.ts'
import { parseListAnswer } from './api/wire.ts'
import { callOf, type NextCall } from './calls.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { toMetaFilter } from './filters.ts'
import { type ChatBotKitRecord, toContact } from './mapping.ts'
import type { ChatBotKitRuntime } from './runtime.ts'

/** The server's page size, which is also its most. Source: the vendor's server source. */
const MAX_PAGE_SIZE = 100

type Page = AdapterPage<Contact<ChatBotKitRecord>>

/** One page. A full one has a cursor even when it is the last; a short one has none, because it proves the end. */
export async function listPage(
  runtime: ChatBotKitRuntime,
  query: AdapterListQuery,
  context: AdapterContext,
): Promise<Page> {
  const next = callOf(runtime, context)
  const take = query.pageSize ?? MAX_PAGE_SIZE
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const request = { ...filterOf(query), take, ...(after && { cursor: after.id }) }
  const { items, cursor } = parseListAnswer(await listContacts(runtime.client, request, next()))
  if (items.length === 0 && after && (await isGone(runtime.client, after.id, next()))) {
    return pageAfterGone(runtime, query, take, context, next)
  }
  return toPage(items, take, context, cursor)
}

/** Every contact from the cursor on, as one streamed answer. */
export async function* streamPages(
  runtime: ChatBotKitRuntime,
  query: AdapterListQuery,
  context: AdapterContext,
): AsyncGenerator<readonly Contact<ChatBotKitRecord>[], void, undefined> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor)
  const call = callOf(runtime, context)()
  const walk = { path: 'list', query: filterOf(query), call, ...(after && { after }) } as const
  for await (const items of walkContacts(runtime.client, walk)) {
    yield context.mapRecords(items, toContact)
  }
}

/** The contact that the cursor stands on was deleted, so the server answers nothing: find the place again by time. */
async function pageAfterGone(
  runtime: ChatBotKitRuntime,
  query: AdapterListQuery,
  take: number,
  context: AdapterContext,
  next: NextCall,
): Promise<Page> {
  const after = decodeCursor(query.cursor ?? '')
  const call = next()
  const found: unknown[] = []
  for await (const items of walkContacts(runtime.client, {
    path: 'list',
    query: filterOf(query),
    call,
    after,
    lost: true,
  })) {
    found.push(...items)
    if (found.length >= take) break
  }
  return toPage(found.slice(0, take), take, context)
}

/** @param cursor - the vendor's own, for a page whose last record has no place that could be read */
function toPage(
  items: readonly unknown[],
  take: number,
  context: AdapterContext,
  cursor?: string | undefined,
): Page {
  const last = positionOf(items.at(-1))
  const full = items.length >= Math.min(take, MAX_PAGE_SIZE)
  return {
    items: context.mapRecords(items, toContact),
    nextCursor: full ? (last ? encodeCursor(last) : cursor) : undefined,
  }
}

function filterOf({ where, orderBy }: AdapterListQuery): {
  readonly order?: 'asc' | 'desc' | undefined
  readonly meta?: Record<string, string[]>
} {
  return {
    ...(orderBy && { order: orderBy.direction }),
    ...(where.length > 0 && { meta: toMetaFilter(where) }),
  }
}
