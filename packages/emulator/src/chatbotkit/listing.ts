import { csvHeader, csvRow } from './csv.ts'
import { ApiError, jsonResponse, LATE_FAILURE } from './errors.ts'
import type { ChatBotKitFault } from './faults.ts'
import { LISTING_TYPES, type ListingFormat } from './listing-format.ts'
import type { ListingQuery } from './listing-query.ts'

/** An item of a listing, as it is sent. */
export type ListingItem = object & { readonly id: string }

/** Asks the store for the page after the row that the cursor names. An {@link ApiError} ends a stream in an error line. */
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
        const items = pageOrRefusal(page, cursor)
        if (items instanceof ApiError) {
          const refusal = write.error(items)
          if (refusal !== '') controller.enqueue(encoder.encode(refusal))
          controller.close()
          return
        }
        const kept = items.slice(0, failAt - sent)
        const text = malform(kept, sent, fault)
          .map((item, at) => write.item(item, sent + at))
          .join('')
        sent += kept.length
        cursor = items.at(-1)?.id ?? cursor
        const ended = items.length === 0 || (query.budget !== undefined && sent >= query.budget)
        const failed = fault.lateError !== undefined && (ended || sent >= failAt)
        const all = failed ? text + write.error(lateFailure(fault)) : text
        if (all !== '') controller.enqueue(encoder.encode(all))
        if (ended || failed) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

function pageOrRefusal(page: QueryPage, cursor: string | undefined): ReturnType<QueryPage> | ApiError {
  try {
    return page(cursor)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** What an error line tells. */
interface LateError {
  readonly code: string
  readonly message: string
}

function lateFailure({ lateError }: ChatBotKitFault): LateError {
  return { code: lateError?.code ?? LATE_FAILURE.code, message: lateError?.message ?? LATE_FAILURE.message }
}

interface Writer {
  item(item: unknown, index: number): string
  error(error: LateError): string
}

function createWriter(listing: Listing, format: Exclude<ListingFormat, 'json'>): Writer {
  const { fault } = listing
  if (format === 'jsonl') {
    const nopBefore = (index: number): string =>
      fault.nopEvery !== undefined && index % fault.nopEvery === 0 ? '{"type":"nop","data":{}}\n' : ''
    return {
      item: (item, index) => `${nopBefore(index)}{"type":"item","data":${JSON.stringify(item)}}\n`,
      error: ({ code, message }) => `${JSON.stringify({ type: 'error', data: { code, message } })}\n`,
    }
  }
  if (format === 'sse') {
    return {
      item: (item) => `event: item\ndata: ${JSON.stringify(item)}\n\n`,
      error: ({ code, message }) => `event: error\ndata: ${JSON.stringify({ code, message })}\n\n`,
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
