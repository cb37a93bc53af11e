import type { AdapterPageQuery } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import type { Listing, ListingSpec, VendorPage } from './listings.ts'
import { hasMoreBy, numberedListing, type Part, type PartRequest } from './numbered-listing.ts'

/** A page of a listing that is addressed by its number and size. */
export interface PagePlace {
  /** Its number; the first is 1. */
  readonly page: number
  /** How many items to ask for. */
  readonly limit: number
}

/** Each time the vendor gives pages of another size than asked for, the place is asked for again; no more often than this. */
const MAX_TRIES = 5

/**
 * Makes a listing whose pages are addressed by their number and size. The vendor may give pages of another size than was asked
 * for, openly or not: its cursors count items, so nothing is lost or doubled then.
 *
 * It goes on while the vendor says that there is more: by `hasMore`; else by `total`, unless more was seen than that; else while
 * pages come full. An empty page ends it. A vendor that keeps answering other pages is `bad_response`.
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
  return numberedListing(spec, (request, query, context) =>
    readPart(request, (place) => spec.read(place, query, context)),
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
    const { records: all, total, hasMore, page = asked, limit: said = limit, extra } = reply
    const given = givenLimit(all.length, said, page, total)
    const start = (page - 1) * given
    const end = start + all.length
    // A size that was guessed from a short page places only the first one.
    const isPlaced = page === 1 || given === said
    if (isPlaced && start <= skip && (skip < end || all.length === 0 || end >= (total ?? end))) {
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
  throw new ContactsError({
    code: 'bad_response',
    message:
      'The provider answered another page of the listing than the one asked for. Report it to the provider.',
  })
}

/** The size of the pages: what the vendor says, or what a page holds that has more, or less although more follow. */
function givenLimit(length: number, said: number, page: number, total: number | undefined): number {
  const limit = Math.max(1, said)
  const isShort = length > 0 && length < limit && total !== undefined && (page - 1) * limit + length < total
  return isShort ? length : Math.max(limit, length)
}
