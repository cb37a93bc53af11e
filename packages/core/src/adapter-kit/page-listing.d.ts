import type { AdapterPageQuery } from '../adapter/pages.ts';
import type { Listing, ListingSpec } from './listings.ts';
/** A page of a listing that is addressed by its number and size. */
export interface PagePlace {
    /** Its number; the first is 1. */
    readonly page: number;
    /** How many items to ask for. */
    readonly limit: number;
}
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
export declare function pageListing<Item, Query extends AdapterPageQuery = AdapterPageQuery>(spec: ListingSpec<PagePlace, Item, Query>): Listing<Item, Query>;
