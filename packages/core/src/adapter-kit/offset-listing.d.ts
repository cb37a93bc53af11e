import type { AdapterPageQuery } from '../adapter/pages.ts';
import type { Listing, ListingSpec } from './listings.ts';
/** A page of a listing that is addressed by offset. */
export interface OffsetPlace {
    /** How many items come before it. */
    readonly skip: number;
    /** How many items to ask for. */
    readonly limit: number;
    /** The `note` that came with the page before; absent at the start. */
    readonly note?: string | undefined;
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
export declare function offsetListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>(spec: ListingSpec<OffsetPlace, Item, Query>): Listing<Item, Query>;
