import { badAnswer } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { type ChatBotKitClient, transportOf } from './client.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import type { StreamResponse } from './jsonl.ts'
import { type EndpointInput, requestFor } from './send.ts'

/**
 * Asks for a listing of contacts as one stream, for `readEvents`: all pages in one answer.
 *
 * @param path - which of the two listings
 * @param query - `cursor`, `order`, `take`, `meta`
 * @throws ContactsError as any call; what fails later fails in the reader
 */
export function openStream(
  client: ChatBotKitClient,
  path: 'list' | 'export',
  query: Readonly<Record<string, unknown>>,
  call: EndpointCall = {},
): Promise<StreamResponse> {
  const endpoint = path === 'list' ? endpoints.listContacts : endpoints.exportContacts
  return openEndpointStream(client, endpoint, { query }, call)
}

/** Asks for the answer of an endpoint as a stream of JSON lines. */
export async function openEndpointStream(
  client: ChatBotKitClient,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall = {},
): Promise<StreamResponse> {
  const headers = { ...call.headers, accept: 'application/jsonl' }
  const request = requestFor(client, endpoint, input, { ...call, headers })
  const response = await transportOf(client).http.stream(request)
  // An answer of another kind with nothing in it would pass for a listing with nothing in it.
  if (!/json/i.test(response.headers.get('content-type') ?? '')) {
    response.data.cancel().catch(() => {})
    throw badAnswer('the answer is no JSONL. Check `baseUrl`, and proxies on the way.', request.operation)
  }
  return response
}
