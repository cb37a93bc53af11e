import { type CallSettings, type Effect, type HttpRequest, parseJson } from '@anycontact/core/adapter-kit'
import { asUnauthenticated, badAnswer, badInput } from './errors.ts'
import { readJsonLines } from './lines.ts'
import { type AttemptOptions, fromVendorNames } from './options.ts'
import { eitherSignal, type ResponseSource } from './response-promise.ts'
import { flatQuery, pathAt, type Transport } from './transport.ts'

/** What `clientFetch` takes: the vendor's options, and of ours `operation`, `signal` and `effect`. */
export interface ClientFetchOptions extends AttemptOptions, Pick<CallSettings, 'operation' | 'signal'> {
  /** What it does to the vendor's data; this decides what is repeated. @default 'read' for GET, else 'once' */
  readonly effect?: Effect | undefined
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
      for await (const values of readJsonLines(response.data, operation)) {
        for (const value of values) yield value as U // as above
      }
    },
  }
}

function rawRequest(transport: Transport, path: string, options: ClientFetchOptions): HttpRequest {
  const { query = {}, record, external = false, operation = 'clientFetch', signal, effect } = options
  const { body, contentType } = bodyOf(options)
  const { timeoutMs, retry, fetch } = fromVendorNames(options)
  return {
    method: options.method || (record || body ? 'POST' : 'GET'),
    path: addressOf(transport, path, options),
    isByHand: true,
    query: flatQuery(query),
    json: record || undefined,
    body,
    headers: { ...contentType, ...headerRecord(options.headers) },
    authenticate: !external,
    effect,
    fetch,
    call: { operation, signal, timeoutMs, retry },
  }
}

/** Where a call goes: what the client's options have for its endpoint or path, else the path, below the base URL. */
function addressOf(
  { baseUrl, endpoints }: Transport,
  path: string,
  { endpoint = '', external }: ClientFetchOptions,
): string {
  const key = [endpoint, path].find((one) => Object.hasOwn(endpoints, one))
  const override = key === undefined ? undefined : endpoints[key]
  const chosen = override ?? path
  const isAbsolute = /^(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i.test(chosen)
  const address = isAbsolute ? chosen : `${baseUrl}/${chosen.replace(/^\//, '')}`
  if (!URL.canParse(address, baseUrl)) throw badInput('The path does not make a URL.')
  const url = new URL(address, baseUrl)
  url.pathname = pathAt(url.href, url.pathname)
  url.hash = ''
  if (!external && override === undefined && url.origin !== new URL(baseUrl).origin) {
    throw badInput(
      'The path of a clientFetch is a URL of another origin. Pass `external: true` to go there without the secret.',
    )
  }
  // A brace is no placeholder here.
  return url.href.replace(/[{}]/g, encodeURIComponent)
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
