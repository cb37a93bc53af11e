import { ContactsError } from '@anycontact/core'
import {
  type CallSettings,
  readMember,
  readText,
  type StreamBegin,
  type StreamPosition,
  walkStream,
} from '@anycontact/core/adapter-kit'
import { PROVIDER } from '../errors.ts'
import { type Batches, openLines, readRecords } from '../lines.ts'
import type { Transport } from '../transport.ts'
import { readPage } from '../wire.ts'

/** The most rows of a page; a stream is walked in pages of as many. Source: the vendor's server source. */
export const ROWS_PER_PAGE = 100

/** A contact's position; `undefined` for a record without an id. */
export function positionOf(record: unknown): StreamPosition | undefined {
  const id = readText(record, 'id')
  const createdAt = readMember(record, 'createdAt')
  if (id === undefined) return undefined
  return typeof createdAt === 'number' ? { id, createdAt } : { id }
}

/** The query of a listing of contacts, by the vendor's names. */
export interface ListingQuery {
  readonly order?: 'asc' | 'desc' | undefined
  /** How many contacts are wanted; all without it. */
  readonly take?: number | undefined
  readonly meta?: Readonly<Record<string, string | readonly string[]>> | undefined
}

/** A listing to walk. */
export interface ContactWalk {
  readonly name: 'listContacts' | 'exportContacts'
  readonly query: ListingQuery
  /** The contact after which to begin; absent for the start. */
  readonly after?: StreamPosition | undefined
  /** Whether that contact is known to be deleted, so that the place must be found again by time. @default false */
  readonly isLost?: boolean | undefined
  readonly call?: CallSettings | undefined
}

/**
 * Walks a whole listing as one streamed answer and hands out its rows in batches. A cut, or an `error` line, is resumed
 * after the last row seen, and so is an answer that ended too early; nothing is lost or handed out twice.
 *
 * @throws ContactsError of the failure that came once too often without a new row between
 */
export function walkContacts(
  transport: Transport,
  { name, query: { take, ...query }, after, isLost, call }: ContactWalk,
): Batches {
  const operation = call?.operation ?? name
  const queryAt = (begin: StreamBegin) => ({ query: { ...query, ...begin } })
  return walkStream({
    provider: PROVIDER,
    operation,
    open: async (begin) => readRecords(await openLines(transport, name, queryAt(begin), call), operation),
    page: async (begin) =>
      readPage(await transport.json(name, queryAt(begin), call), undefined, operation).items,
    maxPageSize: ROWS_PER_PAGE,
    positionOf,
    isAscending: query.order === 'asc',
    isFiltered: Object.keys(query.meta ?? {}).length > 0,
    isGone: (id) => isGone(transport, id, call),
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
