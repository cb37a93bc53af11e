import type { AbortSource } from '../call/signals.ts';
import { AttemptFailure, type FailureContext } from './failures.ts';
import type { PreparedRequest } from './request.ts';
import type { ErrorClassification, HttpConfig, ResetHeader } from './types.ts';
/**
 * Turns an answer that is an error into the failure of an attempt: code from the status, unless the adapter's `classify` says
 * otherwise. Takes bodies of any kind, also those that break off.
 *
 * @param nowMs - our clock, for an answer without a date of its own
 */
export declare function failureFromResponse(response: Response, context: FailureContext, config: HttpConfig, nowMs: number, abort: AbortSource): Promise<AttemptFailure>;
/**
 * Turns an answer that is a refusal under a status of success into the failure of an attempt.
 *
 * @param found - what the adapter's `classifyAnswer` says
 * @param nowMs - our clock, for an answer without a date of its own
 */
export declare function failureFromAnswer(found: ErrorClassification, response: Response, context: FailureContext, config: HttpConfig, nowMs: number): AttemptFailure;
/**
 * How long an answer asks to wait: by `Retry-After`, else by the vendor's reset headers. A time is measured against the answer's
 * own `Date`, because the server's clock and ours can differ.
 *
 * @param nowMs - our clock, in milliseconds since the epoch: for an answer without a valid `Date`
 * @returns milliseconds, 0 for a time that has passed; `undefined` where it does not ask
 */
export declare function requestedWait(headers: Headers, resetHeaders: readonly (string | ResetHeader)[] | undefined, nowMs: number): number | undefined;
/**
 * Where an answer redirects to.
 *
 * Only within the origin, so that no credential follows elsewhere; and only where the same request can be sent there: with
 * 301, 302 and 303, other methods than GET and HEAD would turn into a GET.
 *
 * @returns the URL to ask next, why it is refused, or `undefined` when the answer is no redirect
 */
export declare function redirectTarget(response: Response, from: URL, { method, replayable }: Pick<PreparedRequest, 'method' | 'replayable'>): URL | string | undefined;
