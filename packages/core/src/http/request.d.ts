import { CallScope, type CallSettings } from '../call/scope.ts';
import { type HeaderSource } from './headers.ts';
import { type RetryPolicy, type Settings } from './settings.ts';
import type { HttpRequest } from './types.ts';
/** A request checked and encoded once, to be sent once or more. */
export interface PreparedRequest extends HeaderSource {
    readonly request: HttpRequest;
    /** The scope of the call that it belongs to; absent for a request that is a call of its own. */
    readonly scope: CallScope | undefined;
    /** What its call is made with. */
    readonly call: CallSettings;
    readonly method: string;
    readonly url: URL;
    readonly body: BodyInit | undefined;
    /** Whether sending it twice does the same as sending it once. */
    readonly idempotent: boolean;
    /** Whether it can change anything at the vendor. */
    readonly isWrite: boolean;
    /** Whether the body can be sent a second time; a stream cannot. */
    readonly replayable: boolean;
    readonly timeoutMs: number;
    readonly deadlineMs: number;
    readonly retry: RetryPolicy;
}
/**
 * Checks and encodes a request.
 *
 * @throws ContactsError `invalid_input` for what the caller gave, `config` for a route override that cannot work, for a group
 * without a limit, and for a runtime without `fetch`
 */
export declare function prepare(request: HttpRequest, settings: Settings): PreparedRequest;
/** Who an error about a URL is about. */
interface Context {
    readonly provider?: string;
    readonly operation?: string;
}
/**
 * The URL of a request: base URL, path (or its override), `{name}` parts filled in, query.
 *
 * @throws ContactsError `invalid_input` for values that cannot stand in a URL; `config` when an override leaves out a part
 * that the route has, or names one that it has not: the request would go to another record
 */
export declare function buildUrl(baseUrl: string, request: Pick<HttpRequest, 'path' | 'route' | 'params' | 'query'>, endpoints: Readonly<Record<string, string>>, context: Context): URL;
/**
 * Escapes an id so that it reaches the server as one segment of the path, whatever it holds.
 *
 * `.` and `..` are refused: URL parsers take them, and even their escaped forms `%2e` and `%2e%2e`, for steps in the path.
 *
 * @param id - the provider's id, unescaped
 * @throws ContactsError `invalid_input` for a blank id, `.`, `..`, and text with lone surrogates
 *
 * @example
 * ```ts
 * pathSegment('../x?y#z') // '..%2Fx%3Fy%23z'
 * ```
 */
export declare function pathSegment(id: string): string;
export {};
