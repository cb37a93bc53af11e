import { ContactsError } from '../errors.ts'
import { checkedHeaders } from './headers.ts'
import { textsIn } from './redact.ts'
import type { RetryPolicy } from './retry-policy.ts'
import { checkedRetry, positive, type Settings } from './settings.ts'
import type { Effect, FetchFunction, HttpRequest } from './types.ts'
import { buildUrl } from './url.ts'

/** A request checked and encoded once, to be sent once or more. */
export interface PreparedRequest {
  readonly request: HttpRequest
  /** Who and what, for errors. */
  readonly context: { readonly provider: string; readonly operation: string }
  readonly method: string
  readonly url: URL
  readonly body: BodyInit | undefined
  readonly contentType: string | undefined
  /** Whether sending it twice does the same as sending it once. */
  readonly idempotent: boolean
  /** Whether it can change anything at the vendor. */
  readonly isWrite: boolean
  /** Whether the body can be sent a second time; a stream cannot. */
  readonly replayable: boolean
  readonly fetch: FetchFunction
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly retry: RetryPolicy
}

/**
 * Checks and encodes a request.
 *
 * @throws ContactsError `invalid_input` for what the caller gave, `config` for a route override that cannot work and for a
 * runtime without `fetch`
 */
export function prepare(request: HttpRequest, settings: Settings): PreparedRequest {
  const { json, call, route, method: verb } = request
  const operation = call?.operation ?? request.operation ?? route ?? verb
  const { provider, config } = settings
  const context = { provider, operation }
  const fail = (message: string): ContactsError =>
    new ContactsError({ ...context, code: 'invalid_input', message: `${provider} ${operation}: ${message}.` })

  // Only to check them: a bad header must not cost a request for a token.
  for (const headers of [request.headers, call?.headers]) checkedHeaders(headers, { ...context, code: 'invalid_input' })

  let body = request.body
  if (json !== undefined) {
    try {
      body = JSON.stringify(json)
    } catch {
      // The error's own message can quote the data.
      throw fail('the data cannot be written as JSON')
    }
  }
  const chosen = request.fetch ?? config.fetch
  if (chosen === undefined && typeof globalThis.fetch !== 'function') {
    const message = `${provider}: this runtime has no \`fetch\`; give one as the \`fetch\` option.`
    throw new ContactsError({ ...context, code: 'config', message })
  }
  const method = request.method.toUpperCase()
  const effect = request.effect ?? effectOf(method, request.idempotent)
  return {
    request,
    context,
    method,
    url: buildUrl(settings.baseUrl, request, settings.endpoints, context),
    body,
    contentType:
      json !== undefined
        ? 'application/json'
        : typeof body === 'string'
          ? 'text/plain;charset=UTF-8'
          : undefined,
    idempotent: effect !== 'once',
    isWrite: effect !== 'read',
    replayable: !(body instanceof ReadableStream),
    // The runtime's `fetch` is looked up now and called as the global's method: elsewhere it is an "Illegal invocation".
    fetch:
      chosen === undefined
        ? (input, init) => globalThis.fetch(input, init)
        : (input, init) => chosen(input, init),
    timeoutMs: positive(call?.timeoutMs ?? request.timeoutMs ?? settings.timeoutMs, 'timeoutMs', fail),
    deadlineMs: positive(call?.deadlineMs ?? request.deadlineMs ?? settings.deadlineMs, 'deadlineMs', fail),
    retry: checkedRetry(call?.retry ?? request.retry, settings.retry, fail),
  }
}

function effectOf(method: string, idempotent: boolean | undefined): Effect {
  if (idempotent !== false && (method === 'GET' || method === 'HEAD')) return 'read'
  return idempotent === true ? 'idempotent' : 'once'
}

/** Every text in a request but its headers, for taking them out of what the vendor answers. */
export function sentTexts({ request, body }: PreparedRequest): string[] {
  const texts = Object.values(request.params ?? {})
  for (const value of Object.values(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string') texts.push(one)
      else textsIn(one, texts)
    }
  }
  if (typeof body === 'string') textsIn(request.json === undefined ? body : JSON.parse(body), texts)
  else if (body instanceof URLSearchParams || body instanceof FormData) {
    body.forEach((value: unknown) => {
      // Of a file the name: its content is not looked at.
      textsIn(value instanceof File ? value.name : typeof value === 'string' ? value : undefined, texts)
    })
  }
  return texts
}
