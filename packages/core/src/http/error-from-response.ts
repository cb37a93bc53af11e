import { ContactsError, type ContactsErrorCode } from '../errors.ts'
import { decodeUtf8, readBody } from './body.ts'
import { isJsonType, parseJson } from './json.ts'
import { sanitize } from './redact.ts'
import { requestedWait } from './retry-after.ts'
import { mayRepeat } from './retry-policy.ts'
import type { ErrorClassification, ErrorResponse, HttpConfig } from './types.ts'

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

/** What the error about a request needs to know of it. */
export interface FailureContext {
  readonly provider: string
  readonly operation: string
  readonly idempotent: boolean
  /** Every text that was sent, headers included. */
  readonly sent: () => readonly string[]
}

/** An error body is read up to this many bytes. */
const maxErrorBytes = 64 * 1024
const maxErrorText = 4096
const maxVendorCode = 100

/** What to say of a write whose answer was lost. */
const maybeApplied = ' The write may have been applied: look the record up before sending it again.'

const codeByStatus: Readonly<Record<number, ContactsErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  410: 'not_found',
  429: 'rate_limited',
}

/** The code that a status has by itself. */
export function codeForStatus(status: number): ContactsErrorCode {
  if (status >= 500) return 'unavailable'
  return codeByStatus[status] ?? (status >= 400 ? 'invalid_input' : 'bad_response')
}

const words: Partial<Record<ContactsErrorCode, string>> = {
  unauthenticated: 'the credential was refused. Check that it is right, complete and not expired.',
  forbidden: 'the credential may not do this. Check its permissions and whose record it is.',
  not_found: 'not found. Check the id and that it belongs to this account.',
  conflict: 'a value is taken by another record, or the record has changed. Look it up and decide.',
  invalid_input: 'the provider refused the input. Correct it before sending it again.',
  rate_limited: 'too many requests. Wait before the next one.',
  timeout: 'the provider gave up waiting. Try again.',
  unavailable: 'the provider cannot serve now. Try again later.',
  bad_response: 'the answer cannot be understood.',
}

/** A {@link ContactsError} about a request, with its message in the one form that all have. */
export function requestError(
  context: FailureContext,
  init: {
    readonly code: ContactsErrorCode
    readonly text: string
    readonly retryable: boolean
    /** Whether it is unknown if a write was applied. */
    readonly lost?: boolean
    readonly status?: number | undefined
    readonly retryAfterMs?: number | undefined
    readonly requestId?: string | undefined
    readonly vendorCode?: string | undefined
    readonly vendorMessage?: string | undefined
    readonly cause?: unknown
  },
): ContactsError {
  const { provider, operation, idempotent } = context
  const { code, text, lost = false, vendorMessage, ...rest } = init
  const status = rest.status === undefined ? '' : ` (HTTP ${rest.status})`
  const advice = lost && !idempotent ? maybeApplied : ''
  const vendor = vendorMessage === undefined ? '' : ` The provider says: ${vendorMessage}`
  const message = `${provider} ${operation}${status}: ${text}${advice}${vendor}`
  return new ContactsError({ ...rest, code, provider, operation, message })
}

/** The provider's id of a request, freed of what was sent. */
export function requestIdOf(
  headers: Headers,
  names: readonly string[],
  sent: () => readonly string[],
): string | undefined {
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null) return sanitize(value, sent())
  }
  return undefined
}

function classified(classify: HttpConfig['classify'], response: ErrorResponse): ErrorClassification {
  try {
    return classify?.(response) ?? {}
  } catch {
    return {}
  }
}

/**
 * Turns an answer that is an error into the failure of an attempt: code from the status, unless the adapter's `classify` says
 * otherwise. Takes bodies of any kind, also those that break off.
 */
export async function failureFromResponse(
  response: Response,
  context: FailureContext,
  { classify, resetHeaders = [], requestIdHeaders = ['x-request-id'] }: HttpConfig,
  nowMs: number,
  signal: AbortSignal,
): Promise<AttemptFailure> {
  const { status, headers } = response
  const { bytes, end } = await readBody(response, maxErrorBytes, signal)
  const text = decodeUtf8(bytes)
  const parsed =
    end === 'complete' && (isJsonType(headers.get('content-type')) || /^\s*[[{]/.test(text))
      ? parseJson(text)
      : undefined
  const json = parsed?.ok === true ? parsed.value : undefined
  const found = classified(classify, { status, headers, json, text: text.slice(0, maxErrorText) })

  const code = found.code ?? codeForStatus(status)
  const repeat = found.retryable !== false && mayRepeat(status, context.idempotent)
  const refused = status < 500 && status !== 408
  // Reset headers tell of the rate limit's window: they say nothing about when an outage is over.
  const wait = requestedWait(headers, code === 'rate_limited' ? resetHeaders : [], nowMs)
  const error = requestError(context, {
    code,
    text: words[code] ?? 'the provider refused the request.',
    status,
    retryable: repeat || (found.retryable === true && (context.idempotent || refused)),
    lost: !refused || status < 400,
    retryAfterMs: found.retryAfterMs ?? (repeat || code === 'rate_limited' ? wait : undefined),
    requestId: requestIdOf(headers, requestIdHeaders, context.sent),
    vendorCode:
      found.vendorCode === undefined
        ? undefined
        : sanitize(found.vendorCode, context.sent())?.slice(0, maxVendorCode),
    vendorMessage: found.message === undefined ? undefined : sanitize(found.message, context.sent()),
  })
  return new AttemptFailure(error, repeat)
}
