import { type $Fetch } from 'ofetch';
import { type Clock } from '../call/clock.ts';
import type { RetryOptions } from '../call/settings.ts';
import { ContactsError } from '../errors.ts';
import { type Semaphore, type TakeTurn } from './limiter.ts';
import type { FetchFunction, HttpConfig } from './types.ts';
/** {@link HttpConfig} checked, with nothing left open. */
export interface Settings {
    readonly config: HttpConfig;
    readonly provider: string;
    readonly baseUrl: string;
    readonly endpoints: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
    readonly deadlineMs: number;
    readonly retry: RetryPolicy;
    readonly places: Semaphore;
    /** Waits for a request's turn; absent without limits. */
    readonly takeTurn: TakeTurn | undefined;
    readonly maxResponseBytes: number;
    readonly clock: Clock;
    readonly random: () => number;
    /** Sends each request of the client. */
    readonly sender: $Fetch;
}
/** {@link RetryOptions} with nothing left open. */
export interface RetryPolicy {
    readonly attempts: number;
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
    readonly afterTimeout: boolean;
}
/** Makes the error about an option from what is wrong with it. */
type Fail = (problem: string) => ContactsError;
/**
 * Checks the options of a client and fills in what is absent.
 *
 * @throws ContactsError `config`
 */
export declare function settingsFrom(config: HttpConfig): Settings;
/**
 * Makes what sends requests by a `fetch`.
 *
 * @param fetch - @default the runtime's, looked up at each request
 */
export declare function createSender(fetch: FetchFunction | undefined): $Fetch;
/**
 * Checks that a number is above zero; `Infinity` is.
 *
 * @throws what `fail` makes, naming the option
 */
export declare function positive(value: number, name: string, fail: Fail): number;
/**
 * Fills in and checks retry options.
 *
 * @param retry - `false` is one attempt
 * @throws what `fail` makes, naming the option
 */
export declare function checkedRetry(retry: RetryOptions | false | undefined, defaults: RetryPolicy, fail: Fail): RetryPolicy;
/** Who an error about a URL is about. */
interface Context {
    readonly provider?: string;
    readonly operation?: string;
}
/**
 * Checks a base URL and takes its trailing slashes off.
 *
 * @throws ContactsError `config` unless it is an http(s) URL without user name, password, query and fragment
 */
export declare function normalizeBaseUrl(baseUrl: string | URL, context: Context): string;
/** Tells a URL from a path below the base URL. */
export declare const absoluteUrl: RegExp;
/**
 * Checks route overrides: each is a path below the base URL, or an absolute http(s) URL.
 *
 * @throws ContactsError `config`
 */
export declare function checkEndpoints(endpoints: Readonly<Record<string, string>>, context: Context): void;
/**
 * Parses an absolute http(s) URL.
 *
 * @throws ContactsError `config` for anything else, and for one with credentials or a fragment; it does not quote it
 */
export declare function parseHttpUrl(url: string | URL, what: string, context: Context): URL;
export {};
