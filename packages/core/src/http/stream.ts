import type { Attempt } from './attempt.ts'
import type { Bytes } from './body.ts'
import { startTimer } from './clock.ts'
import type { Clock } from './types.ts'

/** Under what a body is handed on. */
export interface GuardOptions {
  readonly attempt: Attempt
  readonly clock: Clock
  /** How long a read may be pending. */
  readonly idleMs: number
  /** The caller's; its abort breaks the stream with the reason given. */
  readonly callerSignal: AbortSignal | undefined
}

/**
 * Hands a body on as it arrives, so that it breaks off with errors of ours and never stays silent for longer than allowed.
 * Only the time in which somebody waits for data counts: a slow consumer never times out. However it ends, the request's place
 * is given back and nothing is left listening.
 */
export function guardStream(response: Response, options: GuardOptions): ReadableStream<Bytes> {
  const { attempt, clock, idleMs, callerSignal } = options
  const reader = response.body?.getReader()
  const end = attempt.handOver()
  let over = false
  let pendingSince: number | undefined
  let stopWatch: (() => void) | undefined
  let fail: (error: unknown) => void = () => {}

  const finish = (reason?: unknown): void => {
    over = true
    stopWatch?.()
    callerSignal?.removeEventListener('abort', onAbort)
    end(reason)
  }
  const onAbort = (): void => fail(callerSignal?.reason)

  // One timer for many reads: it looks at how long the present read has been pending, and sleeps on for the rest. Arming one
  // for each read would cost more than the read.
  const watch = (ms: number): void => {
    stopWatch = startTimer(clock, ms, () => {
      stopWatch = undefined
      if (pendingSince === undefined) return
      const left = pendingSince + idleMs - clock.now()
      if (left > 0) watch(left)
      else fail(attempt.timeout(`the stream was silent for ${idleMs} ms.`).error)
    })
  }

  return new ReadableStream<Bytes>(
    {
      start(controller) {
        fail = (error) => {
          if (over) return
          finish(error)
          controller.error(error)
          reader?.cancel(error).catch(() => {})
        }
        if (reader === undefined) {
          finish()
          controller.close()
        } else callerSignal?.addEventListener('abort', onAbort, { once: true })
      },
      async pull(controller) {
        if (reader === undefined) return
        pendingSince = clock.now()
        if (stopWatch === undefined) watch(idleMs)
        try {
          const { done, value } = await reader.read()
          pendingSince = undefined
          if (over) return
          if (!done) controller.enqueue(value)
          else {
            finish()
            controller.close()
          }
        } catch (error) {
          pendingSince = undefined
          fail(attempt.network(error, response).error)
        }
      },
      cancel(reason) {
        if (over) return
        finish(reason)
        reader?.cancel(reason).catch(() => {})
      },
    },
    { highWaterMark: 0 },
  )
}
