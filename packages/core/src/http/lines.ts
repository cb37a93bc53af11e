import { ContactsError } from '../errors.ts'
import { type Bytes, concatBytes } from './body.ts'

/** The lines that one piece of a stream completes. */
export interface LineBatch {
  /** Complete lines, without their line ends. */
  readonly lines: readonly string[]
  /** Only at the very end: what came after the last line end. A line that was cut off, or one that the server did not end. */
  readonly unterminated?: string
}

/** A longer line is refused, in bytes: 16 MiB. */
export const maxLineBytes: number = 16 * 1024 * 1024

const newline = 0x0a

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
export async function* readLines(stream: ReadableStream<Bytes>): AsyncGenerator<LineBatch, void, undefined> {
  const reader = stream.getReader()
  let carry: Bytes[] = []
  let carriedBytes = 0
  let atStart = true
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  // Bytes are decoded only up to a line end: no character can be cut there.
  const decode = (bytes: Bytes): string => {
    const text = decoder.decode(bytes)
    const withoutMark = atStart && text.startsWith('\ufeff') ? text.slice(1) : text
    atStart = false
    return withoutMark
  }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      let start = 0
      const end = value.lastIndexOf(newline) + 1
      if (end > 0) {
        const lines: string[] = []
        if (carry.length > 0) {
          // Only the line that was begun before is copied together, not the whole piece.
          start = value.indexOf(newline) + 1
          carry.push(value.subarray(0, start))
          lines.push(...split(decode(concatBytes(carry))))
          carry = []
          carriedBytes = 0
        }
        const rest = split(decode(value.subarray(start, end)))
        yield { lines: lines.length === 0 ? rest : lines.concat(rest) }
      }
      if (end < value.byteLength) {
        carry.push(value.subarray(end))
        carriedBytes += value.byteLength - end
        if (carriedBytes > maxLineBytes) {
          throw new ContactsError({
            code: 'bad_response',
            message: `A line is longer than ${maxLineBytes} bytes.`,
          })
        }
      }
    }
    const unterminated = decode(concatBytes(carry))
    if (unterminated !== '') yield { lines: [], unterminated }
  } finally {
    reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

/** Splits a text that ends with a line end. */
function split(text: string): string[] {
  const lines = text.split('\n')
  lines.pop()
  if (!text.includes('\r')) return lines
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}
