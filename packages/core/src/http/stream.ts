import { startTimer } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import { type Bytes, concatBytes, isPlainJson, parseJson, type Reader, type Reading } from './body.ts'
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

/** What ends a stream of JSON lines: a line that is not JSON, one with a key `__proto__`, or an end in the middle of a line. */
export type LineProblem = 'syntax' | 'proto' | 'cut'

/**
 * Reads a stream of JSON values, one a line, in the batches in which they arrive; blank lines are passed over. What the last line
 * lacks is its line end or the rest of it: a whole value is taken, anything else is a cut. Leaving the loop early cancels the stream.
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
    for (const text of texts) problem ??= parseLines(text, split(text), values)
    // An object cut short is never valid JSON, so one that parses is whole.
    const last = problem ?? parseLines(unterminated, [unterminated], values)
    if (values.length > 0) yield values
    if (last !== undefined) throw failure(problem === undefined && last === 'syntax' ? 'cut' : last)
  }
}

/**
 * Parses each line as a record of a listing, up to the first that cannot be parsed.
 *
 * @param text - the lines as they came: looked at together, because most of the time there is nothing to look for in any of them
 * @returns what is wrong with that line; `undefined` where there is none
 */
function parseLines(text: string, lines: readonly string[], values: unknown[]): LineProblem | undefined {
  const isPlain = isPlainJson(text)
  for (const line of lines) {
    if (line.trim() === '') continue
    const parsed = parseJson(line, true, isPlain)
    if (!parsed.ok) return parsed.reason
    values.push(parsed.value)
  }
  return undefined
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
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
  // Bytes are decoded only up to a line end: no character can be cut there.
  const decode = (bytes: Bytes): string => {
    const text = decodeLines(decoder, bytes)
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
        if (start < end) texts.push(decode(value.subarray(start, end)))
        yield { texts }
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
    // A character may be cut at the end.
    const unterminated = new TextDecoder('utf-8', { ignoreBOM: !atStart }).decode(concatBytes(carry))
    if (unterminated !== '') yield { texts: [], unterminated }
  } finally {
    reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

function decodeLines(decoder: TextDecoder, bytes: Bytes): string {
  try {
    // As a stream, because so Node 20 takes half the time for text that is not all ASCII.
    return decoder.decode(bytes, { stream: true })
  } catch {
    throw new ContactsError({ code: 'bad_response', message: 'The answer holds bytes that are no UTF-8.' })
  }
}

/** Splits a text that ends with a line end. */
function split(text: string): string[] {
  const lines = text.split('\n')
  lines.pop()
  if (!text.includes('\r')) return lines
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}
