import type { RateLimitOptions } from './types.ts'
import type { Clock } from '../call/clock.ts'

/** Hands out a fixed number of places, first come, first served. */
export interface Semaphore {
  /**
   * Waits for a place.
   *
   * @returns gives the place back; calls after the first do nothing
   * @throws the signal's reason, when it is aborted before a place is free
   */
  acquire(signal: AbortSignal): Promise<() => void>
}

/** A {@link Semaphore} with `places` places. */
export function createSemaphore(places: number): Semaphore {
  let free = places
  const waiting = new Set<() => void>()

  const place = (): (() => void) => {
    let held = true
    return () => {
      if (!held) return
      held = false
      const [next] = waiting
      if (next === undefined) free++
      else next()
    }
  }

  return {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason)
          return
        }
        if (free > 0) {
          free--
          resolve(place())
          return
        }
        const onAbort = (): void => {
          waiting.delete(enter)
          reject(signal.reason)
        }
        const enter = (): void => {
          waiting.delete(enter)
          signal.removeEventListener('abort', onAbort)
          resolve(place())
        }
        waiting.add(enter)
        signal.addEventListener('abort', onAbort, { once: true })
      }),
  }
}

/**
 * A sliding-window limit: the function returned resolves when one more request may start, in the order of the calls.
 * Rejects with the signal's reason; a call that is aborted uses up nothing.
 */
export function createRateLimiter(
  { requests, perMs }: RateLimitOptions,
  clock: Clock,
): (signal: AbortSignal) => Promise<void> {
  const starts: number[] = []
  const queue = createSemaphore(1)
  return async (signal) => {
    const leave = await queue.acquire(signal)
    try {
      for (;;) {
        const oldest = starts[0]
        if (oldest === undefined || starts.length < requests) break
        const wait = oldest + perMs - clock.now()
        if (wait <= 0) starts.shift()
        else await clock.sleep(wait, signal)
      }
      starts.push(clock.now())
    } finally {
      leave()
    }
  }
}
