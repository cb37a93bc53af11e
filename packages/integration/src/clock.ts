import type { Clock } from '@anycontact/core'

/** Waits of this length and longer are time-outs, where nothing else is said. */
const TIME_OUT_MS = 30_000

/** When a clock starts that nothing else is said of. */
const START_MS = Date.UTC(2026, 0, 1)

/**
 * Makes a clock on which short waits pass at once and time-outs never come.
 *
 * @param startMs - what it shows at first, in milliseconds since 1970
 * @param timeOutMs - waits of this length and longer are time-outs
 */
export function createTestClock(startMs: number = START_MS, timeOutMs = TIME_OUT_MS): Clock {
  let now = startMs
  return {
    // Each look at it is a millisecond later, so that records are ordered as they were made.
    now: () => ++now,
    sleep(ms, signal) {
      if (ms >= timeOutMs) {
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        })
      }
      now += ms
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve()
    },
  }
}
