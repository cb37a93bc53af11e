import { type Applied, ContactsError, type ContactsErrorCode, type ContactsErrorIssue } from '../errors.ts'
import { safeCause } from './network-error.ts'
import { sanitize } from './redact.ts'

/** An attempt that failed, and whether another one may be made. Thrown within the helper only. */
export class AttemptFailure {
  /** What the call fails with, when no further attempt is made. */
  readonly error: ContactsError
  /** Whether the request may be sent again, attempts and time permitting. */
  readonly repeat: boolean

  constructor(error: ContactsError, repeat: boolean) {
    this.error = error
    this.repeat = repeat
  }
}

/** What an error about a request needs to know of it. */
export interface FailureContext {
  readonly provider: string
  readonly operation: string
  /** Whether sending the request twice does the same as sending it once. */
  readonly idempotent: boolean
  /** Whether it can change anything at the vendor. */
  readonly isWrite: boolean
  /** Whether an attempt before may have been applied. */
  readonly mayHaveBeenApplied: () => boolean
  /** Names of response headers with the provider's request id. */
  readonly requestIdHeaders: readonly string[]
  /** Every text that was sent. */
  readonly sent: () => readonly string[]
}

/** What an error about a request is made from. */
interface RequestErrorInit {
  readonly code: ContactsErrorCode
  /** What happened and what to do next. */
  readonly text: string
  readonly retryable: boolean
  /** Whether it is unknown if a write was applied. */
  readonly lost: boolean
  readonly response?: Response | undefined
  readonly retryAfterMs?: number | undefined
  readonly vendorCode?: string | undefined
  /** The vendor's own words, already sanitized. */
  readonly vendorMessage?: string | undefined
  /** What the vendor says is wrong, already sanitized. */
  readonly issues?: readonly ContactsErrorIssue[] | undefined
  readonly cause?: unknown
}

/** A {@link ContactsError} about a request, with its message in the one form that all have. */
export function requestError(context: FailureContext, init: RequestErrorInit): ContactsError {
  const { provider, operation, idempotent, isWrite } = context
  const { code, text, lost, response, vendorMessage, ...rest } = init
  const status = response?.status
  const message = [
    `${provider} ${operation}: ${text}`,
    status === undefined ? '' : ` (HTTP ${status})`,
    lost && isWrite && !idempotent
      ? ' The write may have been applied: look the record up before sending it again.'
      : '',
    vendorMessage === undefined ? '' : ` The provider says: ${vendorMessage}`,
  ].join('')
  const requestId = response && requestIdOf(response.headers, context)
  const applied: Applied = isWrite && (lost || context.mayHaveBeenApplied()) ? 'unknown' : 'no'
  return new ContactsError({ ...rest, code, provider, operation, message, applied, status, requestId })
}

function requestIdOf(headers: Headers, context: FailureContext): string | undefined {
  for (const name of context.requestIdHeaders) {
    const value = headers.get(name)
    if (value !== null) return sanitize(value, context.sent())
  }
  return undefined
}

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

/**
 * A connection that failed or was cut.
 *
 * @param response - where the headers had arrived
 */
export function networkFailure(context: FailureContext, error: unknown, response?: Response): AttemptFailure {
  const { idempotent } = context
  const cause = safeCause(error, context.sent())
  const why = cause.code === undefined ? '' : ` (${cause.code})`
  const isRefused = cause.code !== undefined && neverConnected.has(cause.code)
  const text = isRefused
    ? `the server cannot be reached${why}. Nothing was sent.`
    : `no complete answer: the connection failed or was cut${why}.`
  const repeat = idempotent || isRefused
  const init = { code: 'network', text, retryable: repeat, lost: !isRefused, cause, response } as const
  return new AttemptFailure(requestError(context, init), repeat)
}

/**
 * An attempt, or the whole call, that took too long.
 *
 * @param sent - whether anything was sent: before that, no write can have been applied
 */
export function timeoutFailure(
  context: FailureContext,
  text: string,
  sent: boolean,
  cause?: unknown,
): AttemptFailure {
  const { idempotent } = context
  const init = { code: 'timeout', text, retryable: idempotent || !sent, lost: sent, cause } as const
  return new AttemptFailure(requestError(context, init), idempotent)
}
