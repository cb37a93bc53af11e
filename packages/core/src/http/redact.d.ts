import type { AttemptHeaders, GivenHeader } from './headers.ts';
import type { PreparedRequest } from './request.ts';
import type { HttpConfig, RequestEvent, ResponseEvent } from './types.ts';
/**
 * Makes a vendor's text fit to be shown: one line, without control characters, without queries of URLs and anything that was sent, and cut.
 *
 * @param sent - every text that was sent; compared without regard to case, also in its URL- and JSON-escaped forms
 * @returns `undefined` when nothing is left or the text is too long to be a message
 */
export declare function sanitize(text: string, sent: readonly string[]): string | undefined;
/** What of a body was sent: the strings in it, and numbers long enough to be someone's. */
export declare function textsIn(value: unknown, into: string[]): void;
/**
 * Every text that the attempts of a request sent, but those of public headers.
 *
 * @param headers - those of every attempt
 */
export declare function sentTexts({ request, body }: PreparedRequest, headers: readonly GivenHeader[], { publicHeaders }: HttpConfig): readonly string[];
/** A header's value and, of `Bearer x`, also `x`. */
export declare function credentialTexts(value: string): string[];
/**
 * Headers as hooks may see them: the values of sensitive names, and those that hold a credential, read `[redacted]`.
 *
 * @param credentials - texts that must not show up in any value
 */
export declare function redactHeaders(headers: Headers, credentials: readonly string[]): Record<string, string>;
/** Which attempt a hook is called for. */
export interface HookedAttempt {
    readonly prepared: PreparedRequest;
    readonly config: HttpConfig;
    /** 1 for the first. */
    readonly number: number;
    /** Absent while they are not known. */
    readonly headers: AttemptHeaders | undefined;
}
/**
 * A request as hooks may see it.
 *
 * @param url - where it goes: not to the request's own URL after a redirect
 */
export declare function requestEvent(attempt: HookedAttempt, url: URL): RequestEvent;
/** An answer as hooks may see it. */
export declare function responseEvent(attempt: HookedAttempt, url: URL, { status, headers }: Response, durationMs: number): ResponseEvent;
/** Calls a hook; neither what it throws nor a promise of its that is rejected disturbs the call. */
export declare function callHook<E>(hook: ((event: E) => unknown) | undefined, event: () => E): void;
