import type { JsonObject } from '../model/json.ts';
import { type BadRecord } from './iso-time.ts';
/**
 * A member of a value that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @returns `undefined` for what has no such member of its own
 */
export declare function readMember(value: unknown, key: string): unknown;
/**
 * The first of several members that holds text. Empty text is "absent", as it is to vendors.
 *
 * @param value - anything, parsed from JSON
 * @param keys - the members' names, the preferred one first
 */
export declare function readText(value: unknown, ...keys: readonly string[]): string | undefined;
/**
 * A member that holds a time, as {@link isoTime} reads it. What is neither text nor a number is "absent".
 *
 * @param value - anything, parsed from JSON
 * @param key - the member's name
 * @param fail - makes the error
 * @throws ContactsError what `fail` makes, for text or a number that is no time
 */
export declare function readTime(value: unknown, key: string, fail: BadRecord): string | undefined;
/**
 * The id of a record that was not checked.
 *
 * @param value - anything, parsed from JSON
 * @param fail - makes the error
 * @param keys - what the id may be called, the preferred name first. @default id
 * @throws ContactsError what `fail` makes, when none of them holds text
 */
export declare function readId(value: unknown, fail: BadRecord, ...keys: readonly string[]): string;
/**
 * A copy of an object without the members that are null or undefined.
 *
 * @param object - parsed from JSON, or checked to be JSON
 */
export declare function withoutNulls(object: Readonly<Record<string, unknown>>): JsonObject;
