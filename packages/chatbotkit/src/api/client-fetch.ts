import {
  type CallSettings,
  type Effect,
  type FaceCall,
  type HttpRequest,
  holds,
  type MemberKinds,
  parseJson,
  readArgument,
} from '@anycontact/core/adapter-kit'
import { asUnauthenticated, badAnswer, badInput, PROVIDER } from './errors.ts'
import { readLineValues } from './lines.ts'
import { ATTEMPTS, type AttemptOptions, fromVendorNames } from './options.ts'
import { eitherSignal, type ResponseSource } from './response-promise.ts'
import { flatQuery, JSON_TYPE, pathAt, type Transport } from './transport.ts'

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

const CALL: FaceCall = { provider: PROVIDER, operation: 'clientFetch' }

const EFFECTS: ReadonlySet<Effect> = new Set(['read', 'once', 'idempotent'])

/** What must stand in which option, as far as a word says it. */
const KINDS: MemberKinds<ClientFetchOptions> = {
  method: 'text',
  headers: 'vendor',
  external: 'flag',
  endpoint: 'text',
  ...ATTEMPTS,
  operation: 'text',
  signal: 'signal',
}

/** How the answer to a call by hand is got. */
export function rawSource<T, U>(
  transport: Transport,
  path: string,
  request: ClientFetchOptions | undefined,
): ResponseSource<T, U> {
  const options = checked(path, readArgument(request, CALL, KINDS))
  const { operation = 'clientFetch', external = false } = options
  const fail = (error: unknown): never => {
    throw external ? asUnauthenticated(error) : error
  }

  return {
    cacheMap: transport.cache,
    cacheKey: () => {
      const { method, endpoint, query, headers, record, buffer, file } = options
      return buffer || file ? undefined : [path, method, endpoint, external, query, headers, record]
    },
    load: async () => {
      const { headers, data } = await transport.http.bytes(rawRequest(transport, path, options)).catch(fail)
      // What the answer is like is known to the caller alone, who says so by the type.
      return (isJson(headers) ? parsed(data, operation) : { headers, data: exactBuffer(data) }) as T
    },
    async *stream(abortSignal) {
      const signal = eitherSignal(options.signal, abortSignal)
      const headers = { ...options.headers, Accept: 'application/jsonl' }
      const streamed = rawRequest(transport, path, { ...options, signal, headers })
      const response = await transport.http.stream(streamed).catch(fail)
      // As above.
      yield* readLineValues(response.data, operation) as AsyncGenerator<readonly U[], void, undefined>
    },
  }
}

/** The options, if all of them can be used. */
function checked(path: unknown, options: ClientFetchOptions): ClientFetchOptions {
  const { query, record, buffer, effect } = options
  const file = options.file && readArgument(options.file, CALL, { name: 'text', type: 'text' })
  const check = (isRight: boolean, problem: string): void => {
    if (!isRight) throw badInput(problem, CALL.operation)
  }
  check(typeof path === 'string', 'The path must be text.')
  check(typeof (query ?? {}) === 'object', '`query` must be an object.')
  check(typeof (record ?? {}) === 'object', '`record` must be an object.')
  check(!buffer || isBytes(buffer), '`buffer` must be an ArrayBuffer.')
  check(!file || typeof file.data === 'string' || isBytes(file.data), '`file.data` must be text or bytes.')
  check(!effect || EFFECTS.has(effect), '`effect` must be read, once or idempotent.')
  return { ...options, file }
}

/** By its name, because an ArrayBuffer can come from another realm, as in many tests. */
function isBytes(value: unknown): boolean {
  return holds(
    () => ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]',
  )
}

function rawRequest(transport: Transport, path: string, options: ClientFetchOptions): HttpRequest {
  const { query = {}, record, external = false, operation = 'clientFetch', signal, effect } = options
  const { body, contentType } = bodyOf(options)
  const { timeoutMs, retry, fetch } = fromVendorNames(options)
  return {
    method: options.method || (record || body ? 'POST' : 'GET'),
    path: addressOf(transport, path, options),
    isByHand: true,
    query: flatQuery(query ?? {}),
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
  if (record) return { contentType: JSON_TYPE }
  if (buffer) return { body: buffer, contentType: { 'content-type': 'application/octet-stream' } }
  if (!file) return {}
  const form = new FormData()
  const blob = new Blob([file.data], file.type === undefined ? {} : { type: file.type })
  if (file.name === undefined) form.append('file', blob)
  else form.append('file', blob, file.name)
  return { body: form }
}

function headerRecord(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null)
  try {
    return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
  } catch {
    throw badInput('A header has no form as text.')
  }
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
