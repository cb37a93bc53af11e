import { ContactsError } from '../errors.ts';
/** A place in a listing whose pages are numbered, by page or by offset. It counts items, not pages, so it holds at any page size. */
export interface Place {
    /** How many items come before it. */
    readonly skip: number;
    /** The largest page that the provider is known to give, where it gave less than was asked for; absent for any size. */
    readonly limit?: number | undefined;
    /** What the adapter wants to know again of the page before. */
    readonly note?: string | undefined;
}
/** Writes a place as an opaque cursor. */
export declare function writePlace({ skip, limit, note }: Place): string;
/**
 * Reads a cursor back.
 *
 * @param cursor - from an earlier page; absent for the start
 * @throws ContactsError `invalid_input` for what {@link writePlace} does not write
 */
export declare function readPlace(cursor: string | undefined): Place;
/** The error for a cursor that no page of this listing gave. */
export declare function unknownCursor(): ContactsError;
