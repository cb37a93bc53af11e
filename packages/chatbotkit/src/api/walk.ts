import { ContactsError, type HttpResponse } from '@anycontact/core'
import { badAnswer, errorFromBody } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import type { ChatBotKitClient } from './client.ts'
import { fetchContact } from './contacts.ts'
import { type JsonlEvent, readEvents } from './jsonl.ts'
import { isBeyond, type Position, positionOf } from './position.ts'
import { openStream } from './stream.ts'

/** The server walks a stream in pages of this many rows. Source: the vendor's server source. */
const ROWS_PER_PAGE = 100

/** A listing to walk. */
export interface ContactWalk {
  readonly path: 'list' | 'export'
  /** The listing's own query: `order`, `take`, `meta`. */
  readonly query: Readonly<Record<string, unknown>>
  /** The contact after which to begin; absent for the start. */
  readonly after?: Position | undefined
  /** Whether that contact is known to be deleted, so that the place must be found again by time. @default false */
  readonly lost?: boolean | undefined
  readonly call: EndpointCall
}

/** How a walk goes on after a cut. */
interface Progress {
  after: Position | undefined
  /** Whether the answer begins at the start, and rows up to `after` are to be passed over. */
  skipping: boolean
  /** Rows that the caller may still get; infinite without `take`. */
  left: number
  /** Cuts since the last new row. */
  cuts: number
}

/**
 * Walks a whole listing as one streamed answer and hands out its rows in batches. A cut, or an `error` line, is resumed
 * after the last row seen; nothing is lost or handed out twice. When the row that the walk stands on is deleted the server
 * takes it for the end: that is noticed, and the place found again by creation time.
 *
 * @throws ContactsError of the failure that came once too often without a new row between
 */
export async function* walkContacts(
  client: ChatBotKitClient,
  walk: ContactWalk,
): AsyncGenerator<readonly unknown[], void, undefined> {
  const order = walk.query.order === 'asc' ? 'asc' : 'desc'
  const progress: Progress = {
    after: walk.after,
    skipping: walk.lost === true,
    left: rowsFor(walk.query.take),
    cuts: 0,
  }
  if (progress.skipping) checkPlace(progress.after)
  for (;;) {
    const counts: Counts = { received: 0, last: undefined }
    const stream = await openStream(client, walk.path, queryOf(walk, progress), walk.call)
    try {
      for await (const items of itemsOf(stream, walk.call.operation)) {
        if (counts.received === 0 && progress.after !== walk.after) {
          checkOnward(items[0], progress, order, walk.call.operation)
        }
        counts.received += items.length
        counts.last = positionOf(items.at(-1)) ?? counts.last
        const fresh = takeFresh(items, progress, order)
        if (fresh.length === 0) continue
        progress.cuts = 0
        yield fresh
        if (progress.left <= 0) return
      }
    } catch (error) {
      if (!isCut(error) || ++progress.cuts >= client.resumePolicy.attempts) throw error
      await client.resumePolicy.pause(progress.cuts, walk.call.signal)
      continue
    }
    if (!(await endedEarly(client, walk, progress, counts))) return
    checkPlace(progress.after)
    progress.skipping = true
  }
}

/** A server, or a cache on the way, that does not look at the cursor would have the same rows handed out again and again. */
function checkOnward(
  row: unknown,
  { after, skipping }: Progress,
  order: 'asc' | 'desc',
  operation: string | undefined,
): void {
  const first = positionOf(row)
  if (skipping || after === undefined || first === undefined) return
  const [earlier = 0, later = earlier] =
    order === 'asc' ? [after.createdAt, first.createdAt] : [first.createdAt, after.createdAt]
  if (first.id !== after.id && earlier <= later) return
  throw badAnswer('the stream was resumed after the last contact seen, but began before it.', operation)
}

/** What one answer brought. */
interface Counts {
  received: number
  /** The place of its last row. */
  last: Position | undefined
}

/**
 * Tells whether a contact is no longer there, so that a listing cannot go on after it.
 *
 * @param id - the contact's id
 */
export async function isGone(client: ChatBotKitClient, id: string, call: EndpointCall): Promise<boolean> {
  try {
    await fetchContact(client, id, call)
    return false
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'not_found') return true
    throw error
  }
}

/**
 * An answer whose last page was short has reached the end. One that ends with a full page, or with nothing after a cursor,
 * also looks so when the row it stood on was deleted meanwhile.
 */
async function endedEarly(
  client: ChatBotKitClient,
  walk: ContactWalk,
  progress: Progress,
  counts: Counts,
): Promise<boolean> {
  // While rows are passed over, the server stands on one of those.
  const at = progress.skipping ? counts.last : progress.after
  if (counts.received % ROWS_PER_PAGE !== 0 || at === undefined) return false
  if (Number.isFinite(progress.left)) return false
  return isGone(client, at.id, walk.call)
}

function queryOf(walk: ContactWalk, { after, skipping, left }: Progress): Record<string, unknown> {
  const { take: _take, ...query } = walk.query
  return {
    ...query,
    // While rows are passed over, the server's budget would be used up by them.
    ...(Number.isFinite(left) && !skipping && { take: left }),
    ...(after && !skipping && { cursor: after.id }),
  }
}

/** The rows among some that were not handed out before; moves the walk on to the last of them. */
function takeFresh(items: readonly unknown[], progress: Progress, order: 'asc' | 'desc'): readonly unknown[] {
  let fresh = items
  if (progress.skipping) {
    const { after } = progress
    fresh = items.filter((item) => {
      const position = positionOf(item)
      return position !== undefined && (after === undefined || isBeyond(position, after, order))
    })
    // Rows come in order: after the first new one all are new, and the last of them is a place to resume at.
    if (fresh.length > 0) progress.skipping = false
  }
  if (fresh.length > progress.left) fresh = fresh.slice(0, progress.left)
  progress.left -= fresh.length
  for (let index = fresh.length - 1; index >= 0; index--) {
    const position = positionOf(fresh[index])
    if (!position) continue
    progress.after = position
    break
  }
  return fresh
}

async function* itemsOf(
  response: HttpResponse<ReadableStream<Uint8Array<ArrayBuffer>>>,
  operation: string | undefined,
): AsyncGenerator<unknown[], void, undefined> {
  for await (const events of readEvents(response, operation)) {
    const items: unknown[] = []
    let failure: JsonlEvent | undefined
    for (const event of events) {
      if (event.type === 'item') items.push(event.data)
      else if (event.type === 'error') failure ??= event
    }
    if (items.length > 0) yield items
    if (failure) throw errorFromBody(failure.data, operation)
  }
}

function isCut(error: unknown): boolean {
  return ContactsError.is(error) && ['network', 'timeout', 'unavailable', 'rate_limited'].includes(error.code)
}

/** How many rows the server sends for a `take`: pages of at most 100, the last one not trimmed. */
function rowsFor(take: unknown): number {
  if (typeof take !== 'number' || Number.isNaN(take) || Math.trunc(take) === 0)
    return Number.POSITIVE_INFINITY
  const rows = Math.max(1, Math.trunc(take))
  return rows <= ROWS_PER_PAGE ? rows : Math.ceil(rows / ROWS_PER_PAGE) * ROWS_PER_PAGE
}

function checkPlace(after: Position | undefined): void {
  if (after?.createdAt !== undefined) return
  throw new ContactsError({
    code: 'invalid_input',
    message:
      'The contact that the cursor stands on is no longer there, so the listing cannot go on after it. Begin again without a cursor.',
    provider: 'chatbotkit',
  })
}
