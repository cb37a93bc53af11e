import { ContactsError } from '@anycontact/core'
import { type CallSettings, isPlainObject, parseJson, readLines } from '@anycontact/core/adapter-kit'
import type { EndpointName } from './endpoints.ts'
import { badAnswer, isErrorBody, lateError, PROVIDER, who } from './errors.ts'
import type { Input, Transport } from './transport.ts'

/** The bytes of an answer as they arrive. */
type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>

/** What a stream gives, in the batches in which it arrives. */
export type Batches = AsyncGenerator<readonly unknown[], void, undefined>

/**
 * Asks an endpoint for its answer as JSON lines.
 *
 * @returns what {@link readJsonLines} gives, once the answer has begun
 * @throws ContactsError as any call; what fails later fails in the reader
 */
export async function openLines(
  transport: Transport,
  name: EndpointName,
  input: Input,
  call?: CallSettings,
): Promise<Batches> {
  const operation = call?.operation ?? name
  const response = await transport.stream(name, { ...input, headers: { accept: 'application/jsonl' } }, call)
  // An answer of another kind with nothing in it would pass for a listing with nothing in it.
  if (!/json/i.test(response.headers.get('content-type') ?? '')) {
    response.data.cancel().catch(() => {})
    throw badAnswer('the answer is no JSONL. Check `baseUrl`, and proxies on the way.', operation)
  }
  return readJsonLines(response.data, operation)
}

/**
 * Reads the records out of the lines of a listing. Keep-alive lines (`nop`, `ping`), the closing line of other routes (`result`)
 * and lines of unknown types are passed over. Leaving the loop early releases the connection.
 *
 * @param operation - for error messages
 * @throws ContactsError what an `error` line says; `bad_response` for a line that is no event
 */
export async function* readRecords(lines: Batches, operation: string): Batches {
  for await (const values of lines) {
    const records: unknown[] = []
    let failure: ContactsError | undefined
    for (const value of values) {
      if (isPlainObject(value) && value.type === 'item') records.push(value.data)
      else failure = failureOf(value, operation)
      if (failure) break
    }
    if (records.length > 0) yield records
    if (failure) throw failure
  }
}

function failureOf(value: unknown, operation: string): ContactsError | undefined {
  if (isPlainObject(value) && typeof value.type === 'string') {
    return value.type === 'error' ? lateError(value.data, operation) : undefined
  }
  if (isErrorBody(value)) return lateError(value, operation)
  return badAnswer('a line of the stream is no event. Check `baseUrl`, and proxies on the way.', operation)
}

/**
 * Reads a stream of JSON values, one a line; blank lines are passed over. What the last line lacks is its line end or the
 * rest of it: a whole value is taken, anything else is a cut.
 *
 * @throws ContactsError `network` when the stream breaks off, in the middle of a line too; `timeout` when it is silent for too
 * long; `bad_response` for what is not JSON
 */
export async function* readJsonLines(data: Bytes, operation: string): Batches {
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

function badLine(reason: 'syntax' | 'proto', operation: string): ContactsError {
  return badAnswer(
    reason === 'proto'
      ? 'a line of the stream has a key named `__proto__`, which is refused.'
      : 'a line of the stream is not JSON. Check `baseUrl`, and proxies on the way.',
    operation,
  )
}

function cutLine(operation: string): ContactsError {
  return new ContactsError({
    code: 'network',
    message: `${who(operation)} the stream was cut off in the middle of a line.`,
    provider: PROVIDER,
    operation,
    retryable: true,
  })
}
