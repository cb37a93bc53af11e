import { ContactsError, createHttpClient, type HttpClient, type HttpRequest } from '@anycontact/core'
import { classifyInboxError, PROVIDER } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { type EndpointName, endpointOf, isEndpointName } from './endpoints.ts'
import { gateways, type ImbraceClientConfig } from './options.ts'
import type { ImbraceDialect } from './types.ts'

/** As the vendor's SDK waits where nothing says how long: 1, 2, 4 seconds, here at random up to that. */
const BASE_DELAY_MS = 1000

/** What goes into a call of an endpoint. */
export type EndpointInput = Pick<HttpRequest, 'query' | 'json' | 'body' | 'idempotent'> & {
  /** The id in the path. */
  readonly id?: string | undefined
}

/** What a client sends its requests with. */
export interface Transport {
  readonly http: HttpClient
  readonly dialect: ImbraceDialect
  /** The request of a call. */
  request(name: EndpointName, input: EndpointInput, call: EndpointCall | undefined): HttpRequest
}

/**
 * Makes the transport of a client.
 *
 * @param authHeaders - asked before each attempt
 * @throws ContactsError `config` for options that cannot work
 */
export function createTransport(
  config: ImbraceClientConfig,
  authHeaders: () => Promise<Record<string, string>>,
): Transport {
  const {
    env = 'stable',
    dialect = 'sdk',
    services,
    timeout,
    timeoutMs = timeout,
    retry,
    ...options
  } = config
  if (!Object.hasOwn(gateways, env)) throw badOption(`env must be one of ${Object.keys(gateways).join(', ')}`)
  if (!['sdk', 'web', 'spec'].includes(dialect)) throw badOption("dialect must be 'sdk', 'web' or 'spec'")
  const unknown = Object.keys(options.endpoints ?? {}).find((name) => !isEndpointName(name))
  if (unknown !== undefined) throw badOption(`\`endpoints.${unknown}\` is no method of the vendor's contacts`)
  if (!['string', 'undefined'].includes(typeof services?.channelService)) {
    throw badOption('`services.channelService` must be text')
  }
  const service = (services?.channelService ?? '/channel-service').replace(/\/+$/, '')
  const http = createHttpClient({
    ...options,
    timeoutMs,
    retry: retry === false ? false : { ...retry, baseDelayMs: retry?.baseDelayMs ?? BASE_DELAY_MS },
    provider: PROVIDER,
    defaultBaseUrl: gateways[env],
    authHeaders,
    classify: classifyInboxError,
  })
  return {
    http,
    dialect,
    request(name, { id, idempotent, ...input }, call = {}) {
      const { operation = name, signal, timeoutMs, deadlineMs, headers, onRetry } = call
      const endpoint = endpointOf(name, dialect)
      return {
        ...input,
        operation,
        route: name,
        method: endpoint.method,
        path: `${service}${endpoint.path}`,
        params: id === undefined ? {} : { id },
        idempotent: call.idempotent ?? idempotent ?? endpoint.idempotent,
        headers,
        signal,
        timeoutMs,
        deadlineMs,
        onRetry,
      }
    },
  }
}

function badOption(problem: string): ContactsError {
  return new ContactsError({ code: 'config', message: `${PROVIDER}: ${problem}.`, provider: PROVIDER })
}
