import type { AttemptHeaders } from './attempt-headers.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { redactHeaders } from './redact.ts'
import type { RequestEvent } from './types.ts'

/**
 * What hooks are told of a request.
 *
 * @param number - 1 for the first attempt
 * @param headers - absent while they are not known
 */
export function requestEvent(
  { context, method }: PreparedRequest,
  url: URL,
  number: number,
  headers: AttemptHeaders | undefined,
): RequestEvent {
  return {
    ...context,
    method,
    url: url.origin + url.pathname,
    attempt: number,
    headers: headers === undefined ? {} : redactHeaders(headers.headers, headers.credentials),
  }
}

/** Calls a hook; neither what it throws nor a promise of its that is rejected disturbs the call. */
export function callHook<E>(hook: ((event: E) => unknown) | undefined, event: () => E): void {
  if (hook === undefined) return
  try {
    const result = hook(event())
    if (result instanceof Promise) result.catch(() => {})
  } catch {
    // A hook only watches.
  }
}

/** How many requests are left in the provider's window, where it says so. */
export function remainingRequests(headers: Headers): number | undefined {
  const value = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining')
  return value !== null && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined
}
