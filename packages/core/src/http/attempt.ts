import { startTimer } from '../call/clock.ts'
import type { CallScope } from '../call/scope.ts'
import { abortable, followSignal } from '../call/signals.ts'
import { type AttemptHeaders, attemptHeaders } from './attempt-headers.ts'
import { discardBody } from './body.ts'
import { failureFromResponse } from './error-from-response.ts'
import { AttemptFailure, type FailureContext, timeoutFailure } from './failures.ts'
import { type PreparedRequest, sentTexts } from './prepared-request.ts'
import { send } from './send.ts'
import type { Settings } from './settings.ts'

/** What the reader of a successful answer works with. */
export interface Attempt {
  readonly prepared: PreparedRequest
  readonly settings: Settings
  readonly failure: FailureContext
  /** The call that it belongs to. */
  readonly scope: CallScope
  /** To be called by a reader that outlives the attempt, when it is over. */
  readonly ended: () => void
  /** Aborted when the attempt takes too long or the call is over. */
  readonly signal: AbortSignal
  /** Aborts the request, for a reader that outlives the attempt. */
  readonly abort: (reason: unknown) => void
}

/** How a successful answer is asked for and read. */
export interface Reader<T> {
  /** What to accept, where no header says so. */
  readonly accept: string
  /** Turns the answer into what the caller gets. */
  readonly read: (response: Response, attempt: Attempt) => Promise<T> | T
  /** Whether what it gives is read after the call is over: a stream. @default false */
  readonly outlives?: boolean
}

/** What the call keeps of its last attempt. */
export interface AttemptLog {
  /** Its headers, as soon as they are known. */
  headers?: AttemptHeaders
  /** Whether anything was sent that may have been applied. */
  sent: boolean
  /** Whether an attempt before may have been applied. */
  lost: boolean
  /** The last failure. */
  last?: AttemptFailure
}

const timedOut = Symbol('timed out')

/** The context for errors about a request. */
export function failureContext(
  prepared: PreparedRequest,
  settings: Settings,
  log: AttemptLog,
  scope: CallScope,
): FailureContext & { readonly ownTexts: () => readonly string[] } {
  let sent: readonly string[] | undefined
  return {
    ...prepared.context,
    idempotent: prepared.idempotent,
    isWrite: prepared.isWrite,
    mayHaveBeenApplied: () => log.lost,
    requestIdHeaders: settings.config.requestIdHeaders ?? ['x-request-id'],
    ownTexts: () => {
      sent ??= [...(log.headers?.texts ?? []), ...sentTexts(prepared)]
      return sent
    },
    sent: () => scope.sentTexts(),
  }
}

/**
 * Sends a request once: waits for a place, asks for the headers, sends, and reads the answer.
 *
 * @param number - 1 for the first attempt
 * @param callSignal - aborted when the call is over, by its caller or its deadline
 * @throws AttemptFailure; ContactsError for options that cannot work; the signal's reason when the call is over
 */
export async function attemptOnce<T>(
  prepared: PreparedRequest,
  settings: Settings,
  reader: Reader<T>,
  number: number,
  scope: CallScope,
  log: AttemptLog,
  failure: FailureContext,
  ended: () => void,
): Promise<{ readonly response: Response; readonly data: T }> {
  const { config, clock } = settings
  const callSignal = scope.signal
  const release = await settings.places.acquire(callSignal)
  const controller = new AbortController()
  const { signal } = controller
  let stopFollowing = (): void => {}
  let stopTimer = (): void => {}
  try {
    await settings.takeTurn?.(callSignal)
    callSignal.throwIfAborted()
    // From here on time counts: not for the queue, in which the provider has no part.
    stopFollowing = followSignal(callSignal, (reason) => controller.abort(reason))
    stopTimer = startTimer(clock, prepared.timeoutMs, () => controller.abort(timedOut))
    const headers = await abortable(attemptHeaders(prepared, config, reader.accept), signal)
    log.headers = headers
    log.sent = true
    const response = await send({ prepared, settings, failure, headers, signal, number })
    if (signal.aborted) {
      discardBody(response)
      throw signal.reason
    }
    if (!response.ok) throw await failureFromResponse(response, failure, config, clock.now(), signal)
    const abort = (reason: unknown): void => controller.abort(reason)
    const attempt: Attempt = { prepared, settings, failure, scope, ended, signal, abort }
    return { response, data: await reader.read(response, attempt) }
  } catch (error) {
    if (signal.reason !== timedOut || error instanceof AttemptFailure) throw error
    throw timeoutFailure(failure, `no complete answer within ${prepared.timeoutMs} ms.`, log.sent)
  } finally {
    stopTimer()
    stopFollowing()
    release()
  }
}
