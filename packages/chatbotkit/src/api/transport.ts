import { ContactsError, type HttpOptions, type JsonValue } from '@anycontact/core'
import {
  type CallSettings,
  type Transport as CoreTransport,
  createTransport,
  credential,
  type EndpointInput,
  isPlainObject,
  type QueryValue,
  systemClock,
} from '@anycontact/core/adapter-kit'
import { type EndpointName, endpoints } from './endpoints.ts'
import { asUnauthenticated, badAnswer, badInput, classify, classifyAnswer, PROVIDER } from './errors.ts'
import { type ClientSettings, mergeHeaders, VENDOR_HOST } from './options.ts'
import { type IdRecord, readIdAnswer } from './wire.ts'

/** What goes into a call of an endpoint. */
export interface Input extends Pick<EndpointInput, 'params' | 'json' | 'effect' | 'headers'> {
  /** Members that are objects become `name.key`, as the vendor's client writes them. */
  readonly query?: Readonly<Record<string, unknown>> | undefined
}

/** What a client and its sub-clients send their requests with: the one place where the vendor's endpoints are called. */
export interface Transport extends Pick<CoreTransport, 'http' | 'request'> {
  /** Calls an endpoint and gives the parsed JSON of its answer. */
  json(name: EndpointName, input: Input, call?: CallSettings): Promise<unknown>
  /**
   * Calls an endpoint that writes, and gives what it answers, which has an id.
   *
   * @param id - the one that it must have. @default any
   */
  write(name: EndpointName, input: Input, call?: CallSettings, id?: string): Promise<IdRecord>
  /** Calls an endpoint and gives its answer as it arrives. */
  stream(name: EndpointName, input: Input, call?: CallSettings): ReturnType<CoreTransport['stream']>
  /**
   * Waits before a stream that was cut is resumed: as often, and as long, as requests are repeated.
   *
   * @param error - how it was cut
   * @param cuts - how often it was cut since it last brought something new
   * @throws the error itself when the stream is not to be resumed
   */
  waitToResume(error: unknown, cuts: number, call?: CallSettings): Promise<void>
  /** The client's address, without a slash at its end. */
  readonly baseUrl: string
  /** Other paths, as the client's options have them. */
  readonly endpoints: Readonly<Record<string, string>>
  /** Answers kept by `ResponsePromise.cache()`. */
  readonly cache: Map<string, Promise<unknown>>
}

/**
 * Makes the transport of a client.
 *
 * @throws ContactsError `config` for options that cannot work
 */
export function createClientTransport(settings: ClientSettings, baseUrl: string): Transport {
  const { timezone, runAsUserId, runAsChildUserEmail, clock = systemClock, random = Math.random } = settings
  const secret = credential(settings.secret, { provider: PROVIDER, name: 'secret' })
  const core = createTransport({
    ...settings,
    provider: PROVIDER,
    baseUrl,
    defaultBaseUrl: baseUrl,
    routes: endpoints,
    endpoints: pathsAt(baseUrl, settings.endpoints),
    otherEndpoints: true,
    headers: mergeHeaders(settings.headers, timezone ? { 'x-timezone': timezone } : undefined),
    authHeaders: async () => ({
      authorization: `Bearer ${await secret()}`,
      ...(runAsUserId && { 'x-runas-user-id': runAsUserId }),
      ...(runAsChildUserEmail && { 'x-runas-child-user-email': runAsChildUserEmail }),
    }),
    classify,
    classifyAnswer,
  })
  const inputOf = ({ params, query = {}, json, effect, headers }: Input): EndpointInput => ({
    params,
    query: flatQuery(query),
    json,
    effect,
    headers: json === undefined ? headers : { ...JSON_TYPE, ...headers },
  })
  const send = async <Result>(
    name: EndpointName,
    input: Input,
    call: CallSettings | undefined,
    read: (answer: unknown, operation: string) => Result,
  ): Promise<Result> => {
    try {
      return await core.json(name, inputOf(input), call, read)
    } catch (error) {
      // Only where a path names a record can a 403 be about whose record it is.
      throw input.params === undefined ? asUnauthenticated(error) : error
    }
  }
  return {
    http: core.http,
    request: (given, context) => core.request({ ...given, path: pathAt(baseUrl, given.path) }, context),
    json: (name, input, call) => send(name, input, call, (answer) => answer),
    write: (name, input, call, id) =>
      send(name, input, call, (answer, operation) => {
        const record = readIdAnswer(answer, undefined, operation)
        if (id === undefined || record.id === id.trim()) return record
        throw badAnswer('the answer is about another record than the one that was named.', operation)
      }),
    stream: (name, input, call) => core.stream(name, inputOf(input), call),
    async waitToResume(error, cuts, call) {
      const retry = call?.retry ?? settings.retry ?? {}
      if (retry === false || !ContactsError.is(error) || !error.retryable) throw error
      const policy = { ...(settings.retry || {}), ...retry }
      // What is not said is as core has it.
      const { attempts = 4, baseDelayMs = 250, maxDelayMs = 60_000, afterTimeout = true } = policy
      if (cuts >= attempts || (error.code === 'timeout' && !afterTimeout)) throw error
      await clock.sleep(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (cuts - 1)), call?.signal)
    },
    baseUrl: baseUrl.replace(/\/+$/, ''),
    endpoints: settings.endpoints ?? {},
    cache: new Map(),
  }
}

/** What says that a body is JSON, spelled as by the vendor's client: a program's own `fetch` can look for it. */
export const JSON_TYPE = { 'content-type': 'application/json' } as const

/**
 * A path as it is at a host: the vendor's own has the API without the leading `/api`. Source: the vendor's client.
 *
 * @param url - the host's, and maybe more
 */
export function pathAt(url: string, path: string): string {
  const isVendor = URL.canParse(url) && new URL(url).hostname === VENDOR_HOST
  return isVendor ? path.replace(/^\/api\//, '/') : path
}

/** The path of every endpoint at a base URL, with those that the client's options have by name or by the vendor's path. */
function pathsAt(baseUrl: string, given: HttpOptions['endpoints'] = {}): Record<string, string> {
  const paths = Object.entries(endpoints).map(([name, { path }]): [string, string] => {
    const chosen = given[name] ?? given[path] ?? path
    // What is no text, from a program without types, is left to be refused.
    return [name, typeof chosen === 'string' ? pathAt(baseUrl, chosen) : chosen]
  })
  return { ...given, ...Object.fromEntries(paths) }
}

/**
 * Writes a query the way the vendor's client does: a member that is an object becomes `name.key`, as in `meta.plan`; null
 * and `undefined` are left out; an array is an object whose keys are numbers, as in `ids.0`.
 *
 * @throws ContactsError `invalid_input` for what has no form in a query, for example a function or a `Date`: left out in silence,
 * a filter would let everything pass
 */
export function flatQuery(query: Readonly<Record<string, unknown>>): Record<string, QueryValue> {
  const flat: Record<string, QueryValue> = {}
  const add = (members: object, prefix: string, levels = 0): void => {
    if (levels > 100) throw new RangeError('too deep')
    for (const [key, value] of Object.entries(members)) {
      const name = prefix + key
      if (value === undefined || value === null) continue
      if (isScalar(value)) flat[name] = value
      else if (isPlainObject(value) || (Array.isArray(value) && prefix === ''))
        add(value, `${name}.`, levels + 1)
      else throw badInput(`The query parameter ${name} must be text, a number, a boolean or a plain object.`)
    }
  }
  try {
    add(query, '')
    return flat
  } catch (error) {
    if (ContactsError.is(error)) throw error
    throw badInput('The query cannot be read, or refers to itself.')
  }
}

function isScalar(value: unknown): value is Exclude<JsonValue, object | null> {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
