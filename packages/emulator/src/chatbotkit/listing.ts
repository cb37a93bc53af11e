import { csvHeader, csvRow } from './csv.ts'
import { jsonResponse, LATE_FAILURE } from './errors.ts'
import type { ChatBotKitFault } from './faults.ts'
import { LISTING_TYPES, type ListingFormat } from './listing-format.ts'
import type { ListingQuery } from './listing-query.ts'

/** An item of a listing, as it is sent. */
export type ListingItem = object & { readonly id: string }

/** Asks the store for the page after the row that the cursor names. */
type QueryPage = (cursor: string | undefined) => readonly ListingItem[]

/** A listing that is about to be answered. */
export interface Listing {
  readonly format: ListingFormat
  readonly query: Pick<ListingQuery, 'cursor' | 'budget'>
  readonly page: QueryPage
  /** How a value looks in CSV. */
  readonly csvCell?: (value: unknown) => string
  readonly fault: ChatBotKitFault
}

/** Answers a listing: one page as JSON, or all pages as a stream. */
export function listingResponse(listing: Listing): Response {
  const { format, query, page, fault } = listing
  if (format !== 'json') {
    const headers = { 'content-type': LISTING_TYPES[format] }
    return new Response(streamListing(listing, format), { status: 200, statusText: 'OK', headers })
  }
  const items = page(query.cursor)
  const cursor = items.at(-1)?.id
  return jsonResponse({ items: malform(items, 0, fault), ...(cursor === undefined ? {} : { cursor }) })
}

/** Items with the one at the fault's place replaced. */
export function malform(
  items: readonly object[],
  offset: number,
  fault: ChatBotKitFault,
): readonly unknown[] {
  if (fault.malformed === undefined) return items
  const { index, record } = fault.malformed
  return items.map((item, at) => (offset + at === index ? record({ ...item }) : item))
}

/** Walks all pages, querying the next one only when the consumer asks for more. */
function streamListing(listing: Listing, format: Exclude<ListingFormat, 'json'>): ReadableStream<Uint8Array> {
  const { query, page, fault } = listing
  const write = createWriter(listing, format)
  const encoder = new TextEncoder()
  const failAt = fault.lateError?.afterItems ?? Number.POSITIVE_INFINITY
  let cursor = query.cursor
  let sent = 0

  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const items = page(cursor)
        const kept = items.slice(0, failAt - sent)
        const text = malform(kept, sent, fault)
          .map((item, at) => write.item(item, sent + at))
          .join('')
        sent += kept.length
        cursor = items.at(-1)?.id ?? cursor
        const ended = items.length === 0 || (query.budget !== undefined && sent >= query.budget)
        const failed = fault.lateError !== undefined && (ended || sent >= failAt)
        const all = failed ? text + write.error() : text
        if (all !== '') controller.enqueue(encoder.encode(all))
        if (ended || failed) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

interface Writer {
  item(item: unknown, index: number): string
  error(): string
}

function createWriter(listing: Listing, format: Exclude<ListingFormat, 'json'>): Writer {
  const { fault } = listing
  const { code = LATE_FAILURE.code, message = LATE_FAILURE.message } = fault.lateError ?? {}
  const failure = { code, message }
  if (format === 'jsonl') {
    const nopBefore = (index: number): string =>
      fault.nopEvery !== undefined && index % fault.nopEvery === 0 ? '{"type":"nop","data":{}}\n' : ''
    return {
      item: (item, index) => `${nopBefore(index)}{"type":"item","data":${JSON.stringify(item)}}\n`,
      error: () => `${JSON.stringify({ type: 'error', data: failure })}\n`,
    }
  }
  if (format === 'sse') {
    return {
      item: (item) => `event: item\ndata: ${JSON.stringify(item)}\n\n`,
      error: () => `event: error\ndata: ${JSON.stringify(failure)}\n\n`,
    }
  }
  return {
    item: (item, index) => {
      const row = typeof item === 'object' && item !== null ? item : {}
      return index === 0 ? csvHeader(row) + csvRow(row, listing.csvCell) : csvRow(row, listing.csvCell)
    },
    error: () => '',
  }
}
