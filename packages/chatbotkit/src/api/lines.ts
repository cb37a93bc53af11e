import { ContactsError } from '@anycontact/core'
import {
  type CallSettings,
  isPlainObject,
  readJsonLines,
  readMember,
  readText,
  type StreamBegin,
  type StreamPosition,
  walkStream,
} from '@anycontact/core/adapter-kit'
import type { EndpointName } from './endpoints.ts'
import { badAnswer, isErrorBody, lateError, PROVIDER, who } from './errors.ts'
import type { Input, Transport } from './transport.ts'
import { readPage } from './wire.ts'

/** The bytes of an answer as they arrive. */
type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>

/** What a stream gives, in the batches in which it arrives. */
export type Batches = AsyncGenerator<readonly unknown[], void, undefined>

/**
 * Asks an endpoint for its answer as JSON lines.
 *
 * @returns what {@link readLineValues} gives, once the answer has begun
 * @throws ContactsError as any call; what fails later fails in the reader
 */
export async function openLines(
  transport: Transport,
  name: EndpointName,
  input: Input,
  call?: CallSettings,
): Promise<Batches> {
  const operation = call?.operation ?? name
  const response = await transport.stream(name, { ...input, headers: { Accept: 'application/jsonl' } }, call)
  // An answer of another kind with nothing in it would pass for a listing with nothing in it.
  if (!/json/i.test(response.headers.get('content-type') ?? '')) {
    response.data.cancel().catch(() => {})
    throw badAnswer('the answer is no JSONL. Check `baseUrl`, and proxies on the way.', operation)
  }
  return readLineValues(response.data, operation)
}

/**
 * Reads the records out of the lines of a listing. Keep-alive lines (`nop`, `ping`), the closing line of other routes (`result`)
 * and lines of unknown types are passed over. Leaving the loop early releases the connection.
 *
 * @param operation - for error messages
 * @throws ContactsError what an `error` line says; `bad_response` for a line that is no event
 */
export async function* readRecords(lines: Batches, operation: string): Batches {
  for await (const values of lines) {
    const records: unknown[] = []
    let failure: ContactsError | undefined
    for (const value of values) {
      if (isPlainObject(value) && value.type === 'item') records.push(value.data)
      else failure = failureOf(value, operation)
      if (failure) break
    }
    if (records.length > 0) yield records
    if (failure) throw failure
  }
}

function failureOf(value: unknown, operation: string): ContactsError | undefined {
  if (isPlainObject(value) && typeof value.type === 'string') {
    return value.type === 'error' ? lateError(value.data, operation) : undefined
  }
  if (isErrorBody(value)) return lateError(value, operation)
  return badAnswer('a line of the stream is no event. Check `baseUrl`, and proxies on the way.', operation)
}

/**
 * Reads a stream of JSON values, one a line; blank lines are passed over.
 *
 * @throws ContactsError `network` when the stream breaks off, in the middle of a line too; `timeout` when it is silent for too
 * long; `bad_response` for what is not JSON
 */
export function readLineValues(data: Bytes, operation: string): Batches {
  return readJsonLines(data, (problem) => {
    if (problem === 'syntax') {
      return badAnswer(
        'a line of the stream is not JSON. Check `baseUrl`, and proxies on the way.',
        operation,
      )
    }
    return new ContactsError({
      code: 'network',
      message: `${who(operation)} the stream was cut off in the middle of a line.`,
      provider: PROVIDER,
      operation,
      retryable: true,
    })
  })
}

/** The most rows of a page; a stream is walked in pages of as many. Source: the vendor's server source. */
export const ROWS_PER_PAGE = 100

/** A record's position; `undefined` for one without an id. */
export function positionOf(record: unknown): StreamPosition | undefined {
  const id = readText(record, 'id')
  const createdAt = readMember(record, 'createdAt')
  if (id === undefined) return undefined
  return typeof createdAt === 'number' ? { id, createdAt } : { id }
}

/** The query of a listing, by the vendor's names. */
export interface ListingQuery {
  readonly order?: 'asc' | 'desc' | undefined
  /** How many records are wanted; all without it. */
  readonly take?: number | undefined
  readonly meta?: Readonly<Record<string, unknown>> | undefined
}

/** A listing to walk. */
export interface ListingWalk {
  readonly name: EndpointName
  /** Of which contact, where it is a listing of what hangs on one. */
  readonly params?: Input['params']
  readonly query: ListingQuery
  /** The record after which to begin; absent for the start. */
  readonly after?: StreamPosition | undefined
  /** Whether that record is known to be deleted, so that the place must be found again by time. @default false */
  readonly isLost?: boolean | undefined
  readonly call?: CallSettings | undefined
}

/**
 * Walks a whole listing as one streamed answer and hands out its rows in batches. A cut, or an `error` line, is resumed
 * after the last row seen, and so is an answer that ended too early; nothing is lost or handed out twice.
 *
 * @throws ContactsError of the failure that came once too often without a new row between
 */
export function walkListing(
  transport: Transport,
  { name, params, query: { take, ...query }, after, isLost, call }: ListingWalk,
): Batches {
  const operation = call?.operation ?? name
  const inputAt = (begin: StreamBegin): Input => ({ params, query: { ...query, ...begin } })
  return walkStream({
    provider: PROVIDER,
    operation,
    open: async (begin) => readRecords(await openLines(transport, name, inputAt(begin), call), operation),
    page: async (begin) =>
      readPage(await transport.json(name, inputAt(begin), call), undefined, operation).items,
    maxPageSize: ROWS_PER_PAGE,
    positionOf,
    isAscending: query.order === 'asc',
    isFiltered: Object.keys(query.meta ?? {}).length > 0,
    // Of what hangs on a contact nothing can be fetched by its id.
    isGone: async (id) => params === undefined && isGone(transport, id, call),
    retry: (error, times) => transport.waitToResume(error, times, call),
    after,
    isLost,
    wanted: rowsFor(take),
  })
}

/**
 * Tells whether a contact is no longer there, so that a listing cannot go on after it.
 *
 * @param id - the contact's id
 */
export async function isGone(
  transport: Transport,
  id: string,
  call: CallSettings | undefined,
): Promise<boolean> {
  try {
    await transport.json('fetchContact', { params: { contactId: id } }, call)
    return false
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return true
    throw error
  }
}

/** How many rows the server sends for a `take`: pages of at most 100, the last one not trimmed. Source: the vendor's server source. */
function rowsFor(take: number | undefined): number {
  const rows = Math.trunc(take ?? 0)
  if (rows === 0 || Number.isNaN(rows)) return Number.POSITIVE_INFINITY
  return rows <= ROWS_PER_PAGE ? Math.max(1, rows) : Math.ceil(rows / ROWS_PER_PAGE) * ROWS_PER_PAGE
}
