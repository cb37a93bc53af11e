import { beginHold } from '../call/hold.ts'
import type { CallScope } from '../call/scope.ts'
import type { Scrubber } from '../call/scrub.ts'
import type { AbortSource, Clock } from '../call/timing.ts'
import type { ContactsError, ContactsErrorCode } from '../errors.ts'
import { classified, decodeUtf8, discardBody, isJsonType, parseJson, readBody } from './body.ts'
import { badResponse } from './failures.ts'
import { requestedWait } from './headers.ts'
import { AttemptFailure, type RequestErrorInit, requestError, sanitize } from './redact.ts'

import type { PreparedRequest } from './request.ts'
import type { ErrorClassification, FailureContext, HttpConfig } from './types.ts'

/** An error body is read up to this many bytes. */
const maxErrorBytes = 64 * 1024
/** Its text is passed on up to this many characters. */
const maxErrorText = 4096
const maxVendorCode = 100
const maxIssues = 20
const maxRedirects = 5

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
  not_found: 'not found. Check the id, and that the record belongs to this account.',
  conflict: 'a value is taken by another record, or the record has changed. Look it up and decide.',
  invalid_input: 'the provider refused the input. Correct it before sending it again.',
  rate_limited: 'too many requests. Wait before the next one.',
  timeout: 'the provider gave up waiting. Try again later.',
  unavailable: 'the provider cannot serve now. Try again later.',
  bad_response: 'the answer cannot be understood. Check `baseUrl`, and proxies on the way.',
}

/** What was not found where the caller wrote the path. */
const NO_SUCH_PATH = 'not found. Check the path, and that what it names belongs to this account.'

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Turns an answer that is an error into the failure of an attempt: code from the status, unless the adapter's `classify` says
 * otherwise. Takes bodies of any kind, also those that break off.
 *
 * @param nowMs - our clock, for an answer without a date of its own
 */
export async function failureFromResponse(
  response: Response,
  context: FailureContext,
  config: HttpConfig,
  nowMs: number,
  abort: AbortSource,
): Promise<AttemptFailure> {
  const { status, headers } = response
  const { idempotent } = context
  const { bytes, end } = await readBody(response, maxErrorBytes, abort)
  const text = decodeUtf8(bytes)
  const isJson = isJsonType(headers.get('content-type')) || /^\s*[[{]/.test(text)
  const parsed = isJson ? parseJson(text) : undefined
  const json = parsed?.ok === true ? parsed.value : undefined
  const found =
    classified(config.classify, { status, headers, json, text: text.slice(0, maxErrorText) }) ?? {}
  // What the answer would have said is not known: who asks again may learn it.
  const isUnread = end === 'broken' && !abort.aborted && json === undefined
  // What must not be applied twice is repeated after 429 alone, with which the server says that it has not acted on it.
  const mayRepeat = idempotent ? transientStatuses.has(status) || isUnread : status === 429
  return refusal(found, response, context, config, nowMs, {
    code: found.code ?? codeForStatus(status),
    repeat: found.retryable !== false && mayRepeat,
    // The status alone says that a write was not applied.
    lost: status < 400 || status >= 500 || status === 408,
  })
}

/**
 * Turns an answer that is a refusal under a status of success into the failure of an attempt.
 *
 * @param found - what the adapter's `classifyAnswer` says
 * @param nowMs - our clock, for an answer without a date of its own
 */
export function failureFromAnswer(
  found: ErrorClassification,
  response: Response,
  context: FailureContext,
  config: HttpConfig,
  nowMs: number,
): AttemptFailure {
  const code = found.code ?? 'bad_response'
  return refusal(found, response, context, config, nowMs, {
    code,
    repeat: found.retryable === true && context.idempotent,
    // A refusal in so many words was not applied; of a failure that is not known.
    lost: code === 'unavailable' || code === 'timeout' || code === 'bad_response',
  })
}

function refusal(
  found: ErrorClassification,
  response: Response,
  context: FailureContext,
  { resetHeaders }: HttpConfig,
  nowMs: number,
  { code, repeat, lost }: { code: ContactsErrorCode; repeat: boolean; lost: boolean },
): AttemptFailure {
  // Reset headers belong to the rate limit's window: they say nothing about when an outage is over.
  const wait = requestedWait(response.headers, code === 'rate_limited' ? resetHeaders : [], nowMs)
  const error = requestError(context, {
    code,
    text:
      code === 'not_found' && context.request.isByHand
        ? NO_SUCH_PATH
        : (words[code] ?? 'the provider refused the request.'),
    response,
    retryable: repeat || (found.retryable === true && (context.idempotent || !lost)),
    lost,
    retryAfterMs: found.retryAfterMs ?? wait,
    ...vendorWords(found, context.scrubber),
  })
  return new AttemptFailure(error, repeat)
}

/** What the vendor says, freed of what was sent. */
function vendorWords(
  { vendorCode, message, issues }: ErrorClassification,
  scrubber: () => Scrubber,
): Pick<RequestErrorInit, 'vendorCode' | 'vendorMessage' | 'issues'> {
  const shown = (said: unknown): string | undefined =>
    typeof said === 'string' ? sanitize(said, scrubber) : undefined
  return {
    vendorCode: shown(vendorCode)?.slice(0, maxVendorCode),
    vendorMessage: shown(message),
    issues: issues
      ?.slice(0, maxIssues)
      .map((issue) => ({ path: shown(issue.path) ?? '', message: shown(issue.message) ?? 'is refused' })),
  }
}

/** Statuses that ask to send the same request, method and body included, elsewhere. */
const sameRequest: ReadonlySet<number> = new Set([307, 308])
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Where an answer redirects to.
 *
 * Only within the origin, so that no credential follows elsewhere; and only where the same request can be sent there: with
 * 301, 302 and 303, other methods than GET and HEAD would turn into a GET.
 *
 * @returns the URL to ask next, why it is refused, or `undefined` when the answer is no redirect
 */
function redirectTarget(
  response: Response,
  from: URL,
  { method, replayable }: Pick<PreparedRequest, 'method' | 'replayable'>,
): URL | string | undefined {
  // What browsers give for `redirect: 'manual'`: they do not say where to.
  if (response.type === 'opaqueredirect') {
    return 'the answer is a redirect, which is not followed. Set `baseUrl` to where the API is.'
  }
  const location = response.headers.get('location')
  if (!redirects.has(response.status) || location === null) return undefined
  let target: URL | undefined
  try {
    target = new URL(location, from)
  } catch {
    // Not a URL: refused below.
  }
  if (target?.origin !== from.origin || target.username !== '' || target.password !== '') {
    return 'the answer points elsewhere, to another origin, which is not followed so that no credential goes there. Set `baseUrl` if the API has moved.'
  }
  const isRead = method === 'GET' || method === 'HEAD'
  if (!isRead && !(sameRequest.has(response.status) && replayable)) {
    return 'the answer is a redirect that cannot be followed for a write. Check `baseUrl`.'
  }
  return target
}

/**
 * Gives up an answer that is a redirect, for the one from where it points to.
 *
 * @param before - how many were followed before
 * @returns where to; `undefined` for what is no redirect
 * @throws AttemptFailure for one that is not followed
 */
export function followRedirect(
  response: Response,
  from: URL,
  prepared: Pick<PreparedRequest, 'method' | 'replayable'>,
  failure: FailureContext,
  before: number,
): URL | undefined {
  const target = redirectTarget(response, from, prepared)
  if (target === undefined) return undefined
  discardBody(response)
  if (typeof target === 'string') throw badResponse(failure, response, target)
  if (before === maxRedirects) throw badResponse(failure, response, 'too many redirects. Check `baseUrl`.')
  return target
}

/** Holds up what belongs together where the provider asks for a wait that none of it would wait out. */
export function holdAfter(
  { code, retryAfterMs }: ContactsError,
  { retry, deadlineMs }: Pick<PreparedRequest, 'retry' | 'deadlineMs'>,
  scope: CallScope,
  clock: Clock,
): void {
  if (retryAfterMs === undefined) return
  const longestMs = Math.min(retry.maxDelayMs, scope.deadlineMs ?? deadlineMs)
  if (retryAfterMs > longestMs) beginHold(scope.hold, code, clock.now() + retryAfterMs)
}
