import { type Clock, createSemaphore } from '../call/timing.ts'
import type { RateLimitOptions } from './types.ts'

/** Resolves when one more request may start, in the order of the calls; rejects with the signal's reason. */
type Limiter = (signal: AbortSignal) => Promise<void>

/**
 * A sliding-window limit: what it makes resolves when one more request may start. A call that is aborted uses up nothing.
 *
 * @param within - a limit that holds too; its turn is taken last, so that both windows count the request from the same moment
 */
export function createRateLimiter(
  { requests, perMs }: RateLimitOptions,
  clock: Clock,
  within?: Limiter | undefined,
): Limiter {
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
      await within?.(signal)
      starts.push(clock.now())
    } finally {
      leave()
    }
  }
}

/** Waits for the turn of a request of a group, or of none. */
export type TakeTurn = (signal: AbortSignal, group?: string | undefined) => Promise<void>

/**
 * Puts a client's limits together: that of all requests, and those of groups of routes, which hold beside it.
 *
 * @returns `undefined` where nothing is limited
 */
export function createTurns(
  rateLimit: RateLimitOptions | undefined,
  groupLimits: Readonly<Record<string, RateLimitOptions>>,
  clock: Clock,
): TakeTurn | undefined {
  const all = rateLimit && createRateLimiter(rateLimit, clock)
  const groups = new Map(
    Object.entries(groupLimits).map(([group, limit]) => [group, createRateLimiter(limit, clock, all)]),
  )
  if (all === undefined && groups.size === 0) return undefined
  return async (signal, group) => {
    const limiter = group === undefined ? all : groups.get(group)
    await limiter?.(signal)
  }
}
