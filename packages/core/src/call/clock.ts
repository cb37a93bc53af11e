/** Where time comes from; replaced in tests, so that nothing waits on the wall clock. */
export interface Clock {
  /** The time now, in milliseconds since the epoch. */
  now(): number
  /** Waits; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The longest wait that `setTimeout` can do; a longer one would fire at once. About 24.8 days. */
const longestTimeoutMs = 0x7fffffff

/** The runtime's own clock. A wait of more than 24.8 days ends after 24.8 days. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
        Math.min(ms, longestTimeoutMs),
      )
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}

/** Given as the reason, because `abort()` without one builds an exception with a stack trace each time. */
const disarmed = 'disarmed'

/**
 * Calls a function once a time has passed, unless stopped before.
 *
 * @param ms - `Infinity` never fires
 * @returns stops it; safe to call more than once
 */
export function startTimer(clock: Clock, ms: number, fire: () => void): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {}
  // Each attempt starts one: the runtime's own timer costs a twentieth of a sleep that can be aborted.
  if (clock === systemClock) {
    const timer = setTimeout(fire, Math.min(ms, longestTimeoutMs))
    return () => clearTimeout(timer)
  }
  const stop = new AbortController()
  clock.sleep(ms, stop.signal).then(
    () => {
      if (!stop.signal.aborted) fire()
    },
    () => {},
  )
  return () => stop.abort(disarmed)
}
