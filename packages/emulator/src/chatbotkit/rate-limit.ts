import { ApiError, POLL_LIMIT_MESSAGE } from './errors.ts'

const WINDOW_MS = 60_000

/** The limit `rate/poll`: a sliding window of 60 seconds a paying account. */
export interface PollLimit {
  /** Counts one listing; throws the 429 when the window is full. */
  count(payer: string): void
  /** Forgets what was counted. */
  reset(): void
}

/** Makes the limit; without a number nothing is ever limited. */
export function createPollLimit(limit: number | undefined, now: () => number): PollLimit {
  const polls = new Map<string, number[]>()
  return {
    count(payer) {
      if (limit === undefined) return
      const time = now()
      const recent = (polls.get(payer) ?? []).filter((at) => at > time - WINDOW_MS)
      if (recent.length >= limit) throw new ApiError('LIMITS_REACHED', POLL_LIMIT_MESSAGE)
      recent.push(time)
      polls.set(payer, recent)
    },
    reset: () => polls.clear(),
  }
}
