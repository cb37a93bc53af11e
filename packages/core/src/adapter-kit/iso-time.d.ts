import type { ContactsError } from '../errors.ts';
/** Makes the error for a member of a record that cannot be read; `badRecord` of {@link ProviderErrors}. */
export type BadRecord = (path: string, message: string) => ContactsError;
/**
 * A vendor's time as ISO 8601 in UTC, to the millisecond.
 *
 * @param value - milliseconds since the epoch, or ISO 8601 text: with a zone or without one, which is taken as UTC; with a
 * space for the `T`; a bare date is its midnight in UTC. Null, empty text and nothing are "absent"
 * @param field - what the vendor calls it, for the error
 * @param fail - makes the error
 * @param path - where the record stands in the answer, for example `items.3`. @default the answer itself
 * @returns `undefined` for what is absent
 * @throws ContactsError what `fail` makes, for a value that is no time in the years 0 to 9999
 */
export declare function isoTime(value: string | number | null | undefined, field: string, fail: BadRecord, path?: string): string | undefined;
/**
 * As {@link isoTime}, with `undefined` for what is no time.
 *
 * @param value - milliseconds since the epoch, or ISO 8601 text
 */
export declare function parseTime(value: string | number): string | undefined;
