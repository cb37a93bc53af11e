import type { CallScope } from '../call/scope.ts'
import type { AbortSource, Clock } from '../call/timing.ts'
import { LONG_NUMBER, noteDigits } from '../model/digits.ts'
import { isObject } from '../model/json.ts'
import { hasProtoKey, hasProtoKeys, noteProtoKeys } from '../model/proto-keys.ts'
import { badResponse, networkFailure } from './failures.ts'
import type { ErrorClassification, ErrorResponse, FailureContext, HttpConfig } from './types.ts'

/** Bytes that are not shared between threads, as `fetch` gives them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** How a successful answer is asked for and read. */
export interface Reader<T> {
  /** What to accept, where no header says so. */
  readonly accept: string
  /** Turns the answer into what the caller gets. */
  readonly read: (response: Response, reading: Reading) => Promise<T> | T
  /** Whether it gives parsed JSON, which may be a refusal all the same. @default false */
  readonly isJson?: boolean
  /** Whether what it gives is read after the call is over: a stream. @default false */
  readonly outlives?: boolean
}

/** What a reader works with. */
export interface Reading {
  readonly failure: FailureContext
  readonly maxResponseBytes: number
  /** How long a stream may be silent, in milliseconds. */
  readonly timeoutMs: number
  readonly clock: Clock
  /** Aborted when the attempt takes too long or the call is over; aborts the request, for a reader that outlives the attempt. */
  readonly abort: AbortSource
  /** What a reader that outlives the attempt follows when that is over. */
  readonly call: CallScope
  /** To be called by a reader that outlives the attempt, when it is over. */
  readonly ended: () => void
}

/** The body parsed as JSON; `undefined` for an empty one. */
export const jsonReader: Reader<unknown> = { accept: 'application/json', read: readJson, isJson: true }

/** The body as text. */
export const textReader: Reader<string> = { accept: '*/*', read: readText }

/** The body's bytes. */
export const bytesReader: Reader<Bytes> = { accept: '*/*', read: readBytes }

/** Enough to tell an empty body from one that is not. */
const peekBytes = 64

const tooLarge = (limit: number): string =>
  `the answer is larger than ${limit} bytes. Ask for less, or raise \`maxResponseBytes\`.`

/** Reads a body whole; fails when it is larger than allowed or breaks off. */
async function readBytes(response: Response, { failure, maxResponseBytes, abort }: Reading): Promise<Bytes> {
  // The answer to a HEAD has the length and no body.
  if (response.body !== null && Number(response.headers.get('content-length')) > maxResponseBytes) {
    discardBody(response)
    throw badResponse(failure, response, tooLarge(maxResponseBytes))
  }
  const { bytes, end, error } = await readBody(response, maxResponseBytes, abort)
  abort.throwIfAborted()
  if (end === 'cut') throw badResponse(failure, response, tooLarge(maxResponseBytes))
  if (end === 'broken') throw networkFailure(failure, error, response)
  return bytes
}

async function readText(response: Response, reading: Reading): Promise<string> {
  const bytes = await readBytes(response, reading)
  return decoded(bytes, response) ?? decodeUtf8(bytes)
}

let utf8: TextDecoder | undefined // made once: on Node 20 that takes as long as it takes to decode a page of contacts

/**
 * Text as UTF-8, because servers name encodings that they do not use; where it is none, in the encoding that the answer names.
 *
 * @returns `undefined` where it is neither
 */
function decoded(bytes: Bytes, { headers }: Response): string | undefined {
  utf8 ??= new TextDecoder('utf-8', { fatal: true })
  try {
    return utf8.decode(bytes)
  } catch {
    utf8 = undefined
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers.get('content-type') ?? '')?.[1]
  try {
    return charset && new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined // not in this encoding, or the runtime does not know it
  }
}

const NO_TEXT = 'the answer is neither UTF-8 nor in an encoding that it names. Report it to the provider.'
const NOT_JSON = 'the answer is not JSON. Check `baseUrl`, and proxies on the way.'
const WITH_PROTO = 'the answer has a key named `__proto__`, which is refused.'
const DAMAGED = 'the answer is JSON that is damaged or cut off.'

async function readJson(response: Response, reading: Reading): Promise<unknown> {
  const type = response.headers.get('content-type')
  // What a Response made of text alone says of itself, as in many tests.
  const isJson = isJsonType(type)
  if (!isJson && !/^text\/plain\b/i.test(type ?? '')) return readNoJson(response, reading)
  return jsonIn(await readBytes(response, reading), isJson, response, reading)
}

/** What the body of an answer holds that does not call itself JSON: nothing. */
async function readNoJson(response: Response, { failure, abort }: Reading): Promise<undefined> {
  const { bytes, end, error } = await readBody(response, peekBytes, abort)
  abort.throwIfAborted()
  if (end === 'broken') throw networkFailure(failure, error, response)
  if (end !== 'complete' || decodeUtf8(bytes).trim() !== '') throw badResponse(failure, response, NOT_JSON)
}

function jsonIn(bytes: Bytes, isJson: boolean, response: Response, { failure }: Reading): unknown {
  const text = decoded(bytes, response)
  // Of what is in no known encoding a part would be lost, and be written back damaged.
  if (text === undefined) throw badResponse(failure, response, NO_TEXT)
  const parsed = parseJson(text)
  if (parsed.ok) return parsed.value
  if (text.trim() === '') return undefined
  if (!isJson) throw badResponse(failure, response, NOT_JSON)
  const hasProto = parsed.reason === 'proto'
  throw badResponse(failure, response, hasProto ? WITH_PROTO : DAMAGED, !hasProto)
}

/** What an adapter says of an answer; one that throws says nothing. */
export function classified(
  classify: HttpConfig['classify'],
  answer: ErrorResponse,
): ErrorClassification | undefined {
  try {
    return classify?.(answer)
  } catch {
    return undefined
  }
}

/** How far a body could be read. */
export interface BodyRead {
  readonly bytes: Bytes
  /** `cut`: there is more than the limit, the rest was cancelled. `broken`: reading failed, or was aborted. */
  readonly end: 'complete' | 'cut' | 'broken'
  /** Why it broke. */
  readonly error?: unknown
}

/**
 * Reads a body up to a number of bytes. Never throws. An abort ends it at once, even where the body itself does not heed
 * the signal.
 */
export async function readBody(response: Response, limit: number, abort: AbortSource): Promise<BodyRead> {
  const reader = response.body?.getReader()
  if (reader === undefined) return { bytes: new Uint8Array(0), end: 'complete' }
  const cancel = (reason: unknown): void => {
    reader.cancel(reason).catch(() => {})
  }
  const stopFollowing = abort.follow(cancel)
  const chunks: Bytes[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      abort.throwIfAborted()
      if (done) return { bytes: concatBytes(chunks), end: 'complete' }
      length += value.byteLength
      if (length > limit) {
        cancel(undefined)
        chunks.push(value.subarray(0, value.byteLength - (length - limit)))
        return { bytes: concatBytes(chunks), end: 'cut' }
      }
      chunks.push(value)
    }
  } catch (error) {
    return { bytes: concatBytes(chunks), end: 'broken', error }
  } finally {
    stopFollowing()
  }
}

/** Gives up a body that nobody reads, so that its connection is free. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {})
}

/** One array out of several; a single one is passed on as it is. */
export function concatBytes(chunks: readonly Bytes[]): Bytes {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  let length = 0
  for (const chunk of chunks) length += chunk.byteLength
  const joined = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.byteLength
  }
  return joined
}

/** UTF-8 to text; a byte order mark is dropped, broken bytes become U+FFFD. */
export function decodeUtf8(bytes: Bytes): string {
  return new TextDecoder().decode(bytes)
}

/** What became of a text that should be JSON. */
export type JsonParse =
  | { readonly ok: true; readonly value: unknown }
  /** `syntax`: not JSON, or cut off. `proto`: it has a key `__proto__`. */
  | { readonly ok: false; readonly reason: 'syntax' | 'proto' }

/** Every spelling of `__proto__` in JSON has it in plain or escapes one of its letters. */
const escapedProtoLetter = /\\u00(?:5f|6f|7[024])/i

/** More levels than this are no record, and would be too many for what calls itself once a level. */
const MAX_LEVELS = 128

/**
 * Parses JSON strictly, without throwing. An object with a key of its own named `__proto__`, at any depth and in any spelling, is
 * refused: merged into another object it would change that object's prototype. Below an array it is let through, so that
 * `recordProblem` refuses the one record of a listing that has it.
 *
 * @param isRecord - whether the text is one record of a listing, for which the same goes. @default false
 *
 * @example
 * ```ts
 * parseJson('{"id":"c1"}')  // { ok: true, value: { id: 'c1' } }
 * parseJson('{"id":')       // { ok: false, reason: 'syntax' }
 * ```
 */
export function parseJson(text: string, isRecord = false): JsonParse {
  const parsed = parsePlainJson(text)
  if (!parsed.ok) return parsed
  const { value } = parsed
  // Only a text that could hold the key pays for the walk over every value.
  if (mayHoldProto(text) && isObject(value) && !noteProtoKeys(value, isRecord))
    return { ok: false, reason: 'proto' }
  if (LONG_NUMBER.test(text)) noteDigits(text, value)
  return parsed
}

/** The same for JSON in which there is nothing to look for: see {@link isPlainJson}. */
export function parsePlainJson(text: string): JsonParse {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, reason: 'syntax' }
  }
}

/** Whether JSON, or lines of it, can hold neither a key `__proto__` nor a number with more digits than a JavaScript number. */
export function isPlainJson(text: string): boolean {
  return !mayHoldProto(text) && !LONG_NUMBER.test(text)
}

function mayHoldProto(text: string): boolean {
  return text.includes('__proto__') || (text.includes('\\u00') && escapedProtoLetter.test(text))
}

/**
 * What keeps a value out of an answer from being read as a record, whatever its members are.
 *
 * @returns what is wrong, in words; `undefined` for what may be read
 */
export function recordProblem(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  if (hasProtoKeys && hasProtoKey(value)) return 'has a key named `__proto__`, which is refused'
  // A loop of its own, in which engines remember what a listing's records look like.
  for (const key in value) {
    const member = value[key]
    if (isObject(member) && isDeeperThan(member, MAX_LEVELS - 1))
      return `is nested deeper than ${MAX_LEVELS} levels`
  }
  return undefined
}

function isDeeperThan(value: Record<string, unknown>, levels: number): boolean {
  const isLow = (member: unknown): boolean =>
    isObject(member) && (levels === 0 || isDeeperThan(member, levels - 1))
  // The keys of an array would be made into texts.
  if (Array.isArray(value)) return value.some(isLow)
  for (const key in value) if (isLow(value[key])) return true
  return false
}

const jsonType = /^\s*(?:application\/json|[^\s;/]+\/[^\s;/]+\+json)\s*(?:;|$)/i

/** Whether a content type says JSON: `application/json` or any `+json`, with or without parameters. */
export function isJsonType(contentType: string | null): boolean {
  return contentType !== null && jsonType.test(contentType)
}
