import { type Bytes, type Reader } from './body.ts';
/** The body as it arrives. */
export declare const streamReader: Reader<ReadableStream<Bytes>>;
/** The lines that one piece of a stream completes. */
export interface LineBatch {
    /** Complete lines, without their line ends. */
    readonly lines: readonly string[];
    /** Only at the very end: what came after the last line end. A line that was cut off, or one that the server did not end. */
    readonly unterminated?: string;
}
/** A longer line is refused, in bytes: 16 MiB. */
export declare const maxLineBytes: number;
/**
 * Splits a byte stream of UTF-8 text into lines, for JSONL. Lines end at `\n` alone; a `\r` before it is dropped. A character
 * whose bytes arrive in two pieces stays whole, as does a line. Leaving the loop early cancels the stream.
 *
 * @throws what the stream throws; ContactsError `bad_response` when a line grows beyond {@link maxLineBytes}
 *
 * @example
 * ```ts
 * for await (const { lines, unterminated } of readLines(stream)) {
 *   for (const line of lines) handle(JSON.parse(line))
 *   if (unterminated !== undefined) resume()
 * }
 * ```
 */
export declare function readLines(stream: ReadableStream<Bytes>): AsyncGenerator<LineBatch, void, undefined>;
