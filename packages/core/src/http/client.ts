import { createFetch } from 'ofetch'
import type { CallScope } from '../call/scope.ts'
import { holds } from '../model/json.ts'
import { bytesReader, jsonReader, type Reader, textReader } from './body.ts'
import { NoResponse } from './failures.ts'
import { AttemptFailure, callHook, requestEvent, sentTexts } from './redact.ts'
import { openScope, type PreparedRequest, prepare } from './request.ts'
import { type Sending, SendingLog, sendOnce } from './send.ts'
import { type RetryPolicy, type Settings, settingsFrom } from './settings.ts'
import { streamReader } from './stream.ts'
import type {
  FailureContext,
  FetchFunction,
  HttpClient,
  HttpConfig,
  HttpRequest,
  HttpResponse,
  RetryEvent,
  Sender,
  SendInit,
} from './types.ts'

/**
 * Creates the request helper that adapters use: the one place where HTTP happens.
 *
 * It repeats what is safe to repeat, obeys `Retry-After`, keeps time limits over the body too, and throws nothing but
 * {@link ContactsError} and the caller's own abort reason. No error of it holds a token, a header, a query or a body.
 *
 * @throws ContactsError `config` for options that cannot work
 *
 * @example
 * ```ts
 * const secret = credential(options.secret, { provider: 'acme', name: 'secret' })
 * const http = createHttpClient({
 *   ...options,
 *   provider: 'acme',
 *   defaultBaseUrl: 'https://api.acme.example/v1',
 *   authHeaders: async () => ({ authorization: `Bearer ${await secret()}` }),
 *   classify: ({ json }) => (isAcmeError(json) ? { message: json.message, vendorCode: json.code } : undefined),
 * })
 * const { data } = await http.json({ call: context.call, method: 'GET', path: '/contacts/{id}', params: { id } })
 * ```
 */
export function createHttpClient(config: HttpConfig): HttpClient {
  const settings = settingsFrom(config, createSender(config.fetch))
  return {
    json: (request) => send(request, settings, jsonReader),
    text: (request) => send(request, settings, textReader),
    bytes: (request) => send(request, settings, bytesReader),
    stream: (request) => send(request, settings, streamReader),
  }
}

/**
 * Sends a request, again where that is allowed, until it succeeds, fails for good, or its time is up.
 *
 * @throws ContactsError; the caller's own abort reason, untouched
 */
async function send<T>(
  request: HttpRequest,
  settings: Settings,
  reader: Reader<T>,
): Promise<HttpResponse<T>> {
  const sending = begin(request, settings, reader)
  let isOver = true
  try {
    sending.scope.ending.throwIfAborted()
    const answer = await attempts(sending, reader)
    sending.log.write?.settle('yes')
    isOver = reader.outlives !== true
    return answer
  } catch (error) {
    throw failureOf(sending, error)
  } finally {
    if (sending.scope !== sending.call) sending.scope.close()
    // A stream goes on listening to its caller until it ends.
    if (isOver) sending.ended()
  }
}

/** What is made once for all attempts of a request. */
function begin(request: HttpRequest, settings: Settings, reader: Reader<unknown>): Sending {
  const prepared = prepare(request, settings)
  const isOwn = prepared.scope === undefined
  const call = prepared.scope ?? openScope(prepared, settings.clock, reader.outlives)
  const log = new SendingLog()
  call.noteSent(rememberTexts(prepared, settings, log))
  return {
    prepared,
    settings,
    sender: request.fetch === undefined ? settings.sender : createSender(request.fetch),
    scope: call.forRequest(settings.deadlineMs),
    log,
    failure: failureContext(prepared, settings, log, call),
    call,
    ended: () => (isOwn ? call.close() : undefined),
  }
}

/** What a request fails with. */
function failureOf({ scope, log }: Sending, error: unknown): unknown {
  // A refusal settles nothing where an attempt before it may have been applied.
  const isUnapplied = !log.lost && !log.sent
  if (isUnapplied) log.write?.settle('no')
  // The error says what became of this request; what became of others of the same call, the call says.
  const isComplete = isUnapplied || error === log.last?.error
  return isComplete && error !== scope.ending.reason ? error : scope.failure(error, log.last?.error)
}

async function attempts<T>(sending: Sending, reader: Reader<T>): Promise<HttpResponse<T>> {
  let refused: AttemptFailure | undefined
  let isRenewed = false
  for (let number = 1; ; number++) {
    try {
      return await sendOnce(sending, reader, number, refused)
    } catch (error) {
      const failed = noteFailed(sending, error)
      refused = undefined
      if (!isRenewed && mayRenew(failed, sending)) {
        isRenewed = true
        refused = failed
      } else await waitToRepeat(sending, failed, number)
    }
  }
}

/** Notes a failed attempt. @throws what the request fails with, where there is nothing to be decided */
function noteFailed({ scope, log }: Sending, error: unknown): AttemptFailure {
  if (error instanceof AttemptFailure) {
    log.last = error
    log.lost ||= error.error.applied === 'unknown'
    log.sent = false
    // What is sent again is a write of its own where this one was surely not applied.
    if (!log.lost) {
      log.write?.settle('no')
      log.write = undefined
    }
  }
  scope.ending.throwIfAborted()
  if (!(error instanceof AttemptFailure)) throw error
  return error
}

/** Waits before a request is sent again. @throws how it failed, where it is not to be */
async function waitToRepeat(sending: Sending, failure: AttemptFailure, number: number): Promise<void> {
  const { prepared, settings, scope, log } = sending
  const { clock, config, random } = settings
  const { retry } = prepared
  const failed = failure.error
  const delayMs = delayBefore(number, retry, random, failed.retryAfterMs)
  const isTooLong = delayMs > retry.maxDelayMs || clock.now() + delayMs >= scope.endsAt
  if (isTooLong || !mayRepeat(failure, prepared, number)) throw failed
  const event = (): RetryEvent => ({
    ...requestEvent({ prepared, config, number, headers: log.headers }, prepared.url),
    code: failed.code,
    ...(failed.status !== undefined && { status: failed.status }),
    delayMs,
  })
  callHook(config.onRetry, event)
  await clock.sleep(delayMs, scope.signal)
}

/** Whether another credential may do where one was refused: a request that was answered 401 was not applied, whatever it is. */
function mayRenew({ error }: AttemptFailure, { prepared, settings }: Sending): boolean {
  const { request, replayable } = prepared
  return (
    error.status === 401 && settings.renewal !== undefined && replayable && request.authenticate !== false
  )
}

function mayRepeat(
  { repeat, error }: AttemptFailure,
  { replayable, retry }: PreparedRequest,
  attempt: number,
): boolean {
  if (!repeat || !replayable || attempt >= retry.attempts) return false
  return retry.afterTimeout || error.code !== 'timeout' || error.status !== undefined
}

/**
 * The wait before a request is sent again: full jitter over a doubling delay, and no shorter than the provider asks for.
 *
 * @param attempt - the attempt that failed, from 1
 * @param requestedMs - what the provider asks for
 */
function delayBefore(attempt: number, policy: RetryPolicy, random: () => number, requestedMs = 0): number {
  const backoff = random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1))
  return Math.max(requestedMs, backoff)
}

/** What errors about a request need to know of it. */
function failureContext(
  { context, request, idempotent, isWrite }: PreparedRequest,
  { config }: Settings,
  log: SendingLog,
  call: CallScope,
): FailureContext {
  // Member by member: spreads into larger objects cost more than the rest of the bookkeeping on Node 20.
  return {
    provider: context.provider,
    operation: context.operation,
    request,
    idempotent,
    isWrite,
    mayHaveBeenApplied: () => log.lost,
    requestIdHeaders: config.requestIdHeaders,
    scrubber: () => call.scrubber(),
  }
}

/** Collects what a request sent when an error asks for it, and again when another attempt has sent other headers. */
function rememberTexts(
  prepared: PreparedRequest,
  { config }: Settings,
  log: SendingLog,
): () => readonly string[] {
  let known: SendingLog['given'] | undefined
  let texts: readonly string[] = []
  return () => {
    if (known !== log.given) {
      known = log.given
      texts = sentTexts(prepared, log.given, config)
    }
    return texts
  }
}

/** Makes what sends requests by a `fetch`: the runtime's, looked up at each request, where none is given. */
function createSender(fetch: FetchFunction | undefined): Sender {
  // The runtime's must be called as the global's method: elsewhere it is an "Illegal invocation".
  const send = checking(fetch ?? ((input, init) => globalThis.fetch(input, init)))
  const { raw } = createFetch({
    fetch: (input, init) => send(input, fetchInit(init)),
    // Its own retry and time-out stay off: they would resend writes, and end at the headers.
    defaults: { retry: false, ignoreResponseError: true, responseType: 'stream' },
  })
  return (url, init) => raw(url, init)
}

/** Of headers ofetch makes a `Headers` object, which spells all names small, and of its options one that is slow to read. */
function fetchInit(options: RequestInit & Partial<Pick<SendInit, 'sent'>> = {}): RequestInit {
  const { method = 'GET', sent = {}, body = null, signal = null, redirect = 'manual' } = options
  const init = { method, headers: sent, body, signal, redirect }
  return 'duplex' in options ? { ...init, ...{ duplex: options.duplex } } : init
}

/** A `fetch` that gives a Response: a caller's, and a global one that a test replaces, may give anything. */
function checking(fetch: FetchFunction): FetchFunction {
  return async (input, init) => {
    const answer: unknown = await fetch(input, init)
    return isResponse(answer) ? answer : likenessOf(answer)
  }
}

/** By what it can do, because a Response can come from another realm or library. */
function isResponse(value: unknown): value is Response {
  return holds(() => {
    const { headers, status, ok, body, bodyUsed }: Partial<Response> = Object(value)
    if (typeof status !== 'number' || typeof ok !== 'boolean' || typeof headers?.get !== 'function')
      return false
    return body === null || (typeof body?.getReader === 'function' && !body.locked && bodyUsed !== true)
  })
}

/**
 * A Response made of what has no body to stream, as the answers of some libraries, or no more than a vendor's client reads, as those
 * of many tests: `{ ok: true, json: async () => … }`. @throws NoResponse for what is none, or was read before
 */
async function likenessOf(value: unknown): Promise<Response> {
  try {
    const answer: Partial<Response> = Object(value)
    const { ok, status = ok === undefined ? undefined : ok ? 200 : 500, bodyUsed } = answer
    const headers = new Headers({ 'content-type': 'application/json' })
    const set = (value: unknown, name: string): void => {
      if (typeof value === 'string') headers.set(name, value)
    }
    if (typeof answer.headers?.forEach === 'function') answer.headers.forEach(set)
    else for (const [name, value] of Object.entries(answer.headers ?? {})) set(value, name)
    const text = bodyUsed === true ? undefined : await textOf(answer)
    if (typeof text === 'string')
      return new Response(text === '' ? null : text, { status: Number(status), headers })
  } catch (error) {
    if (error instanceof BrokenBody) throw error
    // A proxy, whose traps throw, or a status that there is not.
  }
  throw new NoResponse()
}

/** A body that breaks off. Of its error nothing is kept: it can quote the answer. */
class BrokenBody extends Error {}
async function textOf(answer: Partial<Response>): Promise<unknown> {
  try {
    const text: unknown = await answer.text?.()
    return typeof text === 'string' ? text : JSON.stringify(await answer.json?.())
  } catch {
    if (answer.ok !== false) throw new BrokenBody('the body broke off')
    return '' // the status says what happened
  }
}
