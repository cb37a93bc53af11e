import type { AdapterRequest } from '../adapter/request.ts'
import { CallScope, type CallSettings } from '../call/scope.ts'
import { ContactsError, type ContactsErrorIssue, neverAbsent } from '../errors.ts'
import { classified, parseJson } from '../http/body.ts'
import { createHttpClient } from '../http/client.ts'
import type {
  Effect,
  ErrorClassification,
  ErrorResponse,
  HttpClient,
  HttpConfig,
  HttpRequest,
  HttpResponse,
} from '../http/types.ts'
import { isPlainObject, readMembers } from '../model/json.ts'
import { readText } from './contact-parts.ts'
import { providerErrors } from './provider-errors.ts'

/** One endpoint of a vendor's API. */
export interface Endpoint {
  readonly method: HttpRequest['method']
  /** Below the base URL, with `{name}` for variable parts. */
  readonly path: string
  /** What it does to the vendor's data; this decides what is repeated. @default 'read' for GET and HEAD, else 'once' */
  readonly effect?: Effect | undefined
  /**
   * Whether it is there whatever the records are, as a listing is: then no answer of it says that a record is absent, and a 404 is
   * `bad_response`. @default false
   */
  readonly alwaysThere?: boolean | undefined
  /** The group of routes whose limit it counts in; see `groupLimits`. @default none */
  readonly group?: string | undefined
}

/** Every endpoint of a vendor's API by its name, which is what errors call it and its key in the `endpoints` option. */
export type Endpoints<Name extends string = string> = Readonly<Record<Name, Endpoint>>

/** What goes into a request of an endpoint. */
export type EndpointInput = Pick<
  HttpRequest,
  'params' | 'query' | 'json' | 'body' | 'headers' | 'effect' | 'authenticate' | 'fetch'
>

/** How a vendor's API is called: the one place where its endpoints meet HTTP. Its face and its adapter both go through it. */
export interface Transport<Name extends string = string> {
  /**
   * Calls an endpoint and gives the parsed JSON of its answer; `undefined` for an empty one.
   *
   * @param name - of the endpoint
   * @param input - what goes into the request
   * @param call - an adapter hands on `context.call`; a face what its caller gave. @default a call of its own
   */
  json(name: Name, input?: EndpointInput, call?: CallSettings): Promise<unknown>
  /**
   * As above, and gives what `read` makes of the answer. Read the answer to a write so: where `read` throws, the error says
   * `applied: 'unknown'`.
   */
  json<Result>(
    name: Name,
    input: EndpointInput | undefined,
    call: CallSettings | undefined,
    read: (answer: unknown, operation: string) => Result,
  ): Promise<Result>
  /**
   * Calls an endpoint of which only success or failure is of interest, like most deletions, and gives the JSON of its answer, if it
   * is any. Every success counts but what no API says of one: HTML, `success: false`, an error object. Those fail, and whether the
   * request was applied is unknown.
   */
  done(name: Name, input?: EndpointInput, call?: CallSettings): Promise<unknown>
  /** Calls an endpoint and gives the bytes of its answer. */
  bytes(
    name: Name,
    input?: EndpointInput,
    call?: CallSettings,
  ): Promise<HttpResponse<Uint8Array<ArrayBuffer>>>
  /** Calls an endpoint and gives its answer as it arrives. */
  stream(
    name: Name,
    input?: EndpointInput,
    call?: CallSettings,
  ): Promise<HttpResponse<ReadableStream<Uint8Array<ArrayBuffer>>>>
  /**
   * Sends a request that no endpoint describes, from a user of the adapter, and gives the JSON of its answer: what an adapter has as
   * its `request`.
   */
  request(request: AdapterRequest, context: { readonly call: CallSettings }): Promise<unknown>
  /** The client underneath. */
  readonly http: HttpClient
}

/** How a transport is set up: the HTTP client's configuration and the vendor's endpoints. */
export interface TransportConfig<Name extends string> extends HttpConfig {
  readonly routes: Endpoints<Name>
  /** Whether `endpoints` may name more than the routes: for a face by which any route can be called. @default false */
  readonly otherEndpoints?: boolean | undefined
  /**
   * Makes of an error what the vendor's own client would throw, still a `ContactsError`: for those who call the face. What an adapter
   * is told stays as it is, and so does a caller's own abort.
   * @default every error stays as it is
   */
  readonly faceError?: ((error: ContactsError) => ContactsError) | undefined
}

/**
 * Makes the transport of a vendor's API from the table of its endpoints.
 *
 * @throws ContactsError `config` for options that cannot work
 *
 * @example
 * ```ts
 * const endpoints = {
 *   list: { method: 'GET', path: '/people' },
 *   update: { method: 'PATCH', path: '/people/{id}', effect: 'idempotent' },
 * } as const satisfies Endpoints
 *
 * const transport = createTransport({ ...options, provider: 'crm', defaultBaseUrl, authHeaders, classify, routes: endpoints })
 * const answer = await transport.json('update', { params: { id }, json: { name: 'Ana' } }, context.call)
 * ```
 */
export function createTransport<Name extends string>({
  routes,
  otherEndpoints = false,
  faceError,
  ...config
}: TransportConfig<Name>): Transport<Name> {
  const { provider, endpoints = {} } = config
  const { badAnswer } = providerErrors(provider)
  const other = Object.keys(endpoints ?? {}).find((name) => !otherEndpoints && !Object.hasOwn(routes, name))
  if (other !== undefined) throw noRoute(provider, other, Object.keys(routes))
  const routePaths = Object.values<Endpoint>(routes).map(({ path }) => path)
  const http = createHttpClient({ ...config, routePaths })
  // Member by member, because each request is made so: spreads cost more than all else here.
  const request = (
    name: Name,
    { params, query, json, body, headers, effect, authenticate, fetch }: EndpointInput = {},
    call?: CallSettings,
    check?: (data: unknown) => void,
  ): HttpRequest => {
    const { method, path, group, effect: usual }: Endpoint = routes[name]
    return {
      method,
      path,
      group,
      effect: effect ?? usual,
      route: name,
      params,
      query,
      json,
      body,
      headers,
      authenticate,
      fetch,
      call,
      check,
    }
  }
  /** What a call of a route fails with. */
  const told = (name: Name, call: CallSettings | undefined, failure: unknown): unknown => {
    const error = routes[name].alwaysThere ? neverAbsent(failure, call?.signal) : failure
    if (faceError === undefined || call instanceof CallScope) return error
    return ContactsError.is(error) && error !== call?.signal?.reason ? faceError(error) : error
  }
  const ofRoute = <Answer>(
    name: Name,
    call: CallSettings | undefined,
    answer: Promise<Answer>,
  ): Promise<Answer> =>
    answer.catch((error: unknown) => {
      throw told(name, call, error)
    })
  const json = async (
    name: Name,
    input?: EndpointInput,
    call?: CallSettings,
    read: (answer: unknown, operation: string) => unknown = (answer) => answer,
  ): Promise<unknown> => {
    let result: unknown
    const check = (answer: unknown): void => {
      result = read(answer, call?.operation ?? name)
    }
    await ofRoute(name, call, http.json(request(name, input, call, check)))
    return result
  }
  return {
    http,
    json: json as Transport<Name>['json'], // what `read` gives is what it is answered with
    async done(name, input, call) {
      let result: unknown
      const check = (text: unknown): void => {
        result = doneAnswer(String(text), config.classify, (problem) =>
          badAnswer(problem, call?.operation ?? name),
        )
      }
      const headers = { accept: 'application/json', ...input?.headers }
      await ofRoute(name, call, http.text(request(name, { ...input, headers }, call, check)))
      return result
    },
    bytes: (name, input, call) => ofRoute(name, call, http.bytes(request(name, input, call))),
    stream: (name, input, call) => ofRoute(name, call, http.stream(request(name, input, call))),
    async request(given, { call }) {
      // What is read is for its reader to judge; a write is believed where nothing says that it failed.
      const check = (json: unknown): void => {
        if (given.effect !== 'read' && refusedAnswer(asAnswer(json)) !== undefined)
          throw badAnswer(REFUSED, call.operation ?? 'request')
      }
      const { data } = await http.json({ ...given, isByHand: true, call, check })
      return data
    },
  }
}

/**
 * Reads the members of what a method of a face was given, once. Their values are left as they are, and `fail` makes the error: for
 * what is sent as it is, and for faces with errors of their own. `readArgument` also says what must stand in a member.
 *
 * @param given - an object, of a class too; anything from a program without types
 * @param names - the members that there are; others come along where they are its own
 * @param fail - makes the error, for example `(issues) => badInput(issues, operation)`
 * @throws ContactsError for what is no such object, or cannot be read
 *
 * @example
 * ```ts
 * const { id, email } = readInput(options, ['id', 'email'], (issues) => badInput(issues, operation))
 * ```
 */
export function readInput<Input extends object>(
  given: Input,
  names: readonly (keyof Input & string)[],
  fail: (issues: readonly ContactsErrorIssue[]) => ContactsError,
): Input {
  const { value, problem } = readMembers(given, names)
  if (problem) throw fail([{ path: problem.path.join('.'), message: problem.message }])
  return value as Input // its members are its caller's, and not checked here
}

/**
 * Reads an answer that says under a status of success that it is none, in the ways that many APIs share: `success: false`, or an
 * error object. For `classifyAnswer`.
 */
export function refusedAnswer({ json }: ErrorResponse): ErrorClassification | undefined {
  if (!isPlainObject(json) || (json.success !== false && !isPlainObject(json.error))) return undefined
  const message = readText(json, 'message') ?? readText(json.error, 'message')
  return { code: 'bad_response', ...(message !== undefined && { message }) }
}

/**
 * Reads the answer to a request of which only success or failure is of interest.
 *
 * @param text - the answer
 * @param classify - what the vendor's errors look like
 * @param bad - makes the error for an answer that says no success
 * @returns its JSON, if it is any
 */
function doneAnswer(
  text: string,
  classify: HttpConfig['classify'],
  bad: (problem: string) => ContactsError,
): unknown {
  if (text.trim().startsWith('<')) throw bad('the answer is HTML. Check `baseUrl`, and proxies on the way.')
  const parsed = parseJson(text)
  const json = parsed.ok ? parsed.value : undefined
  const answer = asAnswer(json)
  const isRefusal =
    refusedAnswer(answer) !== undefined ||
    readText(json, 'error') !== undefined ||
    classified(classify, answer)?.code !== undefined
  if (isRefusal) throw bad(REFUSED)
  return json
}

const REFUSED = 'the server says that it did not succeed, under a status that says it did.'

function asAnswer(json: unknown): ErrorResponse {
  return { status: 200, headers: new Headers(), json, text: '' }
}

function noRoute(provider: string, name: string, routes: readonly string[]): ContactsError {
  const path = `endpoints.${name}`
  const message = `names no route; there are ${routes.join(', ')}`
  return new ContactsError({
    code: 'config',
    message: `${provider}: \`${path}\` ${message}.`,
    provider,
    issues: [{ path, message }],
  })
}
