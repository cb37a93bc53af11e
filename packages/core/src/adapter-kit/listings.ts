import type { AdapterContext } from '../adapter/context.ts'
import type { AdapterPage, AdapterPageQuery } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'

/** One page as a vendor answered it. */
export interface VendorPage {
  readonly records: readonly unknown[]
  /** How many match in all; absent where the vendor does not tell. */
  readonly total?: number | undefined
  /** Whether more follow; absent where the vendor does not tell. It counts before `total`. */
  readonly hasMore?: boolean | undefined
  /** The vendor's cursor of the next page, for {@link cursorListing}; absent at the end. */
  readonly nextCursor?: string | undefined
  /** The page size that the vendor says it gave, for `pageListing`; it may be another than was asked for. */
  readonly limit?: number | undefined
  /** The number of the page that the vendor says it gave, for `pageListing`. */
  readonly page?: number | undefined
  /** Handed to the read of the page after this one, for `offsetListing`: what the adapter wants to know again there. */
  readonly note?: string | undefined
  /** What the page says beside its items, for example an unread count. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
}

/** A listing as an adapter's methods need it. */
export interface Listing<Item, Query extends AdapterPageQuery = AdapterPageQuery> {
  /**
   * One page, at the query's cursor.
   *
   * @throws ContactsError `invalid_input` for a cursor of another listing
   */
  page(query: Query, context: AdapterContext): Promise<AdapterPage<Item>>
  /** The cursors of the pages after the first; none where it told no total. For an adapter's `laterCursors`. */
  laterCursors(first: AdapterPage<Item>, query: Query): Iterable<string>
}

/**
 * What an adapter states of a listing that comes by pages.
 *
 * @typeParam Place - how the vendor addresses a page
 */
export interface ListingSpec<Place, Item, Query extends AdapterPageQuery> {
  /** The most items that are asked for at a time. */
  readonly maxPageSize: number
  /** Asks the vendor for one page. */
  read(place: Place, query: Query, context: AdapterContext): Promise<VendorPage>
  /** Makes an item of a record. What it throws as `bad_response` is treated as the client's `onInvalid` says. */
  map(record: unknown, index: number, query: Query): Item
}

/** A page of a listing that is addressed by offset. */
export interface OffsetPlace {
  /** How many items come before it. */
  readonly skip: number
  /** How many items to ask for. */
  readonly limit: number
  /** The `note` that came with the page before; absent at the start. */
  readonly note?: string | undefined
}

/** A page of a listing that is addressed by its number and size. */
export interface PagePlace {
  /** Its number; the first is 1. */
  readonly page: number
  /** How many items to ask for. */
  readonly limit: number
}

/** A page of a listing that goes on by the vendor's own cursor. */
export interface CursorPlace {
  /** Absent for the start. */
  readonly cursor: string | undefined
  /** How many items to ask for. */
  readonly limit: number
}

/**
 * Makes a listing whose pages are addressed by the vendor's own cursor.
 *
 * @example
 * ```ts
 * const people = cursorListing<Contact<Person>, AdapterListQuery>({
 *   maxPageSize: 50,
 *   async read({ cursor, limit }, _query, { call }) {
 *     const { people, next } = await api.list({ limit, after: cursor }, call)
 *     return { records: people, nextCursor: next ?? undefined }
 *   },
 *   map: toContact,
 * })
 * ```
 */
export function cursorListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>({
  maxPageSize,
  read,
  map,
}: ListingSpec<CursorPlace, Item, Query>): Pick<Listing<Item, Query>, 'page'> {
  return {
    async page(query, context) {
      const limit = Math.min(query.pageSize ?? maxPageSize, maxPageSize)
      const page = await read({ cursor: query.cursor, limit }, query, context)
      const { records, nextCursor, hasMore, total, extra } = page
      return {
        items: context.mapRecords(records, (record, index) => map(record, index, query)),
        // A blank cursor could not be passed back: it is the end.
        nextCursor: hasMore === false || nextCursor?.trim() === '' ? undefined : nextCursor,
        total,
        extra,
      }
    },
  }
}

/** What an adapter states of a listing that comes all at once. */
export interface WholeListingSpec<Item, Query extends AdapterPageQuery> {
  /** Asks the vendor for all records. */
  read(query: Query, context: AdapterContext): Promise<readonly unknown[]>
  /** Makes an item of a record. What it throws as `bad_response` is treated as the client's `onInvalid` says. */
  map(record: unknown, index: number, query: Query): Item
}

/** Makes a listing that comes all at once. It has no cursors and refuses each one. */
export function wholeListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>({
  read,
  map,
}: WholeListingSpec<Item, Query>): Pick<Listing<Item, Query>, 'page'> {
  return {
    async page(query, context) {
      if (query.cursor !== undefined) throw unknownCursor()
      const records = await read(query, context)
      return { items: context.mapRecords(records, (record, index) => map(record, index, query)) }
    },
  }
}

/** The error for a cursor that no page of this listing gave. */
export function unknownCursor(): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: 'The cursor is none of this provider: pass the nextCursor of an earlier page as it is.',
    issues: [{ path: 'cursor', message: 'must be the nextCursor of an earlier page' }],
  })
}

/** The error for a vendor that passes over the offset. */
export function offsetIgnored(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message:
      'The provider gives its first page again at a place beyond its last item, so the listing would never end. Report it to the provider.',
  })
}

/** The error for a vendor that keeps answering another page. */
export function otherPage(): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message:
      'The provider answered another page of the listing than the one asked for. Report it to the provider.',
  })
}
