import type { RetryOptions } from '../call/settings.ts'

/** {@link RetryOptions} with nothing left open. */
export interface RetryPolicy {
  readonly attempts: number
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  readonly afterTimeout: boolean
}

/** What holds where nothing is said. */
export const defaultRetry: RetryPolicy = { attempts: 4, baseDelayMs: 250, maxDelayMs: 60_000, afterTimeout: true }

/** Fills in what is absent; `false` is one attempt. */
export function retryPolicy(retry: RetryOptions | false | undefined, defaults: RetryPolicy): RetryPolicy {
  if (retry === false) return { ...defaults, attempts: 1 }
  return {
    attempts: retry?.attempts ?? defaults.attempts,
    baseDelayMs: retry?.baseDelayMs ?? defaults.baseDelayMs,
    maxDelayMs: retry?.maxDelayMs ?? defaults.maxDelayMs,
    afterTimeout: retry?.afterTimeout ?? defaults.afterTimeout,
  }
}

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Whether a request may be sent again after an answer with this status. One that must not be applied twice only after 429,
 * with which the server says that it has not acted on it.
 */
export function mayRepeat(status: number, idempotent: boolean): boolean {
  return idempotent ? transientStatuses.has(status) : status === 429
}

/**
 * The wait before a request is sent again: full jitter over a doubling delay, and no shorter than the provider asks for.
 *
 * @param attempt - the attempt that failed, from 1
 * @param requestedMs - what the provider asks for
 */
export function delayBefore(
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
  requestedMs = 0,
): number {
  const backoff = random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1))
  return Math.max(requestedMs, backoff)
}
