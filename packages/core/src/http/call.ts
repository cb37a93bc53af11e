import { type AttemptLog, attemptOnce, type Consume } from './attempt.ts'
import { startTimer } from './clock.ts'
import { AttemptFailure, requestError } from './error-from-response.ts'
import { callHook } from './hooks.ts'
import { type PreparedRequest, prepare } from './prepared-request.ts'
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
  accept: string,
  consume: Consume<T>,
): Promise<HttpResponse<T>> {
  const caller = request.signal
  caller?.throwIfAborted()
  const prepared = prepare(request, settings)
  const { clock } = settings
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(caller?.reason)
  caller?.addEventListener('abort', onAbort, { once: true })
  const endsAt = clock.now() + prepared.deadlineMs
  const stopDeadline = startTimer(clock, prepared.deadlineMs, () => controller.abort(deadlineReached))
  const log: AttemptLog = { sent: false }
  let last: AttemptFailure | undefined
  try {
    for (let number = 1; ; number++) {
      try {
        const { response, data } = await attemptOnce(
          prepared,
          settings,
          accept,
          consume,
          number,
          controller.signal,
          log,
        )
        return { status: response.status, headers: response.headers, data }
      } catch (error) {
        if (controller.signal.aborted || !(error instanceof AttemptFailure)) throw error
        last = error
      }
      const delayMs = delayAfter(last, number, prepared, settings, endsAt - clock.now())
      if (delayMs === undefined) throw last.error
      tellOfRetry(log, last, delayMs, prepared, settings)
      await clock.sleep(delayMs, controller.signal)
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error
    if (controller.signal.reason !== deadlineReached) throw caller?.reason
    const { idempotent, context, deadlineMs } = prepared
    throw requestError(
      { ...context, idempotent, sent: () => [] },
      {
        code: 'timeout',
        text: `not done within \`deadlineMs\` of ${deadlineMs} ms.`,
        retryable: idempotent || !log.sent,
        lost: log.sent,
        cause: last?.error,
      },
    )
  } finally {
    stopDeadline()
    caller?.removeEventListener('abort', onAbort)
  }
}
