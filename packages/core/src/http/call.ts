import { CallScope } from '../call/scope.ts'
import type { Applied } from '../errors.ts'
import { type AttemptLog, attemptOnce, failureContext, type Reader } from './attempt.ts'
import { AttemptFailure, type FailureContext } from './failures.ts'
import { callHook, requestEvent } from './hooks.ts'
import { type PreparedRequest, prepare } from './prepared-request.ts'
import { delayBefore } from './retry-policy.ts'
import type { Settings } from './settings.ts'
import type { HttpRequest, HttpResponse, RetryEvent } from './types.ts'

/**
 * Sends a request, again where that is allowed, until it succeeds, fails for good, or its time is up.
 *
 * @throws ContactsError; the caller's own abort reason, untouched
 */
export async function call<T>(
  request: HttpRequest,
  settings: Settings,
  reader: Reader<T>,
): Promise<HttpResponse<T>> {
  const prepared = prepare(request, settings)
  const isOwn = !(request.call instanceof CallScope)
  const scope = request.call instanceof CallScope ? request.call : openScope(prepared, settings, reader)
  const requestScope = scope.forRequest(settings.deadlineMs)
  const log: AttemptLog = { sent: false, lost: false }
  const failure = failureContext(prepared, settings, log, scope)
  scope.noteSent(failure.ownTexts)
  const write = prepared.isWrite ? scope.beginWrite(prepared.idempotent) : undefined
  const settle = (applied: Applied): void => write?.settle(applied)
  let keeps = false
  try {
    requestScope.signal.throwIfAborted()
    const answer = await attempts({ prepared, settings, reader, scope: requestScope, log, failure, ended: isOwn ? () => scope.close() : () => {} })
    settle('yes')
    keeps = reader.outlives === true
    return answer
  } catch (error) {
    // A refusal settles nothing where an attempt before it may have been applied.
    if (!log.lost && !log.sent) settle('no')
    if (isOwn) throw scope.failure(error, log.last?.error)
    throw requestScope === scope ? error : requestScope.failure(error, log.last?.error)
  } finally {
    if (requestScope !== scope) requestScope.close()
    // A stream goes on listening to its caller until it ends.
    if (isOwn && !keeps) scope.close()
  }
}

/** What the attempts of one request share. */
interface Attempts<T> {
  readonly prepared: PreparedRequest
  readonly settings: Settings
  readonly reader: Reader<T>
  readonly scope: CallScope
  readonly log: AttemptLog
  readonly failure: FailureContext
  readonly ended: () => void
}

async function attempts<T>({
  prepared,
  settings,
  reader,
  scope,
  log,
  failure,
  ended,
}: Attempts<T>): Promise<HttpResponse<T>> {
  const { clock, config, random } = settings
  const { retry, request } = prepared
  for (let number = 1; ; number++) {
    try {
      const { response, data } = await attemptOnce(prepared, settings, reader, number, scope, log, failure, ended)
      return { status: response.status, headers: response.headers, data }
    } catch (error) {
      if (scope.signal.aborted) throw scope.signal.reason
      if (!(error instanceof AttemptFailure)) throw error
      log.last = error
      log.lost ||= error.error.applied === 'unknown'
      log.sent = false
    }
    const { error, repeat } = log.last
    if (!repeat || !prepared.replayable || number >= retry.attempts) throw error
    if (error.code === 'timeout' && error.status === undefined && !retry.afterTimeout) throw error
    const delayMs = delayBefore(number, retry, random, error.retryAfterMs)
    if (delayMs > retry.maxDelayMs || clock.now() + delayMs >= scope.endsAt) throw error
    const event = (): RetryEvent => ({
      ...requestEvent(prepared, prepared.url, number, log.headers),
      code: error.code,
      ...(error.status !== undefined && { status: error.status }),
      delayMs,
    })
    callHook(config.onRetry, event)
    callHook(request.onRetry, event)
    await clock.sleep(delayMs, scope.signal)
  }
}

/** The scope of a request that belongs to no call of a client's: one that is sent by hand, or through a vendor's face. */
function openScope<T>(
  { request, context, deadlineMs }: PreparedRequest,
  { clock }: Settings,
  reader: Reader<T>,
): CallScope {
  const limitMs = deadlineMs === Number.POSITIVE_INFINITY ? undefined : deadlineMs
  return new CallScope(
    { ...request.call, signal: request.call?.signal ?? request.signal, deadlineMs: limitMs },
    { ...context, clock, untilHeaders: reader.outlives },
  )
}
