import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterPage, AdapterPageQuery } from '../adapter/pages.ts'
import type { Listing, ListingSpec, VendorPage } from './listings.ts'
import { type Place, readPlace, writePlace } from './place.ts'

/** A part of a listing that is to be read. */
export interface PartRequest {
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
export interface Part extends Pick<VendorPage, 'records' | 'total' | 'extra' | 'note'> {
  /** Whether more follow; never after a part without records. */
  readonly goesOn: boolean
  /** The largest page that the vendor gives, where that is known to be less than was asked for. */
  readonly ceiling?: number | undefined
}

/** Whether more follow, as far as it can be told from the total, and from whether the page came full. */
export function hasMoreBy(total: number | undefined, end: number, isFull: boolean): boolean {
  // A total below what has been seen counts something else, and tells nothing.
  return total === undefined || total < end ? isFull : end < total
}

/**
 * Makes a listing whose cursors count items. The first page may be shorter than asked for; a later one is read to its end, so
 * that pages that are read at the same time leave nothing between them.
 *
 * @param read - reads the part at a place, or as much of it as the vendor gives at once
 */
export function numberedListing<Item, Query extends AdapterPageQuery>(
  { maxPageSize, map }: Pick<ListingSpec<unknown, Item, Query>, 'maxPageSize' | 'map'>,
  read: (request: PartRequest, query: Query, context: AdapterContext) => Promise<Part>,
): Listing<Item, Query> {
  const sizeOf = ({ pageSize = maxPageSize }: Query, { limit = maxPageSize }: Place): number =>
    Math.min(pageSize, limit, maxPageSize)
  return {
    async page(query, context) {
      const place = readPlace(query.cursor)
      const size = sizeOf(query, place)
      let records: readonly unknown[] = []
      let { limit, note } = place
      let total: number | undefined
      let part: Part
      do {
        const skip = place.skip + records.length
        const most = Math.min(size, limit ?? size)
        const wanted = Math.min(size - records.length, most)
        part = await read({ skip, size: wanted, limit: most, note }, query, context)
        records = records.length === 0 ? part.records : [...records, ...part.records]
        total = part.total ?? total
        limit = part.ceiling ?? limit
        note = part.note
      } while (query.cursor !== undefined && part.goesOn && records.length < size)
      return {
        items: context.mapRecords(records, (record, index) => map(record, index, query)),
        nextCursor: part.goesOn ? writePlace({ skip: place.skip + records.length, limit, note }) : undefined,
        total,
        extra: part.extra,
      }
    },
    *laterCursors({ nextCursor, total }: AdapterPage<Item>, query) {
      if (nextCursor === undefined || total === undefined) return
      const next = readPlace(nextCursor)
      const size = sizeOf(query, next)
      for (let { skip } = next; skip < total; skip += size) yield writePlace({ ...next, skip })
    },
  }
}
