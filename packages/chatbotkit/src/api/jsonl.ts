import { ContactsError, type HttpResponse, parseJson, readLines } from '@anycontact/core'
import { badAnswer, isErrorBody, PROVIDER, who } from '../errors.ts'

/** A body that arrives bit by bit. */
export type StreamResponse = HttpResponse<ReadableStream<Uint8Array<ArrayBuffer>>>

/** A line of a listing's stream that means something. */
export interface JsonlEvent {
  /** `item`: a record. `error`: the server failed, and `data` says how. `result`: a closing line, which listings do not send. */
  readonly type: 'item' | 'error' | 'result'
  readonly data?: unknown
}

/**
 * Reads a listing's stream: the events of each piece that arrives, in order. Keep-alive lines (`nop`, `ping`) and lines of
 * types unknown are left out. An `error` line is handed on like the others; whoever reads decides. Leaving the loop early
 * releases the connection.
 *
 * @param response - from `openStream`
 * @param operation - for error messages
 * @throws ContactsError `network` when the stream breaks off, in the middle of a line too; `timeout` when it is silent for too
 * long; `bad_response` for a line that is no event
 */
export async function* readEvents(
  response: Pick<StreamResponse, 'data'>,
  operation?: string,
): AsyncGenerator<readonly JsonlEvent[], void, undefined> {
  for await (const values of readJsonLines(response, operation)) {
    const events: JsonlEvent[] = []
    for (const value of values) {
      if (isEvent(value)) events.push(value)
      else if (isErrorBody(value)) events.push({ type: 'error', data: value })
      else if (!hasType(value)) {
        if (events.length > 0) yield events
        throw badAnswer(
          'a line of the stream is no event. Check `baseUrl`, and proxies on the way.',
          operation,
        )
      }
    }
    if (events.length > 0) yield events
  }
}

/**
 * Reads a stream of JSON values, one a line; blank lines are passed over. What the last line lacks is its line end or the
 * rest of it: a whole value is taken, anything else is a cut.
 *
 * @throws ContactsError as {@link readEvents}
 */
export async function* readJsonLines(
  { data }: Pick<StreamResponse, 'data'>,
  operation?: string,
): AsyncGenerator<readonly unknown[], void, undefined> {
  for await (const { lines, unterminated } of readLines(data)) {
    const values: unknown[] = []
    for (const line of lines) {
      if (line.trim() === '') continue
      const parsed = parseJson(line)
      if (!parsed.ok) {
        if (values.length > 0) yield values
        throw badLine(parsed.reason, operation)
      }
      values.push(parsed.value)
    }
    if (values.length > 0) yield values
    if (unterminated === undefined || unterminated.trim() === '') continue
    // An object cut short is never valid JSON, so one that parses is whole.
    const last = parseJson(unterminated)
    if (!last.ok) throw last.reason === 'syntax' ? cutLine(operation) : badLine(last.reason, operation)
    yield [last.value]
  }
}

function badLine(reason: 'syntax' | 'proto', operation: string | undefined): ContactsError {
  return badAnswer(
    reason === 'proto'
      ? 'a line of the stream has a key named `__proto__`, which is refused.'
      : 'a line of the stream is not JSON. Check `baseUrl`, and proxies on the way.',
    operation,
  )
}

function cutLine(operation: string | undefined): ContactsError {
  return new ContactsError({
    code: 'network',
    message: `${who(operation)} the stream was cut off in the middle of a line.`,
    provider: PROVIDER,
    operation,
    retryable: true,
  })
}

function hasType(value: unknown): value is { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function isEvent(value: unknown): value is JsonlEvent {
  return hasType(value) && (value.type === 'item' || value.type === 'error' || value.type === 'result')
}
