import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterPage, AdapterPageQuery } from '../adapter/pages.ts'
import { sameJson } from '../model/json.ts'
import { type Fit, fitPage } from './fit-page.ts'
import {
  type Listing,
  type ListingSpec,
  type OffsetPlace,
  offsetIgnored,
  otherPage,
  type PagePlace,
  unknownCursor,
  type VendorPage,
} from './listings.ts'

/**
 * Makes a listing whose pages are addressed by how many items come before them.
 *
 * It goes on while the vendor says that there is more: by `hasMore`; else while fewer were seen than `total`, or pages come full. An
 * empty page ends it. A first page that comes short although more follow shows the vendor's own page size,
 * which is kept to from then on; a later page that comes short is read to its end. A page beyond the total that has items is
 * compared with the first page: a vendor that passes over the offset is `bad_response`.
 *
 * @example
 * ```ts
 * const notices = offsetListing<Notification>({
 *   maxPageSize: 100,
 *   async read({ skip, limit }, _query, { call }) {
 *     const { rows, count } = await api.listNotices({ skip, limit }, call)
 *     return { records: rows, total: count }
 *   },
 *   map: toNotification,
 * })
 * ```
 */
export function offsetListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>(
  spec: ListingSpec<OffsetPlace, Item, Query>,
): Listing<Item, Query> {
  return numberedListing(
    spec,
    async ({ skip, size: limit, note }, query, context) => {
      const { records, total, hasMore, ...rest } = await spec.read({ skip, limit, note }, query, context)
      const end = skip + records.length
      if (records.length > 0 && total !== undefined && skip > 0 && skip >= total) {
        // The total counts something else, or the vendor passes over the offset.
        const start = await spec.read({ skip: 0, limit }, query, context)
        if (sameJson(start.records[0], records[0])) throw offsetIgnored()
      }
      const goesOn = records.length > 0 && (hasMore ?? hasMoreBy(total, end, records.length >= limit))
      const isShortStart = skip === 0 && goesOn && records.length < limit
      return { ...rest, records, total, goesOn, ceiling: isShortStart ? records.length : undefined }
    },
    (_, size, most) => ({ limit: Math.min(size, most), size: Math.min(size, most) }),
  )
}

/** Each time the vendor gives pages of another size than asked for, the place is asked for again; no more often than this. */
const MAX_TRIES = 5

/**
 * Makes a listing whose pages are addressed by their number and size. The vendor may give pages of another size than was asked
 * for, openly or not: its cursors count items, so nothing is lost or doubled then.
 *
 * It goes on while the vendor says that there is more: by `hasMore`; else while fewer were seen than `total`, or pages come full. An
 * empty page ends it. A vendor that keeps answering other pages is `bad_response`.
 *
 * @example
 * ```ts
 * const people = pageListing<Contact<Person>, AdapterListQuery>({
 *   maxPageSize: 100,
 *   async read({ page, limit }, query, { call }) {
 *     const reply = await api.list({ page, limit, filter: toFilter(query.where) }, call)
 *     return { records: reply.data, total: reply.total, page: reply.page, limit: reply.limit }
 *   },
 *   map: toContact,
 * })
 * ```
 */
export function pageListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>(
  spec: ListingSpec<PagePlace, Item, Query>,
): Listing<Item, Query> {
  return numberedListing(
    spec,
    (request, query, context) => readPart(request, (place) => spec.read(place, query, context)),
    fitPage,
  )
}

/**
 * Reads the items at a place. Where the vendor gives pages of another size than was asked for, the page that was meant is
 * elsewhere, and is asked for again by the size that is given.
 */
async function readPart(
  { skip, size, limit: firstLimit }: PartRequest,
  read: (place: PagePlace) => Promise<VendorPage>,
): Promise<Part> {
  let limit = firstLimit
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const asked = Math.floor(skip / limit) + 1
    const reply = await read({ page: asked, limit })
    const { records: all, total, hasMore, page = asked, extra } = reply
    const said = reply.limit !== undefined && reply.limit > 0 ? reply.limit : limit
    const given = givenLimit(all.length, said, page, reply)
    const start = (page - 1) * given
    const end = start + all.length
    // A size that was guessed from a short page places only the first one.
    const isPlaced = page === 1 || given === said
    // Where no total is told, a full page may have others behind it.
    const reachesEnd = total === undefined ? hasMore === false || all.length < given : end >= total
    const isLast = hasMore !== true && reachesEnd
    if (isPlaced && start <= skip && (skip < end || all.length === 0 || isLast)) {
      const records = all.slice(skip - start, skip - start + size)
      const after = skip + records.length
      const isEnd = after >= end && !(hasMore ?? hasMoreBy(total, end, all.length >= given))
      return {
        records,
        total,
        extra,
        goesOn: records.length > 0 && !isEnd,
        ceiling: given < firstLimit ? given : undefined,
      }
    }
    if (given === limit) break
    limit = given
  }
  throw otherPage()
}

/** The size of the pages: what the vendor says, or what a page holds that has more, or less although more follow. */
function givenLimit(length: number, limit: number, page: number, { total, hasMore }: VendorPage): number {
  const isFollowed = hasMore ?? (total !== undefined && (page - 1) * limit + length < total)
  return isFollowed && length > 0 && length < limit ? length : Math.max(limit, length)
}

/** A place in a listing whose pages are numbered, by page or by offset. It counts items, not pages, so it holds at any page size. */
export interface Place {
  /** How many items come before it. */
  readonly skip: number
  /** The largest page that the provider is known to give, where it gave less than was asked for; absent for any size. */
  readonly limit?: number | undefined
  /** What the adapter wants to know again of the page before. */
  readonly note?: string | undefined
}

/** Writes a place as an opaque cursor. */
export function writePlace({ skip, limit, note }: Place): string {
  const size = limit === undefined ? '' : `l${limit}`
  return note === undefined ? `o${skip}${size}` : `o${skip}${size}~${note}`
}

/**
 * Reads a cursor back.
 *
 * @param cursor - from an earlier page; absent for the start
 * @throws ContactsError `invalid_input` for what {@link writePlace} does not write
 */
export function readPlace(cursor: string | undefined): Place {
  if (cursor === undefined) return { skip: 0 }
  const [, skip, limit, note] = /^o(\d{1,15})(?:l([1-9]\d{0,14}))?(?:~(.+))?$/s.exec(cursor) ?? []
  if (skip === undefined) throw unknownCursor()
  return {
    skip: Number(skip),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(note !== undefined && { note }),
  }
}

/** A part of a listing that is to be read. */
interface PartRequest {
  /** How many items come before it. */
  readonly skip: number
  /** How many items are wanted. */
  readonly size: number
  /** The page size to ask with, where the place of a page follows from its size. */
  readonly limit: number
  /** What came with the part before. */
  readonly note?: string | undefined
}

/** A part of a listing, as far as the vendor gave it. */
interface Part extends Pick<VendorPage, 'records' | 'total' | 'extra' | 'note'> {
  /** Whether more follow; never after a part without records. */
  readonly goesOn: boolean
  /** The largest page that the vendor gives, where that is known to be less than was asked for. */
  readonly ceiling?: number | undefined
}

/** Whether more follow, as far as it can be told from the total, and from whether the page came full. */
function hasMoreBy(total: number | undefined, end: number, isFull: boolean): boolean {
  // A total below what has been seen counts something else, and tells nothing. One that a full page just reaches may be the count
  // of that page: one request more tells.
  return total === undefined || total <= end ? isFull : true
}

/** No provider refuses pages of so many, so that more than the caller's page size may be asked for. */
const UNREFUSED = 50

/** What is asked for at a place. */
interface Cut {
  /** How many items of the page before are asked for too. */
  readonly before: 0 | 1
  /** How many items of its own the page is to have. */
  readonly size: number
  /** The page size to ask with. */
  readonly limit: number
}

/**
 * Makes a listing whose cursors count items. The first page may be shorter than asked for; a later one is read to its end, so
 * that pages that are read at the same time leave nothing between them.
 *
 * @param read - reads the part at a place, or as much of it as the vendor gives at once
 * @param fit - how a part that begins after so many items and has so many is best asked for, in pages of so many at most
 */
function numberedListing<Item, Query extends AdapterPageQuery>(
  { maxPageSize, map }: Pick<ListingSpec<unknown, Item, Query>, 'maxPageSize' | 'map'>,
  read: (request: PartRequest, query: Query, context: AdapterContext) => Promise<Part>,
  fit: (skip: number, size: number, most: number) => Fit,
): Listing<Item, Query> {
  const cutAt = ({ skip, limit, note }: Place, { pageSize = maxPageSize, overlap = false }: Query): Cut => {
    const most = Math.min(limit ?? maxPageSize, maxPageSize)
    const size = Math.min(pageSize, most)
    // What an adapter notes of a page is of its first record, which must be its own.
    if (!overlap || skip === 0 || most < 2 || note !== undefined) return { before: 0, size, limit: size }
    const largest = Math.min(most, Math.max(size, UNREFUSED))
    const fitted = fit(skip - 1, Math.min(size + 1, largest), largest)
    return { before: 1, size: Math.max(1, fitted.size - 1), limit: fitted.limit }
  }
  return {
    async page(query, context) {
      const place = readPlace(query.cursor)
      const { before, size, limit: first } = cutAt(place, query)
      const wanted = before + size
      let records: readonly unknown[] = []
      let { limit, note } = place
      let total: number | undefined
      let part: Part
      do {
        const skip = place.skip - before + records.length
        const most = Math.min(first, limit ?? first)
        const rest = Math.min(wanted - records.length, most)
        part = await read({ skip, size: rest, limit: most, note }, query, context)
        records = records.length === 0 ? part.records : [...records, ...part.records]
        total = part.total ?? total
        limit = part.ceiling ?? limit
        note = part.note
      } while (query.cursor !== undefined && part.goesOn && records.length < wanted)
      const own = records.slice(before)
      const ends: number[] = []
      const items = context.mapRecords(own, (record, index) => {
        const item = map(record, index + before, query)
        ends.push(place.skip + index + 1)
        return item
      })
      const border =
        before === 0 ? undefined : mapQuietly(records.slice(0, 1), (record) => map(record, 0, query))
      return {
        items: border ? [...border, ...items] : items,
        ...(border && { overlap: border.length }),
        ...(before > 0 && {
          cursorAfter: (at: number) =>
            writePlace({ skip: ends[at - (border?.length ?? 0)] ?? place.skip, limit }),
        }),
        nextCursor: part.goesOn ? writePlace({ skip: place.skip + own.length, limit, note }) : undefined,
        total,
        extra: part.extra,
      }
    },
    *laterCursors({ nextCursor, total }: AdapterPage<Item>, query) {
      if (nextCursor === undefined || total === undefined) return
      let place = readPlace(nextCursor)
      for (; place.skip < total; place = { ...place, skip: place.skip + cutAt(place, query).size }) {
        yield writePlace(place)
      }
    },
  }
}

/** Maps what was mapped with the page before already, and there was treated as `onInvalid` says; `undefined` where it cannot be mapped. */
function mapQuietly<Item>(
  records: readonly unknown[],
  map: (record: unknown) => Item,
): readonly Item[] | undefined {
  try {
    return records.map(map)
  } catch {
    return undefined
  }
}
