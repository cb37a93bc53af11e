import type { ContactsErrorCode, ContactsErrorIssue } from '../errors.ts';
import type { ErrorClassification, ErrorResponse } from '../http/types.ts';
/** What a vendor's error body says, as it stands there: members of another type than they should have are left out. */
export interface VendorError {
    /** The vendor's own words. */
    readonly message?: unknown;
    /** The vendor's code: text or a number. */
    readonly code?: unknown;
    /** What exactly is wrong, and where. */
    readonly issues?: readonly ContactsErrorIssue[] | undefined;
    /** Our code, where the body says more than the vendor's code does; stands against everything else. */
    readonly as?: ContactsErrorCode | undefined;
    /** Whether sending the request again would change nothing, whatever its status. @default as `final` of the rules says */
    readonly final?: boolean | undefined;
}
/** How a vendor's error answers are read. */
export interface ErrorRules {
    /**
     * Reads the body.
     *
     * @param json - the body: a JSON object
     * @returns `undefined` for what is no error body of the vendor's
     */
    read(json: Readonly<Record<string, unknown>>, response: ErrorResponse): VendorError | undefined;
    /** Our codes for the vendor's. A vendor's code that is not here leaves the answer to its status. */
    readonly codes?: Readonly<Record<string, ContactsErrorCode>> | undefined;
    /** The vendor's codes whose answer does not change when the request is sent again. @default none */
    readonly final?: readonly string[] | undefined;
    /** What the message of a 400 looks like that means `not_found`. @default a 400 never does */
    readonly notFoundText?: RegExp | undefined;
    /**
     * What a 404 means that is not the vendor's own: with a body that is no JSON object, or that `read` does not know. A missing
     * route or the page of an edge must not look like a missing contact, which an upsert would create. @default 'not_found'
     */
    readonly foreign404?: ContactsErrorCode | undefined;
}
/**
 * Makes the `classify` of an HTTP client from what is special about a vendor.
 *
 * The code is `as`, else `not_found` for a 404 or a 400 that says so, else `rate_limited` for a 429, else what `codes` has for
 * the vendor's code, else left to the status. Bodies that are no JSON object are left to the status whole.
 *
 * @param rules - what is special about the vendor
 *
 * @example
 * ```ts
 * const classify = errorClassifier({
 *   read: ({ error }) => (isPlainObject(error) ? { message: error.message, code: error.code } : undefined),
 *   codes: { email_taken: 'conflict' },
 * })
 * ```
 */
export declare function errorClassifier(rules: ErrorRules): (response: ErrorResponse) => ErrorClassification;
