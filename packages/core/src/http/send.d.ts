import type { CallScope } from '../call/scope.ts';
import { type Reader } from './body.ts';
import { AttemptFailure, type FailureContext } from './failures.ts';
import { type AttemptHeaders, type GivenHeader } from './headers.ts';
import type { PreparedRequest } from './request.ts';
import { type Settings } from './settings.ts';
import type { HttpResponse } from './types.ts';
/** A request under way, with all its attempts. */
export interface Sending {
    readonly prepared: PreparedRequest;
    readonly settings: Settings;
    /** What it must be answered within. */
    readonly scope: CallScope;
    readonly log: SendingLog;
    readonly failure: FailureContext;
    /** The signal of the call, which a stream follows when `scope` has ended. */
    readonly callSignal: AbortSignal;
    /** To be called when a stream is over. */
    readonly ended: () => void;
}
/** What is known of the attempts so far. */
export interface SendingLog {
    /** The headers of the present attempt, as soon as they are known. */
    headers: AttemptHeaders | undefined;
    /** The headers of all attempts, each once: those that are asked for anew can differ. */
    given: readonly GivenHeader[];
    /** Whether the present attempt was sent. */
    sent: boolean;
    /** Whether an attempt before may have been applied. */
    lost: boolean;
    /** The last failure. */
    last: AttemptFailure | undefined;
}
/**
 * Sends a request once: waits for a place, asks for the headers, sends, and reads the answer.
 *
 * @param number - 1 for the first attempt
 * @throws AttemptFailure; ContactsError for options that cannot work; the reason of the scope's signal when the call is over
 */
export declare function sendOnce<T>(sending: Sending, reader: Reader<T>, number: number): Promise<HttpResponse<T>>;
