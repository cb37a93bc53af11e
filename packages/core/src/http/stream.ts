import { startTimer } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import {
  type Bytes,
  concatBytes,
  isPlainJson,
  parseJson,
  parsePlainJson,
  type Reader,
  type Reading,
} from './body.ts'
import { networkFailure, timeoutFailure } from './failures.ts'

/** The body as it arrives. */
export const streamReader: Reader<ReadableStream<Bytes>> = {
  accept: '*/*',
  read: guardStream,
  outlives: true,
}

/**
 * Hands a body on as it arrives, so that it breaks off with errors of ours and is never silent for longer than the time-out.
 * Only the time in which somebody waits for data counts: a slow consumer never times out. However it ends, nothing is
 * left listening.
 *
 * The request's place under `concurrency` is free from here on: the consumer of a stream must be able to write meanwhile, and
 * would wait for ever if streams held all places.
 */
function guardStream(response: Response, reading: Reading): ReadableStream<Bytes> {
  const { failure, timeoutMs, clock, abort, call, ended } = reading
  const reader = response.body?.getReader()
  let over = false
  let pendingSince: number | undefined
  let stopWatch: (() => void) | undefined
  let stopFollowing = (): void => {}
  let fail: (error: unknown) => void = () => {}

  const finish = (): void => {
    over = true
    stopWatch?.()
    stopFollowing()
    ended()
  }
  const giveUp = (reason: unknown): void => {
    finish()
    abort.abort(reason)
    reader?.cancel(reason).catch(() => {})
  }

  // One timer for many reads: it looks at how long the present read has been pending, and sleeps on for the rest. Arming one
  // for each read would cost more than the read.
  const watch = (ms: number): void => {
    stopWatch = startTimer(clock, ms, () => {
      stopWatch = undefined
      if (pendingSince === undefined) return
      const left = pendingSince + timeoutMs - clock.now()
      if (left > 0) watch(left)
      else fail(timeoutFailure(failure, `the stream was silent for ${timeoutMs} ms.`, true).error)
    })
  }

  return new ReadableStream<Bytes>(
    {
      start(controller) {
        fail = (error) => {
          if (over) return
          controller.error(error)
          giveUp(error)
        }
        if (reader === undefined) {
          finish()
          controller.close()
        } else stopFollowing = call.ending.follow(fail)
      },
      async pull(controller) {
        if (reader === undefined) return
        pendingSince = clock.now()
        if (stopWatch === undefined) watch(timeoutMs)
        try {
          const { done, value } = await reader.read()
          pendingSince = undefined
          if (over) return
          if (done) {
            finish()
            controller.close()
          } else controller.enqueue(value)
        } catch (error) {
          pendingSince = undefined
          fail(networkFailure(failure, error, response).error)
        }
      },
      cancel(reason) {
        if (!over) giveUp(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

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
 * @throws what the stream throws; ContactsError `bad_response` when a line grows beyond 16 MiB
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
  for await (const { texts, unterminated } of readTexts(stream)) {
    yield { lines: texts.flatMap(split), ...(unterminated !== undefined && { unterminated }) }
  }
}

/** What ends a stream of JSON lines: a line that is not JSON, or an end in the middle of a line. */
export type LineProblem = 'syntax' | 'cut'

/**
 * Reads a stream of JSON values, one a line, in the batches in which they arrive; blank lines are passed over. What the last line
 * lacks is its line end or the rest of it: a whole value is taken, anything else is a cut. A key named `__proto__` is let through, so
 * that the record that has it can be refused. Leaving the loop early cancels the stream.
 *
 * @param failure - makes the error that is thrown, after what came before it
 * @throws what the stream throws; ContactsError `bad_response` when a line grows beyond 16 MiB, or is no UTF-8
 *
 * @example
 * ```ts
 * for await (const values of readJsonLines(stream, (problem) => badAnswer(problem, operation))) handle(values)
 * ```
 */
export async function* readJsonLines(
  stream: ReadableStream<Bytes>,
  failure: (problem: LineProblem) => ContactsError,
): AsyncGenerator<unknown[], void, undefined> {
  for await (const { texts, unterminated = '' } of readTexts(stream)) {
    const values: unknown[] = []
    let problem: LineProblem | undefined
    for (const text of texts) problem ??= parseLines(text, split(text), values) ? undefined : 'syntax'
    // An object cut short is never valid JSON, so one that parses is whole.
    problem ??= parseLines(unterminated, [unterminated], values) ? undefined : 'cut'
    if (values.length > 0) yield values
    if (problem !== undefined) throw failure(problem)
  }
}

/**
 * Parses each line as a record of a listing, up to the first that cannot be parsed.
 *
 * @param text - the lines as they came: looked at together, because most of the time there is nothing to look for in any of them
 * @returns whether there is none
 */
function parseLines(text: string, lines: readonly string[], values: unknown[]): boolean {
  const isPlain = isPlainJson(text)
  for (const line of lines) {
    if (line.trim() === '') continue
    const parsed = isPlain ? parsePlainJson(line) : parseJson(line, true)
    if (!parsed.ok) return false
    values.push(parsed.value)
  }
  return true
}

/** The text that one piece of a stream completes. */
interface TextBatch {
  /** Lines with their line ends. */
  readonly texts: readonly string[]
  /** As in {@link LineBatch}. */
  readonly unterminated?: string
}

async function* readTexts(stream: ReadableStream<Bytes>): AsyncGenerator<TextBatch, void, undefined> {
  const reader = stream.getReader()
  let carry: Bytes[] = []
  let carriedBytes = 0
  let atStart = true
  let isDamaged = false
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
  // Bytes are decoded only up to a line end: no character can be cut there.
  const decode = (bytes: Bytes): string => {
    let text: string
    try {
      // As a stream, because so Node 20 takes half the time for text that is not all ASCII.
      text = decoder.decode(bytes, { stream: true })
    } catch {
      isDamaged = true
      text = linesBeforeDamage(bytes)
    }
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
        const texts: string[] = []
        if (carry.length > 0) {
          // Only the line that was begun before is copied together, not the whole piece.
          start = value.indexOf(newline) + 1
          carry.push(value.subarray(0, start))
          texts.push(decode(concatBytes(carry)))
          carry = []
          carriedBytes = 0
        }
        if (start < end && !isDamaged) texts.push(decode(value.subarray(start, end)))
        yield { texts }
        if (isDamaged) throw damaged()
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
    const rest = concatBytes(carry)
    // A character may be cut at the end.
    const unterminated = new TextDecoder('utf-8', { ignoreBOM: !atStart }).decode(rest)
    decode(rest)
    if (isDamaged) throw damaged()
    if (unterminated !== '') yield { texts: [], unterminated }
  } finally {
    reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

/** The text of the lines before the first one that is no UTF-8: what came whole does not depend on the pieces that it came in. */
function linesBeforeDamage(bytes: Bytes): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
  let text = ''
  let start = 0
  let end = bytes.indexOf(newline) + 1
  try {
    while (end > start) {
      text += decoder.decode(bytes.subarray(start, end))
      start = end
      end = bytes.indexOf(newline, start) + 1
    }
  } catch {} // the line that is none
  return text
}

function damaged(): ContactsError {
  return new ContactsError({ code: 'bad_response', message: 'The answer holds bytes that are no UTF-8.' })
}

/** Splits a text that ends with a line end. */
function split(text: string): string[] {
  const lines = text.split('\n')
  lines.pop()
  if (!text.includes('\r')) return lines
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}
