import type { AdapterContext } from '../adapter/context.ts';
import type { AdapterPageQuery } from '../adapter/pages.ts';
import type { Listing, ListingSpec, VendorPage } from './listings.ts';
/** A part of a listing that is to be read. */
export interface PartRequest {
    /** How many items come before it. */
    readonly skip: number;
    /** How many items are wanted. */
    readonly size: number;
    /** The page size to ask with, where the place of a page follows from its size. */
    readonly limit: number;
    /** What came with the part before. */
    readonly note?: string | undefined;
}
/** A part of a listing, as far as the vendor gave it. */
export interface Part extends Pick<VendorPage, 'records' | 'total' | 'extra' | 'note'> {
    /** Whether more follow; never after a part without records. */
    readonly goesOn: boolean;
    /** The largest page that the vendor gives, where that is known to be less than was asked for. */
    readonly ceiling?: number | undefined;
}
/** Whether more follow, as far as it can be told from the total, and from whether the page came full. */
export declare function hasMoreBy(total: number | undefined, end: number, isFull: boolean): boolean;
/**
 * Makes a listing whose cursors count items. The first page may be shorter than asked for; a later one is read to its end, so
 * that pages that are read at the same time leave nothing between them.
 *
 * @param read - reads the part at a place, or as much of it as the vendor gives at once
 */
export declare function numberedListing<Item, Query extends AdapterPageQuery>({ maxPageSize, map }: Pick<ListingSpec<unknown, Item, Query>, 'maxPageSize' | 'map'>, read: (request: PartRequest, query: Query, context: AdapterContext) => Promise<Part>): Listing<Item, Query>;
