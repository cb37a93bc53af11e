import { ContactsError, type HttpRequest, parseJson } from '@anycontact/core'
import { asUnauthenticated, badAnswer, PROVIDER } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { readJsonLines } from './jsonl.ts'
import { type FetchFunction, fromVendorNames } from './options.ts'
import { flattenQuery } from './query.ts'
import type { ResponseSource } from './response-promise.ts'
import { eitherSignal } from './signals.ts'
import type { Transport } from './transport.ts'

/** What `clientFetch` takes: the vendor's options, and of ours `signal` and `idempotent`. */
export interface ClientFetchOptions extends Pick<EndpointCall, 'operation' | 'signal' | 'idempotent'> {
  /** @default 'POST' with a `record`, `buffer` or `file`, else 'GET' */
  readonly method?: string | undefined
  /** Sent over the client's headers; null and `undefined` are left out. */
  readonly headers?: Readonly<Record<string, unknown>> | undefined
  /** Objects become `name.key`; null and `undefined` are left out. */
  readonly query?: Readonly<Record<string, unknown>> | undefined
  /** Sent as JSON. */
  readonly record?: object | undefined
  /** Sent as `application/octet-stream`. */
  readonly buffer?: ArrayBuffer | undefined
  /** Sent as the field `file` of a form. */
  readonly file?:
    | {
        readonly name?: string | undefined
        readonly type?: string | undefined
        readonly data: string | ArrayBuffer
      }
    | undefined
  /** `true` leaves the credentials out. @default false */
  readonly external?: boolean | undefined
  /** The key under which the client's `endpoints` may have another path. */
  readonly endpoint?: string | undefined
  /** Milliseconds; 0 or less: no limit. */
  readonly timeout?: number | undefined
  readonly retries?: number | undefined
  /** Milliseconds. */
  readonly retryDelay?: number | undefined
  readonly retryTimeout?: boolean | undefined
  readonly fetchFn?: FetchFunction | undefined
}

/** How the answer to a call by hand is got. */
export function rawSource<T, U>(
  transport: Transport,
  path: string,
  options: ClientFetchOptions = {},
): ResponseSource<T, U> {
  const { operation = 'clientFetch', external = false } = options
  const refine = (error: unknown): unknown => (external ? asUnauthenticated(error) : error)

  return {
    cacheMap: transport.cache,
    cacheKey: () => {
      const { method, endpoint, query, headers, record, buffer, file } = options
      return buffer || file
        ? undefined
        : JSON.stringify([path, method, endpoint, external, query, headers, record])
    },
    load: async () => {
      try {
        const { headers, data } = await transport.http.bytes(rawRequest(transport, path, options))
        // What the answer is like is known to the caller alone, who says so by the type.
        return (isJson(headers) ? parsed(data, operation) : { headers, data: exactBuffer(data) }) as T
      } catch (error) {
        throw refine(error)
      }
    },
    async *stream(abortSignal) {
      const signal = eitherSignal(options.signal, abortSignal)
      const headers = { ...options.headers, accept: 'application/jsonl' }
      const request = rawRequest(transport, path, { ...options, signal, headers })
      const response = await transport.http.stream(request).catch((error) => {
        throw refine(error)
      })
      for await (const values of readJsonLines(response, operation)) {
        for (const value of values) yield value as U // as above
      }
    },
  }
}

function rawRequest(transport: Transport, path: string, options: ClientFetchOptions): HttpRequest {
  const { endpoint, query = {}, record, external = false, signal, idempotent, retryTimeout } = options
  const { url, trusted } = transport.target(path, endpoint, [])
  if (!external && !trusted) {
    throw new ContactsError({
      code: 'invalid_input',
      message: `${PROVIDER}: the path of a clientFetch is a URL of another origin. Pass \`external: true\` to go there without the secret.`,
      provider: PROVIDER,
    })
  }
  const { body, contentType } = bodyOf(options)
  return transport.withRetryRules(
    {
      operation: options.operation ?? 'clientFetch',
      method: options.method || (record || body ? 'POST' : 'GET'),
      path: url,
      query: flattenQuery(query),
      json: record || undefined,
      body,
      headers: { ...contentType, ...headerRecord(options.headers) },
      authenticate: !external,
      idempotent,
      signal,
      ...fromVendorNames(options),
    },
    retryTimeout,
  )
}

function bodyOf({ record, buffer, file }: ClientFetchOptions): {
  readonly body?: BodyInit
  readonly contentType?: Readonly<Record<string, string>>
} {
  if (record) return {}
  if (buffer) return { body: buffer, contentType: { 'content-type': 'application/octet-stream' } }
  if (!file) return {}
  const form = new FormData()
  const blob = new Blob([file.data], file.type === undefined ? {} : { type: file.type })
  if (file.name === undefined) form.append('file', blob)
  else form.append('file', blob, file.name)
  return { body: form }
}

function headerRecord(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const record: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) record[name] = String(value)
  }
  return record
}

function isJson(headers: Headers): boolean {
  return /^\s*application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')
}

function parsed(bytes: Uint8Array, operation: string): unknown {
  const result = parseJson(new TextDecoder().decode(bytes))
  if (result.ok) return result.value
  throw badAnswer(
    result.reason === 'proto'
      ? 'the answer has a key named `__proto__`, which is refused.'
      : 'the answer is JSON that is damaged or cut off.',
    operation,
  )
}

/** The bytes in a buffer of their own: a view can be a part of a larger one. */
function exactBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer
}
