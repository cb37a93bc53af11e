import { followHold, heldError } from '../call/hold.ts'
import type { CallScope, SentWrite } from '../call/scope.ts'
import { AbortSource, type Clock, startTimer } from '../call/timing.ts'
import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { classified, discardBody, type Reader, type Reading } from './body.ts'
import { networkFailure, timeoutFailure } from './failures.ts'
import { type AttemptHeaders, attemptHeaders, type GivenHeader, sameCredential, union } from './headers.ts'
import type { TakeTurn } from './limiter.ts'
import { AttemptFailure, callHook, type HookedAttempt, requestEvent, responseEvent } from './redact.ts'
import { failureFromAnswer, failureFromResponse, followRedirect, holdAfter } from './refusals.ts'
import { bodySentOnce, type PreparedRequest } from './request.ts'
import type { Settings } from './settings.ts'
import type { FailureContext, HttpResponse, Sender } from './types.ts'

/** A request under way, with all its attempts. */
export interface Sending {
  readonly prepared: PreparedRequest
  readonly settings: Settings
  /** Sends it. */
  readonly sender: Sender
  /** What it must be answered within. */
  readonly scope: CallScope
  readonly log: SendingLog
  readonly failure: FailureContext
  /** The call that it belongs to, which a stream follows when `scope` has ended. */
  readonly call: CallScope
  /** To be called when a stream is over. */
  readonly ended: () => void
}

/** What is known of the attempts so far. */
export class SendingLog {
  /** The headers of the present attempt, as soon as they are known. */
  headers: AttemptHeaders | undefined
  /** The headers of all attempts, each once: those that are asked for anew can differ. */
  given: readonly GivenHeader[] = []
  /** Whether the present attempt was sent. */
  sent = false
  /** What the call knows it by, if it is a write: from the moment that it is sent. */
  write: SentWrite | undefined
  /** Whether an attempt before may have been applied. */
  lost = false
  /** The last failure. */
  last: AttemptFailure | undefined
}

/** One attempt, when its headers are known. */
interface Attempt extends HookedAttempt {
  readonly headers: AttemptHeaders
  readonly abort: AbortSource
  readonly time: AttemptTime
}

/** The reason with which an attempt is aborted that takes too long; it never leaves this file. */
const timedOut = Symbol('timed out')

/**
 * Sends a request once: waits for a place, asks for the headers, waits for its turn, sends, and reads the answer.
 *
 * @param number - 1 for the first attempt
 * @param refused - what an attempt failed with whose credential was refused: this one asks for another, and fails with the same
 * where there is none
 * @throws AttemptFailure; ContactsError for options that cannot work; the reason of the scope's signal when the call is over
 */
export async function sendOnce<T>(
  sending: Sending,
  reader: Reader<T>,
  number: number,
  refused?: AttemptFailure | undefined,
): Promise<HttpResponse<T>> {
  const { settings, scope } = sending
  // Awaited in any case: nothing is asked for or sent in the same turn, in which the caller may still abort.
  const release = await (settings.places.take() ?? settings.places.acquire(scope.signal))
  const abort = new AbortSource()
  const time = new AttemptTime(settings.clock, () => abort.abort(timedOut))
  let stopFollowing: (() => void) | undefined
  try {
    scope.ending.throwIfAborted()
    throwIfHeld(sending)
    stopFollowing = scope.ending.follow((reason) => abort.abort(reason))
    time.start(sending.prepared.timeoutMs)
    return await attempt(sending, reader, { number, abort, time }, refused)
  } catch (error) {
    throw attemptError(sending, error, abort)
  } finally {
    time.stop()
    stopFollowing?.()
    release()
  }
}

async function attempt<T>(
  sending: Sending,
  reader: Reader<T>,
  begun: Pick<Attempt, 'number' | 'abort' | 'time'>,
  refused: AttemptFailure | undefined,
): Promise<HttpResponse<T>> {
  const { prepared, settings, failure, log } = sending
  const { config, clock } = settings
  const { number, abort, time } = begun
  const renewal = refused && settings.renewal
  const stopWaiting = renewal && abort.follow(() => renewal.giveUp())
  const headers = await abort.race(attemptHeaders(prepared, config, reader.accept, renewal?.ask))
  stopWaiting?.()
  if (refused && log.headers && sameCredential(log.headers.given, headers.given)) throw refused
  log.headers = headers
  log.given = number === 1 ? headers.given : union(log.given, headers.given)
  const response = await answerTo(sending, { prepared, config, number, headers, abort, time })
  if (!response.ok) throw await failureFromResponse(response, failure, config, clock.now(), abort)
  return answered(sending, reader, response, await reader.read(response, readingOf(sending, abort)))
}

/** What is given of an answer that was read. @throws AttemptFailure for one that says that it is none */
function answered<T>(
  { prepared, settings: { config, clock }, failure }: Sending,
  { isJson }: Reader<T>,
  response: Response,
  data: T,
): HttpResponse<T> {
  const { status, headers } = response
  if (isJson && config.classifyAnswer && data !== undefined) {
    const found = classified(config.classifyAnswer, { status, headers, json: data, text: '' })
    if (found !== undefined) throw failureFromAnswer(found, response, failure, config, clock.now())
  }
  prepared.request.check?.(data)
  return { status, headers, data }
}

/** What an attempt is known to have failed with. */
function attemptError(sending: Sending, error: unknown, abort: AbortSource): unknown {
  const { prepared, settings, scope, log, failure } = sending
  // Before the place is given back: whoever has waited for it is held up too.
  if (error instanceof AttemptFailure) holdAfter(error.error, prepared, scope, settings.clock)
  if (abort.reason !== timedOut || error instanceof AttemptFailure) return error
  return timeoutFailure(failure, `no complete answer within ${prepared.timeoutMs} ms.`, log.sent)
}

/** How long an attempt may take. Waiting for its turn, in which the provider has no part, does not count. */
class AttemptTime {
  readonly #clock: Clock
  readonly #fire: () => void
  #stop: (() => void) | undefined
  /** Since when it waits for its turn; absent while it does not. */
  #waitsSince: number | undefined
  /** How much of the time that has passed was spent waiting. */
  #waitedMs = 0
  /** What is left of it, where the time was up while it waited. */
  #leftMs: number | undefined

  constructor(clock: Clock, fire: () => void) {
    this.#clock = clock
    this.#fire = fire
  }

  start(ms: number): void {
    this.#stop = startTimer(this.#clock, ms, () => this.#passed())
  }

  wait(): void {
    this.#waitsSince = this.#clock.now()
  }

  goOn(): void {
    const sinceMs = this.#waitsSince
    this.#waitsSince = undefined
    if (this.#leftMs !== undefined) this.start(this.#leftMs)
    else if (sinceMs !== undefined) this.#waitedMs += this.#clock.now() - sinceMs
    this.#leftMs = undefined
  }

  stop(): void {
    this.#stop?.()
  }

  #passed(): void {
    const sinceMs = this.#waitsSince
    const leftMs = this.#waitedMs + (sinceMs === undefined ? 0 : this.#clock.now() - sinceMs)
    this.#waitedMs = 0
    if (sinceMs !== undefined) this.#leftMs = leftMs
    else if (leftMs > 0) this.start(leftMs)
    else this.#fire()
  }
}

/** Waits for the turn of a request: last of all, so that what is asked for before cannot put off the start that was counted. */
async function waitForTurn(sending: Sending, takeTurn: TakeTurn, { abort, time }: Attempt): Promise<void> {
  const { prepared, scope } = sending
  time.wait()
  const stopFollowing = followHold(scope.hold, () => abort.abort(heldBy(sending)))
  try {
    await abort.race(takeTurn(abort.signal, prepared.request.group))
  } finally {
    stopFollowing()
  }
  throwIfHeld(sending)
  time.goOn()
}

/** Nothing more is sent once the provider has asked for a wait that is too long. */
function throwIfHeld(sending: Sending): void {
  if (sending.scope.hold.endsAt === undefined) return
  const reason = heldBy(sending)
  if (reason !== undefined) throw reason
}

/** What a request that is not sent fails with; one that may have been applied before, with what became of it. */
function heldBy({ scope, log }: Sending): unknown {
  const held = heldError(scope)
  return held && log.lost && log.last ? log.last.error : held
}

/** What the answer is read with. */
function readingOf({ prepared, settings, failure, call, ended }: Sending, abort: AbortSource): Reading {
  const { maxResponseBytes, clock } = settings
  return { failure, maxResponseBytes, timeoutMs: prepared.timeoutMs, clock, abort, call, ended }
}

/**
 * Sends a request and follows redirects within the origin.
 *
 * @returns an answer that is no redirect, whatever its status
 * @throws AttemptFailure; the reason when aborted
 */
async function answerTo(sending: Sending, attempt: Attempt): Promise<Response> {
  const { prepared, settings, failure } = sending
  let { url } = prepared
  for (let redirects = 0; ; redirects++) {
    if (settings.takeTurn) await waitForTurn(sending, settings.takeTurn, attempt)
    const response = await fetchFrom(url, sending, attempt)
    const target = response.ok ? undefined : followRedirect(response, url, prepared, failure, redirects)
    if (target === undefined) return response
    url = target
  }
}

async function fetchFrom(url: URL, sending: Sending, attempt: Attempt): Promise<Response> {
  const { clock, config } = sending.settings
  const { abort } = attempt
  if (config.onRequest) callHook(config.onRequest, () => requestEvent(attempt, url))
  const startedAt = clock.now()
  let response: Response
  try {
    response = await abort.race(fetchOnce(url, sending, attempt), discardBody)
  } catch (error) {
    throw unanswered(url, sending, attempt, { error, startedAt })
  }
  if (config.onResponse) {
    callHook(config.onResponse, () => responseEvent(attempt, url, response, clock.now() - startedAt))
  }
  if (!abort.aborted) return response
  discardBody(response)
  throw abort.reason
}

/** Sends a request. @throws the reason when aborted */
function fetchOnce(
  url: URL,
  { prepared, sender, scope, log }: Sending,
  { headers, abort }: Attempt,
): Promise<Response> {
  abort.throwIfAborted()
  log.sent = true
  if (prepared.isWrite) log.write ??= scope.beginWrite(prepared.idempotent)
  return sender(url.href, {
    method: prepared.method,
    sent: headers.sent,
    body: bodySentOnce(prepared),
    signal: abort.signal,
    redirect: 'manual',
  })
}

/** What an attempt without an answer fails with. */
function unanswered(
  url: URL,
  { settings: { config, clock }, scope, failure }: Sending,
  attempt: Attempt,
  { error, startedAt }: { readonly error: unknown; readonly startedAt: number },
): unknown {
  const { aborted, reason } = attempt.abort
  const failed = aborted ? reason : networkFailure(failure, error)
  callHook(config.onFailure, () => {
    const code = codeOf(failed, scope)
    const durationMs = clock.now() - startedAt
    return { ...requestEvent(attempt, url), ...(code !== undefined && { code }), durationMs }
  })
  return failed
}

/** The code of what an attempt without an answer ends with; none where the call was aborted. */
function codeOf(failed: unknown, scope: CallScope): ContactsErrorCode | undefined {
  if (failed === timedOut) return 'timeout'
  const error = failed instanceof AttemptFailure ? failed.error : scope.failure(failed)
  return ContactsError.is(error) ? error.code : undefined
}
