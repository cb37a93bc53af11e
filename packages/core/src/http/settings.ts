import type { RetryOptions } from '../call/settings.ts'
import { type Clock, createSemaphore, type Semaphore, systemClock } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import { checkedHeaders, createRenewal, type Renewal } from './headers.ts'
import { checkLimit, createTurns, type Fail, positive, positiveInteger, type TakeTurn } from './limiter.ts'
import type { HttpConfig, Sender } from './types.ts'

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
  /** Asks for authentication headers again when some were refused; absent for a client without any. */
  readonly renewal: Renewal | undefined
  /** Waits for a request's turn; absent without limits. */
  readonly takeTurn: TakeTurn | undefined
  readonly maxResponseBytes: number
  readonly clock: Clock
  readonly random: () => number
  /** Sends each request of the client. */
  readonly sender: Sender
}

/** {@link RetryOptions} with nothing left open. */
export interface RetryPolicy {
  readonly attempts: number
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  readonly afterTimeout: boolean
}

const defaultRetry: RetryPolicy = { attempts: 4, baseDelayMs: 250, maxDelayMs: 60_000, afterTimeout: true }

/**
 * Checks the options of a client and fills in what is absent.
 *
 * @param sender - sends each request
 * @throws ContactsError `config`
 */
export function settingsFrom(config: HttpConfig, sender: Sender): Settings {
  const { provider, rateLimit, groupLimits = {}, clock = systemClock, endpoints = {} } = config
  const context = { provider, code: 'config' } as const
  const fail: Fail = (problem) => new ContactsError({ ...context, message: `${provider}: ${problem}.` })
  if (typeof config.headers === 'object') checkedHeaders(config.headers, 'config', context)
  checkEndpoints(endpoints, context)
  if (rateLimit !== undefined) checkLimit(rateLimit, 'rateLimit', fail)
  for (const [group, limit] of Object.entries(groupLimits)) checkLimit(limit, `groupLimits.${group}`, fail)
  return {
    config,
    provider,
    baseUrl: normalizeBaseUrl(config.baseUrl ?? config.defaultBaseUrl, context),
    endpoints,
    renewal: createRenewal(config.authHeaders),
    timeoutMs: positive(config.timeoutMs ?? 30_000, 'timeoutMs', fail),
    deadlineMs: positive(config.deadlineMs ?? Number.POSITIVE_INFINITY, 'deadlineMs', fail),
    retry: checkedRetry(config.retry, defaultRetry, fail),
    places: createSemaphore(positiveInteger(config.concurrency ?? 8, 'concurrency', fail)),
    takeTurn: createTurns(rateLimit, groupLimits, clock, fail),
    maxResponseBytes: positive(config.maxResponseBytes ?? 64 * 1024 * 1024, 'maxResponseBytes', fail),
    clock,
    random: config.random ?? Math.random,
    sender,
  }
}

/**
 * Fills in and checks retry options.
 *
 * @param retry - `false` is one attempt
 * @throws what `fail` makes, naming the option
 */
export function checkedRetry(
  retry: RetryOptions | false | undefined,
  defaults: RetryPolicy,
  fail: Fail,
): RetryPolicy {
  if (retry === false) return { ...defaults, attempts: 1 }
  const policy = {
    attempts: retry?.attempts ?? defaults.attempts,
    baseDelayMs: retry?.baseDelayMs ?? defaults.baseDelayMs,
    maxDelayMs: retry?.maxDelayMs ?? defaults.maxDelayMs,
    afterTimeout: retry?.afterTimeout ?? defaults.afterTimeout,
  }
  positiveInteger(policy.attempts, 'retry.attempts', fail)
  for (const name of ['baseDelayMs', 'maxDelayMs'] as const) {
    if (!(policy[name] >= 0)) throw fail(`\`retry.${name}\` must be a number, 0 or more`)
  }
  return policy
}

/** Who an error about a URL is about. */
interface Context {
  readonly provider?: string
  readonly operation?: string
}

/**
 * Checks a base URL and takes its trailing slashes off.
 *
 * @param context - the provider, for errors
 * @param what - what errors call it. @default 'baseUrl', in backticks
 * @throws ContactsError `config` unless it is an http(s) URL without user name, password, query and fragment, empty ones included
 */
export function normalizeBaseUrl(
  baseUrl: string | URL,
  context: { readonly provider?: string; readonly operation?: string },
  what = '`baseUrl`',
): string {
  const url = parseHttpUrl(baseUrl, what, context)
  if (/[?#]/.test(url.href)) {
    throw new ContactsError({ ...context, code: 'config', message: `${what} holds a query or a fragment.` })
  }
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

/** Tells a URL from a path below the base URL. */
export const absoluteUrl: RegExp = /^[a-z][a-z0-9+.-]*:/i

/**
 * Checks route overrides: each is a path below the base URL, or an absolute http(s) URL.
 *
 * @throws ContactsError `config`
 */
export function checkEndpoints(endpoints: Readonly<Record<string, string>>, context: Context): void {
  for (const [route, path] of Object.entries<unknown>(endpoints)) {
    if (path === undefined) continue
    const what = `\`endpoints.${route}\``
    if (typeof path !== 'string' || path.trim() === '') {
      throw new ContactsError({ ...context, code: 'config', message: `${what} is blank or not a string.` })
    }
    parseHttpUrl(absoluteUrl.test(path) ? path : `http://h/${path}`, what, context)
  }
}

/**
 * Parses an absolute http(s) URL.
 *
 * @throws ContactsError `config` for anything else, and for one with credentials or a fragment; it does not quote it
 */
export function parseHttpUrl(url: string | URL, what: string, context: Context): URL {
  let parsed: URL | undefined
  try {
    parsed = new URL(url)
  } catch {
    // falls through: not a URL
  }
  const problem =
    parsed === undefined || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
      ? 'is not an http or https URL'
      : parsed.username !== '' || parsed.password !== ''
        ? 'holds a user name or password; give credentials by their own option'
        : parsed.hash !== ''
          ? 'holds a fragment (#)'
          : /\{|%7b/i.test(parsed.host)
            ? 'has a placeholder in its host'
            : undefined
  if (parsed === undefined || problem !== undefined) {
    throw new ContactsError({ ...context, code: 'config', message: `${what} ${problem}.` })
  }
  return parsed
}
