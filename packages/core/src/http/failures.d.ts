import { ContactsError, type ContactsErrorCode, type ContactsErrorIssue } from '../errors.ts';
/** An attempt that failed, and whether another one may be made. Thrown within the helper only. */
export declare class AttemptFailure {
    /** What the call fails with, when no further attempt is made. */
    readonly error: ContactsError;
    /** Whether the request may be sent again, attempts and time permitting. */
    readonly repeat: boolean;
    constructor(error: ContactsError, repeat: boolean);
}
/** What an error about a request needs to know of it. */
export interface FailureContext {
    readonly provider: string;
    readonly operation: string;
    /** Whether sending the request twice does the same as sending it once. */
    readonly idempotent: boolean;
    /** Whether it can change anything at the vendor. */
    readonly isWrite: boolean;
    /** Whether an attempt before may have been applied. */
    readonly mayHaveBeenApplied: () => boolean;
    /** The response headers that may hold the provider's request id. @default ['x-request-id'] */
    readonly requestIdHeaders: readonly string[] | undefined;
    /** Every text that was sent in the call. */
    readonly sent: () => readonly string[];
}
/** What an error about a request is made from. */
export interface RequestErrorInit {
    readonly code: ContactsErrorCode;
    /** What happened and what to do next. */
    readonly text: string;
    readonly retryable: boolean;
    /** Whether it is unknown if the attempt was applied, should it be a write. */
    readonly lost: boolean;
    readonly response?: Response | undefined;
    readonly retryAfterMs?: number | undefined;
    readonly vendorCode?: string | undefined;
    /** The vendor's own words, already sanitized. */
    readonly vendorMessage?: string | undefined;
    /** What the vendor says is wrong, already sanitized. */
    readonly issues?: readonly ContactsErrorIssue[] | undefined;
    readonly cause?: unknown;
}
/** A {@link ContactsError} about a request, with its message in the one form that all have. */
export declare function requestError(context: FailureContext, init: RequestErrorInit): ContactsError;
/**
 * An answer that cannot be understood.
 *
 * @param damaged - whether it looks damaged on its way, so that a request that is safe to repeat is sent again
 */
export declare function badResponse(context: FailureContext, response: Response, text: string, damaged?: boolean): AttemptFailure;
/**
 * An attempt that took too long.
 *
 * @param sent - whether anything was sent: before that, no write can have been applied
 */
export declare function timeoutFailure(context: FailureContext, text: string, sent: boolean): AttemptFailure;
/**
 * A connection that failed or was cut.
 *
 * @param response - where the headers had arrived
 */
export declare function networkFailure(context: FailureContext, error: unknown, response?: Response): AttemptFailure;
