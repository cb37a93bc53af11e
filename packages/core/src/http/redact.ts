import { KNOWN_WORDS } from '../call/known-words.ts'
import { textsIn } from '../call/needles.ts'
import { unescaped } from '../call/plain-view.ts'
import { REDACTED, type Scrubber } from '../call/scrub.ts'
import { type Applied, ContactsError, type ContactsErrorCode, type ContactsErrorIssue } from '../errors.ts'
import { type AttemptHeaders, type GivenHeader, remainingRequests } from './headers.ts'
import { type PreparedRequest, pathTexts } from './request.ts'
import type { FailureContext, HttpConfig, RequestEvent, ResponseEvent } from './types.ts'

/** Longest text of a vendor's that is passed on. */
const maxLength = 300
/** A vendor's "message" of more than this is a page or a dump; it is not searched for what was sent, but left out. */
const maxSearched = 4000

/** Names of headers that are taken for credentials. */
const sensitiveName = /token|secret|key|auth|cookie/i
/** Response headers that repeat a URL, which can have a query. */
const urlName = /^(?:location|content-location|link|refresh)$/i

/** One line, without control and formatting characters. */
function plain(text: string): string {
  return text
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/**
 * Makes a vendor's text fit to be shown: one line, without control characters, without queries of URLs and anything that was sent, and cut.
 *
 * @param scrubber - takes out what was sent; not asked for a text that consists of the words that APIs use
 * @param isOpaque - whether the text names a request
 * @returns `undefined` when nothing is left or the text is too long to be a message
 */
export function sanitize(text: string, scrubber: () => Scrubber, isOpaque = false): string | undefined {
  if (text.length > maxSearched) return undefined
  const line = plain(text)
  const clean = saysNothing(line) ? line : scrubbed(line, scrubber(), isOpaque)
  if (clean === '') return undefined
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Whether a text consists of words that say nothing about anybody. */
function saysNothing(line: string): boolean {
  if (!/^[a-z ._,:!-]*$/i.test(line)) return false
  for (const word of line.toLowerCase().split(/[^a-z]+/))
    if (word !== '' && !KNOWN_WORDS.has(word)) return false
  return true
}

function scrubbed(line: string, { scrub, isOverfull }: Scrubber, isOpaque: boolean): string {
  if (isOverfull) return ''
  // A URL in a vendor's or runtime's text can be the one that was asked for.
  return scrub(line, isOpaque).replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
}

/**
 * Every text that the attempts of a request sent, but those of public headers.
 *
 * @param headers - those of every attempt
 */
export function sentTexts(
  prepared: PreparedRequest,
  headers: readonly GivenHeader[],
  { publicHeaders }: HttpConfig,
): readonly string[] {
  const texts = secretHeaders(headers, publicHeaders).flatMap(({ value }) => credentialTexts(value))
  // One by one: there can be more than a call takes arguments.
  for (const text of givenTexts(prepared)) texts.push(text)
  return texts
}

/** Every text in the path, the query and the body of a request. */
function givenTexts({ request, body }: PreparedRequest): string[] {
  const texts = pathTexts(request)
  for (const value of Object.values(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string') texts.push(one)
      else texts.push(...textsIn(one))
    }
  }
  const add = (value: unknown): void => {
    for (const text of textsIn(value)) texts.push(text)
  }
  if (typeof body === 'string') add(request.json === undefined ? body : JSON.parse(body))
  else if (body instanceof URLSearchParams || body instanceof FormData) {
    body.forEach((value: unknown) => {
      // Of a file the name: its content is not looked at.
      add(value instanceof File ? value.name : typeof value === 'string' ? value : undefined)
    })
  }
  return texts
}

function secretHeaders(
  headers: readonly GivenHeader[],
  publicHeaders: readonly string[] = [],
): readonly GivenHeader[] {
  const open = new Set(publicHeaders.map((name) => name.toLowerCase()))
  return headers.filter(({ name }) => !open.has(name.toLowerCase()))
}

/** A header's value and, of `Bearer x`, also `x`. */
export function credentialTexts(value: string): string[] {
  const whole = value.trim()
  return [...new Set([whole, whole.replace(/^\S+\s+/, '')])]
}

/**
 * Headers as hooks may see them: the values of sensitive names, and those that hold a credential or repeat what was sent, read
 * `[redacted]`.
 *
 * @param credentials - texts that must not show up in any value
 * @param given - what else was sent. @default nothing
 */
export function redactHeaders(
  headers: Headers,
  credentials: readonly string[],
  given: readonly string[] = [],
): Record<string, string> {
  const told = given.filter(tellsSomething).map((text) => text.toLowerCase())
  const repeats = (value: string): boolean => told.some((text) => value.includes(text))
  const shown: Record<string, string> = {}
  headers.forEach((value, name) => {
    const hide =
      sensitiveName.test(name) ||
      urlName.test(name) ||
      credentials.some((credential) => credential !== '' && value.includes(credential)) ||
      repeats(unescaped(value).text.toLowerCase())
    shown[name] = hide ? REDACTED : value
  })
  return shown
}

/** Whether a text is not one that stands in headers by chance: a short one, a number, or one that every API uses. */
function tellsSomething(text: string): boolean {
  return text.length >= 6 && !/^[\d.,:-]{1,7}$/.test(text) && !saysNothing(text)
}

/** Which attempt a hook is called for. */
export interface HookedAttempt {
  readonly prepared: PreparedRequest
  readonly config: HttpConfig
  /** 1 for the first. */
  readonly number: number
  /** Absent while they are not known. */
  readonly headers: AttemptHeaders | undefined
}

/**
 * A request as hooks may see it.
 *
 * @param url - where it goes: not to the request's own URL after a redirect
 */
export function requestEvent(attempt: HookedAttempt, url: URL): RequestEvent {
  const { prepared, number, headers } = attempt
  return {
    ...prepared.context,
    method: prepared.method,
    url: url.origin + shownPath(attempt, url),
    attempt: number,
    request: prepared.key,
    headers: headers === undefined ? {} : redactHeaders(new Headers(headers.sent), credentialsOf(attempt)),
  }
}

/** The path of a URL as the route is written, without anything that names a record. */
function shownPath({ prepared, config }: HookedAttempt, url: URL): string {
  const { template, request } = prepared
  const own = pathOf(template)
  if (url === prepared.url && request.isByHand !== true) return own
  const segments = url.pathname.split('/')
  const base = pathOf(String(config.baseUrl ?? config.defaultBaseUrl)).replace(/\/+$/, '')
  const routes = (config.routePaths ?? []).map((path) => base + pathOf(path))
  const route = routes.find((path) => isMadeFrom(segments, path.split('/')))
  if (route !== undefined) return route
  const known = new Set(
    [base, ...routes, ...(request.isByHand ? [] : [own])].flatMap((path) => path.split('/')),
  )
  return segments.map((segment) => (known.has(segment) || /^v\d+$/.test(segment) ? segment : '{}')).join('/')
}

/** The path of a template, below the root; braces stay. */
function pathOf(template: string): string {
  const path = template.replace(/[?#].*$/s, '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
  return path.startsWith('/') ? path : `/${path}`
}

function isMadeFrom(segments: readonly string[], template: readonly string[]): boolean {
  return (
    segments.length === template.length &&
    template.every((part, index) => /\{\w+\}/.test(part) || part === segments[index])
  )
}

/** An answer as hooks may see it. */
export function responseEvent(
  attempt: HookedAttempt,
  url: URL,
  { status, headers }: Response,
  durationMs: number,
): ResponseEvent {
  const remaining = remainingRequests(headers, attempt.config.remainingHeaders)
  return {
    ...requestEvent(attempt, url),
    status,
    responseHeaders: redactHeaders(headers, credentialsOf(attempt), givenTexts(attempt.prepared)),
    durationMs,
    ...(remaining !== undefined && { remaining }),
  }
}

function credentialsOf({ headers, config }: HookedAttempt): readonly string[] {
  return secretHeaders(headers?.given ?? [], config.publicHeaders)
    .filter(({ name, authenticates }) => authenticates || sensitiveName.test(name))
    .flatMap(({ value }) => credentialTexts(value))
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

/** What an error about a request is made from. */
export interface RequestErrorInit {
  readonly code: ContactsErrorCode
  /** What happened and what to do next. */
  readonly text: string
  readonly retryable: boolean
  /** Whether it is unknown if the attempt was applied, should it be a write. */
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

function requestIdOf(headers: Headers, { requestIdHeaders, scrubber }: FailureContext): string | undefined {
  for (const name of requestIdHeaders ?? ['x-request-id']) {
    const value = headers.get(name)
    if (value !== null) return sanitize(value, scrubber, true)
  }
  return undefined
}
