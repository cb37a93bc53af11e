import type { Attempt } from './attempt.ts'
import { type Bytes, declaresMoreThan, decodeUtf8, discardBody, readBody } from './body.ts'
import { isJsonType, parseJson } from './json.ts'

/** Enough to tell an empty body from one that is not. */
const peekBytes = 64

/**
 * Reads a body whole.
 *
 * @throws AttemptFailure when it is larger than allowed or breaks off; the signal's reason when aborted
 */
export async function consumeBytes(response: Response, attempt: Attempt, maxBytes: number): Promise<Bytes> {
  const tooLarge = `the answer is larger than ${maxBytes} bytes. Ask for less, or raise \`maxResponseBytes\`.`
  if (declaresMoreThan(response, maxBytes)) {
    discardBody(response)
    throw attempt.badResponse(response, tooLarge)
  }
  const { bytes, end, error } = await readBody(response, maxBytes, attempt.signal)
  if (attempt.signal.aborted) throw attempt.signal.reason
  if (end === 'cut') throw attempt.badResponse(response, tooLarge)
  if (end === 'broken') throw attempt.network(error, response)
  return bytes
}

/**
 * Reads and parses a JSON body; `undefined` for an empty one.
 *
 * @throws as {@link consumeBytes}, and AttemptFailure for what is not JSON
 */
export async function consumeJson(response: Response, attempt: Attempt, maxBytes: number): Promise<unknown> {
  const isJson = isJsonType(response.headers.get('content-type'))
  if (!isJson) {
    const { bytes, end } = await readBody(response, peekBytes, attempt.signal)
    if (attempt.signal.aborted) throw attempt.signal.reason
    if (end === 'complete' && decodeUtf8(bytes).trim() === '') return undefined
    throw attempt.badResponse(response, 'the answer is not JSON. Check `baseUrl`, and proxies on the way.')
  }
  const text = decodeUtf8(await consumeBytes(response, attempt, maxBytes))
  if (text.trim() === '') return undefined
  const parsed = parseJson(text)
  if (parsed.ok) return parsed.value
  if (parsed.reason === 'proto') throw attempt.badResponse(response, 'the answer has a key `__proto__`.')
  throw attempt.badResponse(response, 'the answer is damaged or cut-off JSON.', true)
}
