import { beginHold, followHold, heldError } from '../call/hold.ts'
import type { CallScope, SentWrite } from '../call/scope.ts'
import { AbortSource, type Clock, followSignal, startTimer } from '../call/timing.ts'
import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { classified, discardBody, type Reader, type Reading } from './body.ts'
import { badResponse, networkFailure, timeoutFailure } from './failures.ts'
import { type AttemptHeaders, attemptHeaders, type GivenHeader, sameCredential } from './headers.ts'
import { AttemptFailure, callHook, type HookedAttempt, requestEvent, responseEvent } from './redact.ts'
import { failureFromAnswer, failureFromResponse, redirectTarget } from './refusals.ts'
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
  /** The signal of the call, which a stream follows when `scope` has ended. */
  readonly callSignal: AbortSignal
  /** To be called when a stream is over. */
  readonly ended: () => void
}

/** What is known of the attempts so far. */
export interface SendingLog {
  /** The headers of the present attempt, as soon as they are known. */
  headers: AttemptHeaders | undefined
  /** The headers of all attempts, each once: those that are asked for anew can differ. */
  given: readonly GivenHeader[]
  /** Whether the present attempt was sent. */
  sent: boolean
  /** What the call knows it by, if it is a write: from the moment that it is sent. */
  write: SentWrite | undefined
  /** Whether an attempt before may have been applied. */
  lost: boolean
  /** The last failure. */
  last: AttemptFailure | undefined
}

/** One attempt, when its headers are known. */
interface Attempt extends HookedAttempt {
  readonly headers: AttemptHeaders
  readonly abort: AbortSource
  readonly time: AttemptTime
}

const maxRedirects = 5

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
  const { prepared, settings, scope, log, failure } = sending
  const { config, clock } = settings
  const callSignal = scope.signal
  const release = await settings.places.acquire(callSignal)
  const abort = new AbortSource()
  const time = new AttemptTime(clock, () => abort.abort(timedOut))
  let stopFollowing: (() => void) | undefined
  try {
    callSignal.throwIfAborted()
    throwIfHeld(sending)
    stopFollowing = followSignal(callSignal, (reason) => abort.abort(reason))
    time.start(prepared.timeoutMs)
    const renewal = refused && settings.renewal
    const stopWaiting = renewal && abort.follow(() => renewal.giveUp())
    const headers = await abort.race(attemptHeaders(prepared, config, reader.accept, renewal?.ask))
    stopWaiting?.()
    if (refused && log.headers && sameCredential(log.headers.given, headers.given)) throw refused
    log.headers = headers
    log.given = number === 1 ? headers.given : union(log.given, headers.given)
    const attempt: Attempt = { prepared, config, number, headers, abort, time }
    await takeTurn(sending, attempt)
    const response = await answerTo(sending, attempt)
    if (!response.ok) throw await failureFromResponse(response, failure, config, clock.now(), abort)
    const data = await reader.read(response, readingOf(sending, abort))
    if (reader.isJson && config.classifyAnswer && data !== undefined) {
      const answer = { status: response.status, headers: response.headers, json: data, text: '' }
      const found = classified(config.classifyAnswer, answer)
      if (found !== undefined) throw failureFromAnswer(found, response, failure, config, clock.now())
    }
    prepared.request.check?.(data)
    return { status: response.status, headers: response.headers, data }
  } catch (error) {
    // Before the place is given back: whoever has waited for it is held up too.
    if (error instanceof AttemptFailure) holdAfter(sending, error.error)
    if (abort.reason !== timedOut || error instanceof AttemptFailure) throw error
    throw timeoutFailure(failure, `no complete answer within ${prepared.timeoutMs} ms.`, log.sent)
  } finally {
    time.stop()
    stopFollowing?.()
    release()
  }
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
async function takeTurn(sending: Sending, { abort, time }: Attempt): Promise<void> {
  const { prepared, settings, scope } = sending
  if (!settings.takeTurn) return
  time.wait()
  const stopFollowing = followHold(scope.hold, () => abort.abort(heldBy(sending)))
  try {
    await abort.race(settings.takeTurn(abort.signal, prepared.request.group))
  } finally {
    stopFollowing()
  }
  throwIfHeld(sending)
  time.goOn()
}

/** Holds up what belongs together where the provider asks for a wait that none of it would wait out. */
function holdAfter(
  { prepared, settings: { clock }, scope }: Sending,
  { code, retryAfterMs }: ContactsError,
): void {
  if (retryAfterMs === undefined) return
  const longestMs = Math.min(prepared.retry.maxDelayMs, scope.deadlineMs ?? prepared.deadlineMs)
  if (retryAfterMs > longestMs) beginHold(scope.hold, code, clock.now() + retryAfterMs)
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

function union(known: readonly GivenHeader[], given: readonly GivenHeader[]): readonly GivenHeader[] {
  const isKnown = ({ name, value }: GivenHeader): boolean =>
    known.some((header) => header.name === name && header.value === value)
  return given.every(isKnown) ? known : [...known, ...given.filter((header) => !isKnown(header))]
}

/** What the answer is read with. */
function readingOf({ prepared, settings, failure, callSignal, ended }: Sending, abort: AbortSource): Reading {
  const { maxResponseBytes, clock } = settings
  return { failure, maxResponseBytes, timeoutMs: prepared.timeoutMs, clock, abort, callSignal, ended }
}

/**
 * Sends a request and follows redirects within the origin.
 *
 * @returns an answer that is no redirect, whatever its status
 * @throws AttemptFailure; the reason when aborted
 */
async function answerTo(sending: Sending, attempt: Attempt): Promise<Response> {
  const { prepared, failure } = sending
  let { url } = prepared
  for (let redirects = 0; ; redirects++) {
    const response = await fetchFrom(url, sending, attempt)
    if (response.ok) return response
    const target = redirectTarget(response, url, prepared)
    if (target === undefined) return response
    discardBody(response)
    if (typeof target === 'string') throw badResponse(failure, response, target)
    if (redirects === maxRedirects) {
      throw badResponse(failure, response, 'too many redirects. Check `baseUrl`.')
    }
    url = target
    await takeTurn(sending, attempt)
  }
}

async function fetchFrom(
  url: URL,
  { prepared, settings, sender, scope, log, failure }: Sending,
  attempt: Attempt,
): Promise<Response> {
  const { headers, abort } = attempt
  const { config, clock } = settings
  if (config.onRequest) callHook(config.onRequest, () => requestEvent(attempt, url))
  const startedAt = clock.now()
  let response: Response
  try {
    if (abort.aborted) throw abort.reason
    log.sent = true
    if (prepared.isWrite) log.write ??= scope.beginWrite(prepared.idempotent)
    const answer = sender(url.href, {
      method: prepared.method,
      sent: headers.sent,
      body: bodySentOnce(prepared),
      signal: abort.signal,
      redirect: 'manual',
    })
    response = await abort.race(answer, discardBody)
  } catch (error) {
    const failed = abort.aborted ? abort.reason : networkFailure(failure, error)
    callHook(config.onFailure, () => {
      const code = codeOf(failed, scope)
      const durationMs = clock.now() - startedAt
      return { ...requestEvent(attempt, url), ...(code !== undefined && { code }), durationMs }
    })
    throw failed
  }
  if (config.onResponse) {
    callHook(config.onResponse, () => responseEvent(attempt, url, response, clock.now() - startedAt))
  }
  if (!abort.aborted) return response
  discardBody(response)
  throw abort.reason
}

/** The code of what an attempt without an answer ends with; none where the call was aborted. */
function codeOf(failed: unknown, scope: CallScope): ContactsErrorCode | undefined {
  if (failed === timedOut) return 'timeout'
  const error = failed instanceof AttemptFailure ? failed.error : scope.failure(failed)
  return ContactsError.is(error) ? error.code : undefined
}
