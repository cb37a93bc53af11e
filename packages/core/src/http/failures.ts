import { FetchError } from 'ofetch'
import type { Scrubber } from '../call/scrub.ts'
import { AttemptFailure, requestError, sanitize } from './redact.ts'
import { isSentOnce } from './request.ts'
import type { FailureContext } from './types.ts'

/**
 * An answer that cannot be understood.
 *
 * @param damaged - whether it looks damaged on its way, so that a request that is safe to repeat is sent again
 */
export function badResponse(
  context: FailureContext,
  response: Response,
  text: string,
  damaged = false,
): AttemptFailure {
  const repeat = damaged && context.idempotent
  const init = { code: 'bad_response', text, retryable: repeat, lost: true, response } as const
  return new AttemptFailure(requestError(context, init), repeat)
}

/**
 * An attempt that took too long.
 *
 * @param sent - whether anything was sent: before that, no write can have been applied
 */
export function timeoutFailure(context: FailureContext, text: string, sent: boolean): AttemptFailure {
  const { idempotent } = context
  const init = { code: 'timeout', text, retryable: idempotent || !sent, lost: sent } as const
  return new AttemptFailure(requestError(context, init), idempotent)
}

/** Says that a `fetch` gave no Response that can be read; it never leaves the house. */
export class NoResponse extends Error {}

/** With these no connection came about, so that nothing can have been applied. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
])

/** Deno gives no code, and says it in words: nobody listens, or the program may not use the network. */
const denoNeverConnected = /client error \(Connect\)|^Requires net access to /

function isUnconnected(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return neverConnected.has(code)
  return along(error, 'message').some((text) => denoNeverConnected.test(String(text)))
}

/**
 * A connection that failed or was cut.
 *
 * @param response - where the headers had arrived
 */
export function networkFailure(context: FailureContext, error: unknown, response?: Response): AttemptFailure {
  const { idempotent } = context
  if (error instanceof FetchError && error.cause instanceof NoResponse) {
    const text = '`fetch` gave something else than a Response that can be read.'
    return new AttemptFailure(
      requestError(context, { code: 'config', text, retryable: false, lost: true }),
      false,
    )
  }
  const cause = safeCause(error, context.scrubber)
  const why = cause.code === undefined ? '' : ` (${cause.code})`
  const isUnreached = response === undefined && isUnconnected(error)
  // Where the runtime sends a request again by itself, the error is about the second time.
  const isRefused = isUnreached && isSentOnce(context.request)
  const isUntold = response === undefined && !isUnreached && cause.code === undefined
  const text = !isUnreached
    ? `no complete answer: the connection failed or was cut${why}.${isUntold ? pageHint() : ''}`
    : `the server cannot be reached${why}.${isRefused && !context.mayHaveBeenApplied() ? ' Nothing was sent.' : ''}`
  const repeat = idempotent || isRefused
  const init = { code: 'network', text, retryable: repeat, lost: !isRefused, cause, response } as const
  return new AttemptFailure(requestError(context, init), repeat)
}

/** Browsers do not tell a page why, so that a refusal by CORS looks like a broken connection. */
function pageHint(): string {
  if (!('document' in globalThis || 'importScripts' in globalThis)) return ''
  return ' In a browser this can also be CORS: the provider must allow the origin of the page, else call it from a server.'
}

/**
 * What may be shown of an error that `fetch` threw: its message freed of what was sent and of URLs, and its code. The error
 * itself is not kept, because it, or the request it refers to, can hold the URL and the headers.
 */
function safeCause(error: unknown, scrubber: () => Scrubber): Error & { code?: string } {
  const original = error instanceof FetchError ? error.cause : error
  const found = codeOf(original)
  const code = found === undefined || scrubber().scrub(found) !== found ? undefined : found
  const message = original instanceof Error ? sanitize(original.message, scrubber) : undefined
  const cause: Error & { code?: string } = new Error(message ?? 'the connection failed')
  if (code !== undefined) cause.code = code
  return cause
}

/** As runtimes write them: `ECONNREFUSED`, `UND_ERR_SOCKET`, `ConnectionRefused`. */
const errorCode = /^[A-Z][A-Za-z0-9_]{2,39}$/

/** Looks for an error code along the causes, where runtimes put the socket's own error. */
function codeOf(error: unknown): string | undefined {
  return along(error, 'code').find((code): code is string => typeof code === 'string' && errorCode.test(code))
}

/** What a member is of an error and of its causes, outermost first. */
function along(error: unknown, name: string): unknown[] {
  const values: unknown[] = []
  let current = error
  while (current !== undefined && values.length < 5) {
    values.push(member(current, name))
    current = member(current, 'cause') ?? member(member(current, 'errors'), '0')
  }
  return values
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
