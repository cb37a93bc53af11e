import { type Applied } from '../errors.ts';
import { type Clock } from './clock.ts';
import type { CallOptions } from './settings.ts';
/** What one call is made with. What is absent is as the client was made. */
export interface CallSettings extends CallOptions {
    /** What errors and hooks call it. @default the name of the endpoint */
    readonly operation?: string | undefined;
}
/** What a scope is opened with, beside the settings of its call. */
export interface ScopeInit {
    readonly provider: string;
    readonly operation: string;
    readonly clock: Clock;
    /**
     * Whether the deadline counts for each request up to its headers, instead of for everything in the scope: for what is read as
     * one stream, which lasts as long as its reader takes.
     * @default false
     */
    readonly untilHeaders?: boolean | undefined;
    /** When the deadline of a scope that this one is a part of passes. @default this one's own */
    readonly endsAt?: number | undefined;
}
/** What became of a write that was sent. */
export interface SentWrite {
    /** Says what the answer said; `unknown` where there was none that can be understood. */
    settle(applied: Applied): void;
}
/**
 * Everything that happens under one call: an awaited call with all its requests, one page of a listing, one item of a batch, or
 * one stream. It holds one signal, one deadline, and what was sent. Adapters hand it to each request as it is.
 */
export declare class CallScope implements CallSettings {
    #private;
    readonly provider: string;
    readonly operation: string;
    readonly timeoutMs: number | undefined;
    readonly deadlineMs: number | undefined;
    readonly headers: Readonly<Record<string, string>> | undefined;
    readonly retry: CallOptions['retry'];
    readonly clock: Clock;
    /** Aborted when the caller aborts, and when the deadline passes. */
    readonly signal: AbortSignal;
    /** When the deadline passes, in milliseconds since the epoch; `Infinity` without one. */
    readonly endsAt: number;
    constructor(settings: CallOptions, init: ScopeInit, log?: CallLog);
    /** A scope with the same settings and a deadline of its own: for one item of a batch, or one page. */
    child(): CallScope;
    /**
     * A part of this scope that ends earlier: with the same deadline and the same memory, aborted by a signal of its own too.
     *
     * @param signal - one that follows this scope's
     */
    part(signal: AbortSignal): CallScope;
    /**
     * The scope of one request: this one, or, where there is no deadline for the whole, one of its own.
     *
     * @param deadlineMs - the HTTP client's, for a call that has none
     */
    forRequest(deadlineMs: number): CallScope;
    /** Ends it: nothing listens and no timer runs any more. Safe to call more than once. */
    close(): void;
    /** Aborts what is still under way in it, and ends it. */
    leave(reason: unknown): void;
    /**
     * Notes what a request sends, so that no error of the call shows it.
     *
     * @param texts - asked for when there is an error
     */
    noteSent(texts: () => readonly string[]): void;
    /** Every text that any request of the call sent. */
    sentTexts(): readonly string[];
    /**
     * Notes that a write is sent; until it is settled its fate is unknown.
     *
     * @param idempotent - whether sending it twice does the same as sending it once
     */
    beginWrite(idempotent: boolean): SentWrite;
    /** Settles every write of the call whose fate is unknown, where something else has told it. */
    settleWrites(applied: 'no' | 'yes'): void;
    /** Notes that a part of the write was left out, by its dotted path, and that the caller knows. */
    noteDropped(path: string): void;
    /** Tells whether a part of the write, or what it belongs to, was left out with the caller's knowledge. */
    wasDropped(path: string): boolean;
    /** Whether something was written in this scope. */
    get applied(): Applied;
    /**
     * What a failure of the call is thrown as: the caller's own reason untouched, a passed deadline as `timeout`, and anything else
     * with what is known of the writes before it.
     */
    failure(error: unknown, cause?: unknown): unknown;
}
/** What was sent under a call. */
declare class CallLog {
    #private;
    /** Whether everything that may have been applied does the same when it is sent again. */
    repeatable: boolean;
    note(texts: () => readonly string[]): void;
    texts(): readonly string[];
    begin(idempotent: boolean): SentWrite;
    settleAll(applied: 'no' | 'yes'): void;
    get applied(): Applied;
}
export {};
