import { CallScope, type CallSettings } from '../call/scope.ts'
import type { Clock } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import { jsonText } from '../model/digits.ts'
import { holds } from '../model/json.ts'
import { hasDigits } from '../model/kept-digits.ts'
import { checkedHeaders, type HeaderSource } from './headers.ts'
import { positive } from './limiter.ts'
import { absoluteUrl, checkedRetry, parseHttpUrl, type RetryPolicy, type Settings } from './settings.ts'
import type { HttpRequest, QueryValue } from './types.ts'

/** A request checked and encoded once, to be sent once or more. */
export interface PreparedRequest extends HeaderSource {
  readonly request: HttpRequest
  /** The scope of the call that it belongs to; absent for a request that is a call of its own. */
  readonly scope: CallScope | undefined
  /** What its call is made with. */
  readonly call: CallSettings
  readonly method: string
  readonly url: URL
  /** Its URL with `{name}` for what it is about, as hooks see it. */
  readonly template: string
  readonly body: HttpRequest['body']
  /** What hooks know it by. */
  readonly key: object
  /** Whether sending it twice does the same as sending it once. */
  readonly idempotent: boolean
  /** Whether it can change anything at the vendor. */
  readonly isWrite: boolean
  /** Whether the body can be sent a second time; a stream cannot. */
  readonly replayable: boolean
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly retry: RetryPolicy
}

/**
 * Checks and encodes a request.
 *
 * @throws ContactsError `invalid_input` for what the caller gave, `config` for a route override that cannot work, for a group
 * without a limit, and for a runtime without `fetch`
 */
export function prepare(request: HttpRequest, settings: Settings): PreparedRequest {
  const call: CallSettings = request.call ?? {}
  const method = request.method.toUpperCase()
  const { provider, config } = settings
  const context = { provider, operation: call.operation ?? request.route ?? request.method }
  const fail = (problem: string): ContactsError =>
    new ContactsError({
      ...context,
      code: 'invalid_input',
      message: `${provider} ${context.operation}: ${problem}.`,
    })
  const misconfigured = (problem: string): ContactsError =>
    new ContactsError({ ...context, code: 'config', message: `${provider}: ${problem}` })

  // Checked here, because a bad header must not cost a request for a token.
  const headers = checkedHeaders(request.headers, 'invalid_input', context)
  if (call.headers !== undefined) headers.push(...checkedHeaders(call.headers, 'invalid_input', context))

  const { json, group } = request
  if (group !== undefined && !Object.hasOwn(config.groupLimits ?? {}, group)) {
    throw misconfigured(`the route group \`${group}\` has no limit in \`groupLimits\`.`)
  }
  if (request.fetch === undefined && config.fetch === undefined && typeof globalThis.fetch !== 'function') {
    throw misconfigured('this runtime has no `fetch`; give one as the `fetch` option.')
  }
  const body = json === undefined ? request.body : bodyText(json, fail)
  const isRead = method === 'GET' || method === 'HEAD'
  const { effect = isRead ? 'read' : 'once' } = request
  const { timeoutMs, deadlineMs, retry } = call
  return {
    request,
    scope: request.call instanceof CallScope ? request.call : undefined,
    call,
    context,
    method,
    url: buildUrl(settings.baseUrl, request, settings.endpoints, context),
    template: templateOf(settings.baseUrl, request, settings.endpoints),
    headers,
    body,
    contentType:
      json !== undefined
        ? 'application/json'
        : typeof body === 'string'
          ? 'text/plain;charset=UTF-8'
          : undefined,
    key: Object.freeze({}),
    idempotent: effect !== 'once',
    isWrite: effect !== 'read',
    replayable: !(body instanceof ReadableStream),
    timeoutMs: timeoutMs === undefined ? settings.timeoutMs : positive(timeoutMs, 'timeoutMs', fail),
    deadlineMs: deadlineMs === undefined ? settings.deadlineMs : positive(deadlineMs, 'deadlineMs', fail),
    retry: retry === undefined ? settings.retry : checkedRetry(retry, settings.retry, fail),
  }
}

/**
 * The scope of a request that belongs to no call of a client's: one that is sent by hand, or through a vendor's face.
 *
 * @param untilHeaders - whether its deadline counts up to the headers: for a stream
 */
export function openScope(
  { call, context, deadlineMs }: PreparedRequest,
  clock: Clock,
  untilHeaders: boolean | undefined,
): CallScope {
  const { signal, timeoutMs, headers, retry } = call
  const limitMs = deadlineMs === Number.POSITIVE_INFINITY ? undefined : deadlineMs
  const { provider, operation } = context
  return new CallScope(
    { signal, timeoutMs, deadlineMs: limitMs, headers, retry },
    { provider, operation, clock, untilHeaders },
  )
}

/**
 * Whether a request arrives once at most. Some runtimes send some again by themselves when a connection that they used before breaks,
 * also when they were received, and do not tell. Asked when it is sent, because tests replace globals.
 */
export function isSentOnce({ method, json, body }: HttpRequest): boolean {
  if ('Bun' in globalThis) return /^(?:post|patch)$/i.test(method)
  return !('Deno' in globalThis) || json !== undefined || body !== undefined
}

/**
 * The body of a request, in a form that the runtime sends once. Deno sends again what is text or bytes when it is given: what creates
 * would create twice. What has no body stays so: an empty one has no length on the wire, which servers may refuse.
 */
export function bodySentOnce({ body, isWrite }: PreparedRequest): NonNullable<HttpRequest['body']> | null {
  if (body === undefined || !isWrite || !('Deno' in globalThis)) return body ?? null
  if (body instanceof URLSearchParams) return new Blob([String(body)], { type: FORM_TYPE })
  const isResent = typeof body === 'string' || body instanceof ArrayBuffer || ArrayBuffer.isView(body)
  return isResent ? new Blob([body]) : body
}

/** As `fetch` names it. */
const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8'

/** What the path of a request says beside its route: the parameters, and of one that was written by hand every segment. */
export function pathTexts({ path, params = {}, isByHand }: HttpRequest): string[] {
  const texts = Object.values(params)
  if (!isByHand) return texts
  const segments = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').split(/[/?&=#]/)
  return [...texts, ...segments.filter((segment) => segment !== '')]
}

function bodyText(json: unknown, fail: (problem: string) => ContactsError): string {
  let text: string | undefined
  try {
    text = hasDigits ? jsonText(json) : JSON.stringify(json)
  } catch {
    // The error's own message can quote the data.
  }
  // A function, for one, has no form in JSON, and would be sent as no body at all.
  if (text === undefined) throw fail('the data cannot be written as JSON')
  return text
}

/** Who an error about a URL is about. */
interface Context {
  readonly provider?: string
  readonly operation?: string
}

/**
 * The URL of a request: base URL, path (or its override), `{name}` parts filled in, query.
 *
 * @throws ContactsError `invalid_input` for values that cannot stand in a URL; `config` when an override leaves out a part
 * that the route has, or names one that it has not: the request would go to another record
 */
export function buildUrl(
  baseUrl: string,
  request: Pick<HttpRequest, 'path' | 'route' | 'params' | 'query'>,
  endpoints: Readonly<Record<string, string>>,
  context: Context,
): URL {
  const { route, params = {}, query = {} } = request
  const override = overrideOf(route, endpoints)
  const used = new Set<string>()
  const mismatch = (name: string): ContactsError => {
    const message = `The path${override === undefined ? '' : ` in \`endpoints.${route}\``} and the route's parameters disagree on {${name}}.`
    return new ContactsError({ ...context, code: 'config', message })
  }
  const template = override ?? request.path
  const fill = (_: string, name: string): string => {
    if (!Object.hasOwn(params, name)) throw mismatch(name)
    used.add(name)
    return segment(params[name], name, context)
  }
  const path = template.includes('{') ? template.replace(/\{(\w+)\}/g, fill) : template
  for (const name of Object.keys(params)) if (!used.has(name)) throw mismatch(name)

  // Asked of the template: an id must not be able to turn a path into a URL of its own.
  const isAbsolute = absoluteUrl.test(template)
  const url = isAbsolute ? path : `${baseUrl}/${path.replace(/^\//, '')}`
  const search = queryString(query, context)
  const whole = search === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${search}`
  return isAbsolute || whole.includes('#') ? parseHttpUrl(whole, 'The URL', context) : new URL(whole)
}

function overrideOf(
  route: string | undefined,
  endpoints: Readonly<Record<string, string>>,
): string | undefined {
  return route !== undefined && Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
}

function templateOf(
  baseUrl: string,
  { path, route }: HttpRequest,
  endpoints: Readonly<Record<string, string>>,
): string {
  const template = overrideOf(route, endpoints) ?? path
  return absoluteUrl.test(template) ? template : `${baseUrl}/${template.replace(/^\//, '')}`
}

function queryString(query: Readonly<Record<string, QueryValue>>, context: Context): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue
    const what = `The query parameter ${name}`
    const key = encode(name, what, context)
    if (isList(value)) for (const one of value) pairs.push(`${key}=${encode(one, what, context)}`)
    else pairs.push(`${key}=${encode(value, what, context)}`)
  }
  return pairs.join('&')
}

/**
 * Escapes an id so that it reaches the server as one segment of the path, whatever it holds.
 *
 * `.` and `..` are refused: URL parsers take them, and even their escaped forms `%2e` and `%2e%2e`, for steps in the path.
 *
 * @param id - the provider's id, unescaped
 * @throws ContactsError `invalid_input` for a blank id, `.`, `..`, and text with lone surrogates
 *
 * @example
 * ```ts
 * pathSegment('../x?y#z') // '..%2Fx%3Fy%23z'
 * ```
 */
export function pathSegment(id: string): string {
  return segment(id, 'id', {})
}

function segment(value: unknown, name: string, context: Context): string {
  const problem =
    typeof value !== 'string'
      ? 'is not a string'
      : value.trim() === ''
        ? 'is blank'
        : value === '.' || value === '..'
          ? 'cannot be "." or ".."'
          : undefined
  if (typeof value !== 'string' || problem !== undefined) {
    const issues = [{ path: name, message: problem ?? 'cannot be sent' }]
    throw new ContactsError({ ...context, code: 'invalid_input', message: `The ${name} ${problem}.`, issues })
  }
  return encode(value, `The ${name}`, context)
}

function isList(value: unknown): value is readonly QueryValue[] {
  return typeof value === 'object' && holds(() => Array.isArray(value))
}

function isScalar(value: unknown): value is string | number | boolean {
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'bigint'
}

function encode(value: unknown, what: string, context: Context): string {
  try {
    // Of a symbol or an object, `String` makes text that nobody meant.
    if (!isScalar(value)) throw new TypeError('no form')
    return encodeURIComponent(value)
  } catch (error) {
    // A lone surrogate has no UTF-8 form.
    const problem = error instanceof URIError ? 'holds half of a surrogate pair' : 'has no form as text'
    throw new ContactsError({
      ...context,
      code: 'invalid_input',
      message: `${what} ${problem}: it cannot be sent.`,
    })
  }
}
