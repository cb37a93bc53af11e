import type { Clock } from '../call/clock.ts';
import type { AbortSource } from '../call/signals.ts';
import { type FailureContext } from './failures.ts';
import type { ErrorClassification, ErrorResponse, HttpConfig } from './types.ts';
/** Bytes that are not shared between threads, as `fetch` gives them. */
export type Bytes = Uint8Array<ArrayBuffer>;
/** How a successful answer is asked for and read. */
export interface Reader<T> {
    /** What to accept, where no header says so. */
    readonly accept: string;
    /** Turns the answer into what the caller gets. */
    readonly read: (response: Response, reading: Reading) => Promise<T> | T;
    /** Whether it gives parsed JSON, which may be a refusal all the same. @default false */
    readonly isJson?: boolean;
    /** Whether what it gives is read after the call is over: a stream. @default false */
    readonly outlives?: boolean;
}
/** What a reader works with. */
export interface Reading {
    readonly failure: FailureContext;
    readonly maxResponseBytes: number;
    /** How long a stream may be silent, in milliseconds. */
    readonly timeoutMs: number;
    readonly clock: Clock;
    /** Aborted when the attempt takes too long or the call is over; aborts the request, for a reader that outlives the attempt. */
    readonly abort: AbortSource;
    /** Aborted by the caller, also when the attempt is over. */
    readonly callSignal: AbortSignal;
    /** To be called by a reader that outlives the attempt, when it is over. */
    readonly ended: () => void;
}
/** The body parsed as JSON; `undefined` for an empty one. */
export declare const jsonReader: Reader<unknown>;
/** The body as text. */
export declare const textReader: Reader<string>;
/** The body's bytes. */
export declare const bytesReader: Reader<Bytes>;
/** What an adapter says of an answer; one that throws says nothing. */
export declare function classified(classify: HttpConfig['classify'], answer: ErrorResponse): ErrorClassification | undefined;
/** How far a body could be read. */
export interface BodyRead {
    readonly bytes: Bytes;
    /** `cut`: there is more than the limit, the rest was cancelled. `broken`: reading failed, or was aborted. */
    readonly end: 'complete' | 'cut' | 'broken';
    /** Why it broke. */
    readonly error?: unknown;
}
/**
 * Reads a body up to a number of bytes. Never throws. An abort ends it at once, even where the body itself does not heed
 * the signal.
 */
export declare function readBody(response: Response, limit: number, abort: AbortSource): Promise<BodyRead>;
/** Gives up a body that nobody reads, so that its connection is free. */
export declare function discardBody(response: Response): void;
/** One array out of several; a single one is passed on as it is. */
export declare function concatBytes(chunks: readonly Bytes[]): Bytes;
/** UTF-8 to text; a byte order mark is dropped, broken bytes become U+FFFD. */
export declare function decodeUtf8(bytes: Bytes): string;
/** What became of a text that should be JSON. */
export type JsonParse = {
    readonly ok: true;
    readonly value: unknown;
}
/** `syntax`: not JSON, or cut off. `proto`: it has a key `__proto__`. */
 | {
    readonly ok: false;
    readonly reason: 'syntax' | 'proto';
};
/**
 * Parses JSON strictly, without throwing. An object with a key of its own named `__proto__`, at any depth and in any
 * spelling, is refused: merged into another object it would change that object's prototype.
 *
 * @example
 * ```ts
 * parseJson('{"id":"c1"}')  // { ok: true, value: { id: 'c1' } }
 * parseJson('{"id":')       // { ok: false, reason: 'syntax' }
 * ```
 */
export declare function parseJson(text: string): JsonParse;
/** Whether a content type says JSON: `application/json` or any `+json`, with or without parameters. */
export declare function isJsonType(contentType: string | null): boolean;
