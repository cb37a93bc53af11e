import { type AttemptLog, attemptOnce, failureContext, type Reader } from './attempt.ts'
import { startTimer } from './clock.ts'
import { AttemptFailure, timeoutFailure } from './failures.ts'
import { callHook, requestEvent } from './hooks.ts'
import { prepare } from './prepared-request.ts'
import { delayBefore } from './retry-policy.ts'
import type { Settings } from './settings.ts'
import type { HttpRequest, HttpResponse, RetryEvent } from './types.ts'

const deadlineReached = Symbol('deadline reached')

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
  const caller = request.signal
  const prepared = prepare(request, settings)
  const { clock, config, random } = settings
  const { deadlineMs, retry } = prepared
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(caller?.reason)
  caller?.throwIfAborted()
  caller?.addEventListener('abort', onAbort, { once: true })
  const endsAt = clock.now() + deadlineMs
  const stopDeadline = startTimer(clock, deadlineMs, () => controller.abort(deadlineReached))
  const log: AttemptLog = { sent: false }
  let last: AttemptFailure | undefined
  try {
    for (let number = 1; ; number++) {
      try {
        const { response, data } = await attemptOnce(
          prepared,
          settings,
          reader,
          number,
          controller.signal,
          log,
        )
        return { status: response.status, headers: response.headers, data }
      } catch (error) {
        if (controller.signal.aborted || !(error instanceof AttemptFailure)) throw error
        last = error
      }
      const { error, repeat } = last
      if (!repeat || !prepared.replayable || number >= retry.attempts) throw error
      const delayMs = delayBefore(number, retry, random, error.retryAfterMs)
      if (delayMs > retry.maxDelayMs || clock.now() + delayMs >= endsAt) throw error
      const event = (): RetryEvent => ({
        ...requestEvent(prepared, prepared.url, number, log.headers),
        code: error.code,
        ...(error.status !== undefined && { status: error.status }),
        delayMs,
      })
      callHook(config.onRetry, event)
      callHook(request.onRetry, event)
      // It is repeated: so nothing was applied, or applying it again does the same.
      log.sent = false
      await clock.sleep(delayMs, controller.signal)
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error
    if (controller.signal.reason !== deadlineReached) throw caller?.reason
    const text = `not done within \`deadlineMs\` of ${deadlineMs} ms.`
    throw timeoutFailure(failureContext(prepared, settings, log), text, log.sent, last?.error).error
  } finally {
    stopDeadline()
    caller?.removeEventListener('abort', onAbort)
  }
}
