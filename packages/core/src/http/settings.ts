import { ContactsError } from '../errors.ts'
import { systemClock } from '../call/clock.ts'
import { checkedHeaders } from './headers.ts'
import { createRateLimiter, createSemaphore, type Semaphore } from './limiter.ts'
import { defaultRetry, type RetryPolicy, retryPolicy } from './retry-policy.ts'
import type { HttpConfig } from './types.ts'
import type { RetryOptions } from '../call/settings.ts'
import type { Clock } from '../call/clock.ts'
import { checkEndpoints, normalizeBaseUrl } from './url.ts'

/** {@link HttpConfig} checked, with nothing left open. */
export interface Settings {
  readonly config: HttpConfig
  readonly provider: string
  readonly baseUrl: string
  readonly endpoints: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly retry: RetryPolicy
  readonly places: Semaphore
  readonly takeTurn: ((signal: AbortSignal) => Promise<void>) | undefined
  readonly maxResponseBytes: number
  readonly clock: Clock
  readonly random: () => number
}

type Fail = (message: string) => ContactsError

/**
 * Checks that a number is above zero; `Infinity` is.
 *
 * @throws what `fail` makes, naming the option
 */
export function positive(value: number, name: string, fail: Fail): number {
  if (typeof value === 'number' && value > 0) return value
  throw fail(`\`${name}\` must be a number above 0`)
}

function positiveInteger(value: number, name: string, fail: Fail): number {
  if (value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value > 0)) return value
  throw fail(`\`${name}\` must be a whole number above 0`)
}

/** Fills in and checks retry options. */
export function checkedRetry(
  retry: RetryOptions | false | undefined,
  defaults: RetryPolicy,
  fail: Fail,
): RetryPolicy {
  const policy = retryPolicy(retry, defaults)
  positiveInteger(policy.attempts, 'retry.attempts', fail)
  for (const name of ['baseDelayMs', 'maxDelayMs'] as const) {
    if (!(policy[name] >= 0)) throw fail(`\`retry.${name}\` must be a number, 0 or more`)
  }
  return policy
}

/**
 * Checks the options of a client and fills in what is absent.
 *
 * @throws ContactsError `config`
 */
export function settingsFrom(config: HttpConfig): Settings {
  const { provider, rateLimit, clock = systemClock, endpoints = {} } = config
  const context = { provider, code: 'config' } as const
  const fail: Fail = (message) => new ContactsError({ ...context, message: `${provider}: ${message}.` })
  if (typeof config.headers === 'object') checkedHeaders(config.headers, context)
  checkEndpoints(endpoints, context)
  if (rateLimit !== undefined) {
    positiveInteger(rateLimit.requests, 'rateLimit.requests', fail)
    positive(rateLimit.perMs, 'rateLimit.perMs', fail)
  }
  return {
    config,
    provider,
    baseUrl: normalizeBaseUrl(config.baseUrl ?? config.defaultBaseUrl, context),
    endpoints,
    timeoutMs: positive(config.timeoutMs ?? 30_000, 'timeoutMs', fail),
    deadlineMs: positive(config.deadlineMs ?? Number.POSITIVE_INFINITY, 'deadlineMs', fail),
    retry: checkedRetry(config.retry, defaultRetry, fail),
    places: createSemaphore(positiveInteger(config.concurrency ?? 8, 'concurrency', fail)),
    takeTurn: rateLimit === undefined ? undefined : createRateLimiter(rateLimit, clock),
    maxResponseBytes: positive(config.maxResponseBytes ?? 64 * 1024 * 1024, 'maxResponseBytes', fail),
    clock,
    random: config.random ?? Math.random,
  }
}
