import type { HttpRequest } from '@anycontact/core'
import { asUnauthenticated } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { type ChatBotKitClient, transportOf } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { flattenQuery } from './query.ts'

/** What goes into a call of an endpoint. */
export interface EndpointInput {
  /** Values for the `{name}` parts of its path; escaped, so that each stays one segment. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  /** The body, sent as JSON. */
  readonly record?: object
}

/** Calls an endpoint and gives the parsed JSON of its answer. */
export async function sendJson(
  client: ChatBotKitClient,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall = {},
): Promise<unknown> {
  const { http } = transportOf(client)
  try {
    const { data } = await http.json(requestFor(client, endpoint, input, call))
    return data
  } catch (error) {
    // Only where a path names a record can a 403 be about whose record it is.
    throw input.params === undefined ? asUnauthenticated(error) : error
  }
}

/** The request of a call. */
export function requestFor(
  client: ChatBotKitClient,
  { operation, method, path, idempotent }: Endpoint,
  { params = {}, query = {}, record }: EndpointInput,
  call: EndpointCall,
): HttpRequest {
  const transport = transportOf(client)
  const { signal, timeoutMs, deadlineMs, headers, onRetry } = call
  return transport.withRetryRules({
    operation: call.operation ?? operation,
    method,
    path: transport.target(path, operation, Object.keys(params)).url,
    params,
    query: flattenQuery(query),
    json: record,
    headers,
    idempotent: call.idempotent ?? idempotent,
    signal,
    timeoutMs,
    deadlineMs,
    onRetry,
  })
}
