import type { ContactsErrorCode } from '../errors.ts'
import { decodeUtf8, readBody } from './body.ts'
import { AttemptFailure, type FailureContext, requestError } from './failures.ts'
import { isJsonType, parseJson } from './json.ts'
import { sanitize } from './redact.ts'
import { requestedWait } from './retry-after.ts'
import { mayRepeat } from './retry-policy.ts'
import type { ErrorClassification, ErrorResponse, HttpConfig } from './types.ts'

/** An error body is read up to this many bytes. */
const maxErrorBytes = 64 * 1024
/** Its text is passed on up to this many characters. */
const maxErrorText = 4096
const maxVendorCode = 100
const maxIssues = 20

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
function codeForStatus(status: number): ContactsErrorCode {
  if (status >= 500) return 'unavailable'
  return codeByStatus[status] ?? (status >= 400 ? 'invalid_input' : 'bad_response')
}

const words: Partial<Record<ContactsErrorCode, string>> = {
  unauthenticated: 'the credential was refused. Check that it is right, complete and not expired.',
  forbidden: 'the credential may not do this. Check its permissions and whose record it is.',
  not_found: 'not found. Check the id, and that the record belongs to this account.',
  conflict: 'a value is taken by another record, or the record has changed. Look it up and decide.',
  invalid_input: 'the provider refused the input. Correct it before sending it again.',
  rate_limited: 'too many requests. Wait before the next one.',
  timeout: 'the provider gave up waiting. Try again later.',
  unavailable: 'the provider cannot serve now. Try again later.',
  bad_response: 'the answer cannot be understood. Check `baseUrl`, and proxies on the way.',
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
  { classify, resetHeaders = [] }: Pick<HttpConfig, 'classify' | 'resetHeaders'>,
  nowMs: number,
  signal: AbortSignal,
): Promise<AttemptFailure> {
  const { status, headers } = response
  const { idempotent } = context
  const { bytes } = await readBody(response, maxErrorBytes, signal)
  const text = decodeUtf8(bytes)
  const isJson = isJsonType(headers.get('content-type')) || /^\s*[[{]/.test(text)
  const parsed = isJson ? parseJson(text) : undefined
  const json = parsed?.ok === true ? parsed.value : undefined
  const found = classified(classify, { status, headers, json, text: text.slice(0, maxErrorText) })

  const code = found.code ?? codeForStatus(status)
  const repeat = found.retryable !== false && mayRepeat(status, idempotent)
  /** Whether the status alone says that a write was not applied. */
  const refused = status >= 400 && status < 500 && status !== 408
  // Reset headers tell of the rate limit's window: they say nothing about when an outage is over.
  const wait = requestedWait(headers, code === 'rate_limited' ? resetHeaders : [], nowMs)
  const error = requestError(context, {
    code,
    text: words[code] ?? 'the provider refused the request.',
    response,
    retryable: repeat || (found.retryable === true && (idempotent || refused)),
    lost: !refused,
    retryAfterMs: found.retryAfterMs ?? wait,
    ...vendorWords(found, context),
  })
  return new AttemptFailure(error, repeat)
}

/**
 * Turns an answer that is a refusal under a status of success into the failure of an attempt, where the adapter's
 * `classifyAnswer` says that it is one.
 */
export function failureFromAnswer(
  response: Response,
  json: unknown,
  context: FailureContext,
  { classifyAnswer, resetHeaders = [] }: Pick<HttpConfig, 'classifyAnswer' | 'resetHeaders'>,
  nowMs: number,
): AttemptFailure | undefined {
  if (classifyAnswer === undefined) return undefined
  const { status, headers } = response
  let found: ErrorClassification | undefined
  try {
    found = classifyAnswer({ status, headers, json, text: '' })
  } catch {
    // It must not throw; what it could not read is left to whoever reads the answer.
  }
  if (found === undefined) return undefined
  const code = found.code ?? 'bad_response'
  const repeat = found.retryable === true && context.idempotent
  const wait = requestedWait(headers, code === 'rate_limited' ? resetHeaders : [], nowMs)
  const error = requestError(context, {
    code,
    text: words[code] ?? 'the provider refused the request.',
    response,
    retryable: found.retryable === true,
    // A refusal in so many words was not applied; of a failure that is not known.
    lost: code === 'unavailable' || code === 'timeout' || code === 'bad_response',
    retryAfterMs: found.retryAfterMs ?? wait,
    ...vendorWords(found, context),
  })
  return new AttemptFailure(error, repeat)
}

/** What the vendor says, freed of what was sent. */
function vendorWords(
  { vendorCode, message, issues }: ErrorClassification,
  { sent }: FailureContext,
): Pick<Parameters<typeof requestError>[1], 'vendorCode' | 'vendorMessage' | 'issues'> {
  const shown = (said: unknown): string | undefined =>
    typeof said === 'string' ? sanitize(said, sent()) : undefined
  return {
    vendorCode: shown(vendorCode)?.slice(0, maxVendorCode),
    vendorMessage: shown(message),
    issues: issues
      ?.slice(0, maxIssues)
      .map((issue) => ({ path: shown(issue.path) ?? '', message: shown(issue.message) ?? 'is refused' })),
  }
}
