import type { AdapterContext, AdapterListQuery, AdapterPage, Condition, Contact } from '@anycontact/core'
import { callOf } from './calls.ts'
import { decodeCursor, encodeCursor, type Position } from './cursor.ts'
import { badAnswer } from './errors.ts'
import { toFilter } from './filters.ts'
import { type CognipeerRecord, toContact } from './mapping.ts'
import { type ListRequest, readChunk } from './read-chunk.ts'
import type { CognipeerRuntime } from './runtime.ts'

/** As many as the vendor advises; a most is not documented. */
const MAX_PAGE_SIZE = 100

const SORT_FIELDS: Readonly<Record<string, string>> = { createdAt: 'createdDate', updatedAt: 'modifiedDate' }

type Page = AdapterPage<Contact<CognipeerRecord>>

/**
 * One page, from a position on. The first page of a listing may be shorter than asked for, where the server gives less; a later
 * one then has that size, and holds all of its contacts, so that pages that are fetched at once leave nothing between them.
 */
export async function listPage(
  runtime: CognipeerRuntime,
  query: AdapterListQuery,
  context: AdapterContext,
): Promise<Page> {
  const next = callOf(runtime, context)
  const position: Position = query.cursor === undefined ? { offset: 0 } : decodeCursor(query.cursor)
  const { offset } = position
  const size = sizeOf(query, position)
  const request: ListRequest = { filter: toFilter(query.where), sort: sortOf(query) }
  const records: unknown[] = []
  let { ceiling } = position
  let total: number | undefined
  let mayGoOn = true
  do {
    const at = { offset: offset + records.length, size: Math.min(size - records.length, ceiling ?? size) }
    // Asked for again with the page's own size where it can be: the place of a page follows from it.
    const chunk = await readChunk(runtime, request, { ...at, limit: Math.min(size, ceiling ?? size) }, next)
    records.push(...chunk.records)
    total = chunk.total ?? total
    if (chunk.limit < size) ceiling = chunk.limit
    mayGoOn = chunk.mayGoOn
  } while (query.cursor !== undefined && mayGoOn && records.length < size)
  return {
    items: context.mapRecords(records, toContact),
    nextCursor: mayGoOn ? encodeCursor({ offset: offset + records.length, ceiling }) : undefined,
    total,
  }
}

/** The cursors of the pages after the first, where it told the total. */
export function* laterCursors({ nextCursor, total }: Page, query: AdapterListQuery): Generator<string, void> {
  if (nextCursor === undefined || total === undefined) return
  const position = decodeCursor(nextCursor)
  const size = sizeOf(query, position)
  for (let { offset } = position; offset < total; offset += size) yield encodeCursor({ ...position, offset })
}

/** How many contacts meet the conditions, as the server counts them. */
export async function countMatching(
  runtime: CognipeerRuntime,
  where: readonly Condition[],
  context: AdapterContext,
): Promise<number> {
  const request = { page: 1, limit: 1, filter: toFilter(where), sort: STABLE }
  const { total } = await runtime.client.contacts.list(request, callOf(runtime, context)())
  if (typeof total === 'number') return total
  throw badAnswer('the answer does not tell the `total`. Count by listing.', context.operation)
}

/** Ids tell every two contacts apart, and grow, so that new contacts come last. */
const STABLE = { _id: 1 } as const

function sortOf({ orderBy }: AdapterListQuery): Record<string, 1 | -1> {
  if (!orderBy) return STABLE
  const direction = orderBy.direction === 'asc' ? 1 : -1
  return { [SORT_FIELDS[orderBy.field] ?? orderBy.field]: direction, _id: direction }
}

function sizeOf({ pageSize }: AdapterListQuery, { ceiling }: Position): number {
  return Math.min(pageSize ?? MAX_PAGE_SIZE, ceiling ?? MAX_PAGE_SIZE)
}
