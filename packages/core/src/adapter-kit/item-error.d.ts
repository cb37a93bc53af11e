import { ContactsError, type ContactsErrorCode } from '../errors.ts';
/** What is known of an item that a native batch refused. */
export interface RefusedItem {
    /** The adapter's `provider`. */
    readonly provider: string;
    /** The operation, for example `createMany`. */
    readonly operation?: string | undefined;
    /** The item as it was sent: every text in it is taken out of the vendor's words. */
    readonly item: unknown;
    /** The vendor's own words. */
    readonly message?: string | undefined;
    /** What kind of refusal it is. @default 'invalid_input' */
    readonly code?: ContactsErrorCode | undefined;
    /** The vendor's code. */
    readonly vendorCode?: string | undefined;
}
/**
 * The error of an item that a native batch refused while others were taken.
 *
 * @param refused - what is known of it
 */
export declare function itemError(refused: RefusedItem): ContactsError;
