import type {
  AdapterContext,
  AdapterListQuery,
  AdapterPage,
  AdapterPageQuery,
  Contact,
} from '@anycontact/core'
import { type PageAnswer, parsePageAnswer } from './api/wire.ts'
import { callOf } from './calls.ts'
import { decodeCursor, encodeCursor, type Place } from './cursor.ts'
import { badAnswer } from './errors.ts'
import { type ChannelInboxRecord, toContact } from './mapping.ts'
import type { ChannelInboxRuntime } from './runtime.ts'

/** How many are asked for at a time. The vendor publishes no limit; a server that gives fewer is gone along with. */
const PAGE_SIZE = 100

/** The order that the vendor's web app asks for: one that does not change while pages are read. */
const NEWEST_FIRST = '-created_at'

type Page = AdapterPage<Contact<ChannelInboxRecord>>

/** The part of a listing to ask for. */
export interface Slice {
  readonly skip: number
  readonly limit: number
}

/** One page of contacts. */
export async function listPage(
  runtime: ChannelInboxRuntime,
  { pageSize, cursor, orderBy }: AdapterListQuery,
  context: AdapterContext,
): Promise<Page> {
  const place = decodeCursor(cursor)
  const slice = sliceOf(place, pageSize)
  const sort = orderBy?.direction === 'asc' ? 'created_at' : NEWEST_FIRST
  const next = callOf(runtime, context)
  const ask = async (part: Slice): Promise<PageAnswer> => {
    const answer = parsePageAnswer(await runtime.client.contacts.list({ ...part, sort }, next()))
    checkPlace(answer, part, context.operation)
    return answer
  }
  let part = slice
  let answer = await ask(part)
  let data = answer.data
  let skip = nextSkip(answer, part)
  // The page after one with a limit of its own begins where this should end, so what the server held back is asked for here.
  while (place.limit !== undefined && skip !== undefined && data.length < slice.limit) {
    part = { skip, limit: slice.limit - data.length }
    answer = await ask(part)
    data = [...data, ...answer.data]
    skip = nextSkip(answer, part)
  }
  return toPage({ ...answer, data }, skip, context)
}

/** One page of the contacts that a text is found in. */
export async function searchPage(
  runtime: ChannelInboxRuntime,
  text: string,
  { pageSize, cursor }: AdapterPageQuery,
  context: AdapterContext,
): Promise<Page> {
  const slice = sliceOf(decodeCursor(cursor), pageSize)
  const answer = await runtime.client.contacts.search({ q: text, ...slice }, callOf(runtime, context)())
  const page = parsePageAnswer(answer)
  checkPlace(page, slice, context.operation)
  return toPage(page, nextSkip(page, slice), context)
}

/**
 * The cursors of the pages after the first: it tells how many contacts there are, and how many come at a time. A page that
 * came short although there are more shows the server's own limit, which is then kept to, so that pages do not overlap. Each
 * cursor has the limit, so that its page is read to the end even where it comes in parts.
 */
export function* laterCursors(first: Page, { pageSize, cursor }: AdapterListQuery): Iterable<string> {
  const { total, nextCursor } = first
  if (total === undefined || nextCursor === undefined) return
  const start = decodeCursor(cursor)
  const next = decodeCursor(nextCursor)
  const limit = Math.min(next.skip - start.skip, sliceOf(start, pageSize).limit)
  for (let { skip } = next; skip < total; skip += limit) yield encodeCursor({ skip, limit })
}

/** What to ask for from a place on. */
export function sliceOf({ skip, limit = PAGE_SIZE }: Place, pageSize = PAGE_SIZE): Slice {
  return { skip, limit: Math.min(limit, pageSize) }
}

/**
 * Where a listing goes on: `has_more` first, then the count of all, else a full page means that there may be more. An empty page
 * is the end in any case.
 */
export function nextSkip({ data, has_more, count }: PageAnswer, { skip, limit }: Slice): number | undefined {
  const next = skip + data.length
  const goesOn = has_more ?? (count === undefined ? data.length >= limit : next < count)
  return goesOn && data.length > 0 ? next : undefined
}

/** A server, or a cache on the way, that does not look at `skip` would have the same rows handed out again and again. */
export function checkPlace({ data, count }: PageAnswer, { skip }: Slice, operation: string): void {
  if (data.length === 0 || count === undefined || skip < count) return
  if (skip > 0)
    throw badAnswer(
      'a page that begins after the last row has rows, so the listing would never end.',
      operation,
    )
}

function toPage(answer: PageAnswer, skip: number | undefined, context: AdapterContext): Page {
  return {
    items: context.mapRecords(answer.data, toContact),
    nextCursor: skip === undefined ? undefined : encodeCursor({ skip }),
    // Not `total`, which is the number of rows on the page.
    total: answer.count,
  }
}
