import type { JsonValue } from '@anycontact/core'
import type { NextCall } from './calls.ts'
import { badAnswer } from './errors.ts'
import type { CognipeerRuntime } from './runtime.ts'

/** Which contacts to list, in the vendor's words. */
export interface ListRequest {
  readonly filter: Record<string, JsonValue>
  readonly sort: Record<string, 1 | -1>
}

/** Which part of a listing. */
export interface ChunkRequest {
  /** How many contacts come before it. */
  readonly offset: number
  /** How many contacts at most. */
  readonly size: number
  /** The page size to ask with. */
  readonly limit: number
}

/** A part of a listing, as the server gave it. */
export interface Chunk {
  readonly records: readonly unknown[]
  readonly total: number | undefined
  /** The page size that the server really gave. */
  readonly limit: number
  /** Whether more follow. */
  readonly mayGoOn: boolean
}

/** Each time the server gives pages of another size than asked for, the place is asked for again; no more often than this. */
const MAX_TRIES = 5

/**
 * Reads the contacts at a place of a listing. Pages are addressed by number and size, and the server may give another size than
 * was asked for, openly or not: then the page that was meant is elsewhere, and is asked for again by the size that is given.
 *
 * @throws ContactsError `bad_response` when the server keeps answering other pages
 */
export async function readChunk(
  { client }: CognipeerRuntime,
  { filter, sort }: ListRequest,
  { offset, size, limit: firstLimit }: ChunkRequest,
  next: NextCall,
): Promise<Chunk> {
  let limit = firstLimit
  let operation: string | undefined
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const asked = Math.floor(offset / limit) + 1
    const call = next()
    operation = call.operation
    const reply = await client.contacts.list({ page: asked, limit, filter, sort }, call)
    const { data, total, page = asked } = reply
    const given = givenLimit(data.length, reply.limit ?? limit, page, total)
    const start = (page - 1) * given
    const end = start + data.length
    // A size that was guessed from a short page places only the first one.
    const isPlaced = page === 1 || given === (reply.limit ?? limit)
    if (isPlaced && start <= offset && (offset < end || data.length === 0 || end >= (total ?? end))) {
      const records = data.slice(offset - start, offset - start + size)
      return { records, total, limit: given, mayGoOn: mayGoOn(offset, records.length, end, given, total) }
    }
    if (given === limit) break
    limit = given
  }
  throw badAnswer('the server answered another page of the listing than the one asked for.', operation)
}

/** The size of the pages: what the reply says, or what a page holds that has more, or less although more follow. */
function givenLimit(length: number, said: number, page: number, total: number | undefined): number {
  const limit = Math.max(1, said)
  const isShort = length > 0 && length < limit && total !== undefined && (page - 1) * limit + length < total
  return isShort ? length : Math.max(limit, length)
}

function mayGoOn(
  offset: number,
  length: number,
  end: number,
  limit: number,
  total: number | undefined,
): boolean {
  if (length === 0) return false
  const after = offset + length
  // A total below what has been seen counts something else, and tells nothing.
  return total === undefined || total < end ? after < end || end % limit === 0 : after < total
}
