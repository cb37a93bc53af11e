import {
  ContactsError,
  createHttpClient,
  credential,
  type HttpClient,
  type QueryValue,
} from '@anycontact/core'
import { classifyAnswer, classifyError, PROVIDER } from '../errors.ts'
import type { Endpoint } from './endpoints.ts'
import { type CognipeerClientConfig, type EndpointCall, httpOptionsOf } from './options.ts'

/** What goes into a call of an endpoint. */
interface EndpointInput {
  readonly query?: Readonly<Record<string, QueryValue>>
  /** The body, sent as JSON. */
  readonly body?: object
  /** Whether sending it twice does the same as sending it once. @default what is known of the endpoint */
  readonly idempotent?: boolean
}

/** Sends a request and gives the parsed JSON of its answer. */
export type Send = (endpoint: Endpoint, input: EndpointInput, call?: EndpointCall) => Promise<unknown>

/**
 * Makes what a client sends its requests with.
 *
 * @throws ContactsError `config` when the token or the hook id is missing or blank, or an option cannot work
 */
export function createTransport(config: CognipeerClientConfig): Send {
  const token = credential(config.token, { provider: PROVIDER, name: 'token' })
  const hookId = credential(config.hookId, { provider: PROVIDER, name: 'hookId' })
  const http = createHttpClient({
    ...httpOptionsOf(config),
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.cognipeer.com/v1',
    authHeaders: async () => ({ authorization: `Bearer ${await token()}`, 'x-hook-id': await hookId() }),
    classify: classifyError,
    classifyAnswer,
    resetHeaders: ['x-ratelimit-reset'],
  })
  return (endpoint, input, call = {}) => send(http, endpoint, input, call)
}

async function send(
  http: HttpClient,
  { route, method, path, idempotent }: Endpoint,
  input: EndpointInput,
  { operation = route, ...call }: EndpointCall,
): Promise<unknown> {
  try {
    const { data } = await http.json({
      ...call,
      operation,
      route,
      method,
      path,
      query: input.query,
      json: input.body,
      idempotent: input.idempotent ?? idempotent,
    })
    return data
  } catch (error) {
    throw ContactsError.is(error) && error.code === 'timeout' ? withTheWord(error) : error
  }
}

/** The vendor's guide to errors looks for the word "timeout" in the message. */
function withTheWord(error: ContactsError): ContactsError {
  if (/timeout/i.test(error.message)) return error
  const named = new ContactsError({
    ...error.toJSON(),
    message: `${error.message} (timeout)`,
    cause: error.cause,
  })
  if (error.stack !== undefined) named.stack = error.stack
  return named
}
