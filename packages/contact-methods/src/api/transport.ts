import {
  ContactsError,
  createHttpClient,
  credential,
  type HttpClient,
  type HttpRequest,
} from '@anycontact/core'
import { classifyContactMethodsError, PROVIDER } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import type { Endpoint } from './endpoints.ts'
import type { ComplianceSDKOptions } from './options.ts'

/** What an SDK sends its requests with. */
export interface Transport {
  readonly http: HttpClient
}

/** What goes into a call of an endpoint. */
export interface EndpointInput {
  /** Values for the `{name}` parts of its path; escaped, so that each stays one segment. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  /** The body, sent as JSON. */
  readonly json?: object
  /** Whether this very body can be sent twice. @default what is known of the endpoint */
  readonly idempotent?: boolean
}

/**
 * Makes the transport of an SDK.
 *
 * @throws ContactsError `config` for options that cannot work
 */
export function createTransport(options: ComplianceSDKOptions): Transport {
  const apiKey = credential(options.apiKey, { provider: PROVIDER, name: 'apiKey' })
  const environment = credential(options.environment, { provider: PROVIDER, name: 'environment' })
  if (typeof options.environment === 'string') checkEnvironment(options.environment)
  const http = createHttpClient({
    ...options,
    provider: PROVIDER,
    defaultBaseUrl: 'https://api.artu.ai',
    authHeaders: async () => ({
      authorization: `Bearer ${await apiKey()}`,
      'x-environment': checkEnvironment(await environment()),
    }),
    publicHeaders: ['x-environment'],
    classify: classifyContactMethodsError,
  })
  return { http }
}

/** Calls an endpoint and gives the parsed JSON of its answer; `undefined` for an empty one. */
export async function sendJson(
  { http }: Transport,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall = {},
): Promise<unknown> {
  const { data } = await http.json(requestFor(endpoint, input, call))
  return data
}

/** Calls an endpoint and looks at nothing but whether it succeeded. */
export async function sendBlind(
  { http }: Transport,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall = {},
): Promise<void> {
  await http.bytes(requestFor(endpoint, input, call))
}

function requestFor(endpoint: Endpoint, input: EndpointInput, call: EndpointCall): HttpRequest {
  const { params, query, json } = input
  const { signal, timeoutMs, deadlineMs, headers, onRetry } = call
  return {
    operation: call.operation ?? endpoint.operation,
    method: endpoint.method,
    path: endpoint.path,
    route: endpoint.operation,
    params,
    query,
    json,
    idempotent: call.idempotent ?? input.idempotent ?? endpoint.idempotent,
    headers,
    signal,
    timeoutMs,
    deadlineMs,
    onRetry,
  }
}

function checkEnvironment(environment: string): string {
  if (environment === 'test' || environment === 'live') return environment
  throw new ContactsError({
    code: 'config',
    message: `${PROVIDER}: \`environment\` must be 'test' or 'live'.`,
    provider: PROVIDER,
  })
}
