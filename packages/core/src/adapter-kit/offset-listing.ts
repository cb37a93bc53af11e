import type { AdapterPageQuery } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import { sameJson } from '../model/same-json.ts'
import type { Listing, ListingSpec } from './listings.ts'
import { hasMoreBy, numberedListing } from './numbered-listing.ts'

/** A page of a listing that is addressed by offset. */
export interface OffsetPlace {
  /** How many items come before it. */
  readonly skip: number
  /** How many items to ask for. */
  readonly limit: number
  /** The `note` that came with the page before; absent at the start. */
  readonly note?: string | undefined
}

/**
 * Makes a listing whose pages are addressed by how many items come before them.
 *
 * It goes on while the vendor says that there is more: by `hasMore`; else by `total`, unless more was seen than that; else while
 * pages come full. An empty page ends it. A first page that comes short although more follow shows the vendor's own page size,
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
  return numberedListing(spec, async ({ skip, size: limit, note }, query, context) => {
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
  })
}

function offsetIgnored(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message:
      'The provider gives its first page again at a place beyond its last item, so the listing would never end. Report it to the provider.',
  })
}
