import type { Attempt, Reader } from './attempt.ts'
import { type Bytes, declaresMoreThan, decodeUtf8, discardBody, readBody } from './body.ts'
import { failureFromAnswer } from './error-from-response.ts'
import { badResponse, networkFailure } from './failures.ts'
import { isJsonType, parseJson } from './json.ts'
import { guardStream } from './stream.ts'

/** Enough to tell an empty body from one that is not. */
const peekBytes = 64

/** Reads a body whole; fails when it is larger than allowed or breaks off. */
async function readBytes(response: Response, { settings, failure, signal }: Attempt): Promise<Bytes> {
  const { maxResponseBytes } = settings
  const tooLarge = `the answer is larger than ${maxResponseBytes} bytes. Ask for less, or raise \`maxResponseBytes\`.`
  if (declaresMoreThan(response, maxResponseBytes)) {
    discardBody(response)
    throw badResponse(failure, response, tooLarge)
  }
  const { bytes, end, error } = await readBody(response, maxResponseBytes, signal)
  if (signal.aborted) throw signal.reason
  if (end === 'cut') throw badResponse(failure, response, tooLarge)
  if (end === 'broken') throw networkFailure(failure, error, response)
  return bytes
}

async function readText(response: Response, attempt: Attempt): Promise<string> {
  return decodeUtf8(await readBytes(response, attempt))
}

async function readJson(response: Response, attempt: Attempt): Promise<unknown> {
  const { failure, settings, signal } = attempt
  if (!isJsonType(response.headers.get('content-type'))) {
    const { bytes, end, error } = await readBody(response, peekBytes, signal)
    if (signal.aborted) throw signal.reason
    if (end === 'broken') throw networkFailure(failure, error, response)
    if (end === 'complete' && decodeUtf8(bytes).trim() === '') return undefined
    throw badResponse(failure, response, 'the answer is not JSON. Check `baseUrl`, and proxies on the way.')
  }
  const text = await readText(response, attempt)
  const parsed = parseJson(text)
  if (parsed.ok) {
    const { config, clock } = settings
    const refused = failureFromAnswer(response, parsed.value, failure, config, clock.now())
    if (refused) throw refused
    return parsed.value
  }
  if (text.trim() === '') return undefined
  if (parsed.reason === 'proto') {
    throw badResponse(failure, response, 'the answer has a key named `__proto__`, which is refused.')
  }
  throw badResponse(failure, response, 'the answer is JSON that is damaged or cut off.', true)
}

/** The body parsed as JSON; `undefined` for an empty one. */
export const jsonReader: Reader<unknown> = { accept: 'application/json', read: readJson }

/** The body as text. */
export const textReader: Reader<string> = { accept: '*/*', read: readText }

/** The body's bytes. */
export const bytesReader: Reader<Bytes> = { accept: '*/*', read: readBytes }

/** The body as it arrives. */
export const streamReader: Reader<ReadableStream<Bytes>> = { accept: '*/*', read: guardStream, outlives: true }
