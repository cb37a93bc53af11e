import type { Attempt } from './attempt.ts'
import type { Bytes } from './body.ts'
import { startTimer } from '../call/clock.ts'
import { followSignal } from '../call/signals.ts'
import { networkFailure, timeoutFailure } from './failures.ts'

/**
 * Hands a body on as it arrives, so that it breaks off with errors of ours and is never silent for longer than the time-out.
 * Only the time in which somebody waits for data counts: a slow consumer never times out. However it ends, nothing is
 * left listening.
 *
 * The request's place under `concurrency` is free from here on: the consumer of a stream must be able to write meanwhile, and
 * would wait for ever if streams held all places.
 */
export function guardStream(response: Response, attempt: Attempt): ReadableStream<Bytes> {
  const { failure, prepared, settings, scope } = attempt
  const { timeoutMs } = prepared
  const { clock } = settings
  const reader = response.body?.getReader()
  let over = false
  let pendingSince: number | undefined
  let stopWatch: (() => void) | undefined
  let stopFollowing = (): void => {}
  let fail: (error: unknown) => void = () => {}

  const finish = (): void => {
    over = true
    stopWatch?.()
    stopFollowing()
    attempt.ended()
  }
  const giveUp = (reason: unknown): void => {
    finish()
    attempt.abort(reason)
    reader?.cancel(reason).catch(() => {})
  }

  // One timer for many reads: it looks at how long the present read has been pending, and sleeps on for the rest. Arming one
  // for each read would cost more than the read.
  const watch = (ms: number): void => {
    stopWatch = startTimer(clock, ms, () => {
      stopWatch = undefined
      if (pendingSince === undefined) return
      const left = pendingSince + timeoutMs - clock.now()
      if (left > 0) watch(left)
      else fail(timeoutFailure(failure, `the stream was silent for ${timeoutMs} ms.`, true).error)
    })
  }

  return new ReadableStream<Bytes>(
    {
      start(controller) {
        fail = (error) => {
          if (over) return
          controller.error(error)
          giveUp(error)
        }
        if (reader === undefined) {
          finish()
          controller.close()
        } else stopFollowing = followSignal(scope.signal, fail)
      },
      async pull(controller) {
        if (reader === undefined) return
        pendingSince = clock.now()
        if (stopWatch === undefined) watch(timeoutMs)
        try {
          const { done, value } = await reader.read()
          pendingSince = undefined
          if (over) return
          if (done) {
            finish()
            controller.close()
          } else controller.enqueue(value)
        } catch (error) {
          pendingSince = undefined
          fail(networkFailure(failure, error, response).error)
        }
      },
      cancel(reason) {
        if (!over) giveUp(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
