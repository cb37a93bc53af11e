import { errorFromBody } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { type ChatBotKitClient, transportOf } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { readEvents } from './jsonl.ts'
import type {
  ResourceInstance,
  ResourceListRequest,
  ResourceListResponse,
  ResourceListStreamType,
} from './resource-types.ts'
import { ResponsePromise } from './response-promise.ts'
import { type EndpointInput, sendJson } from './send.ts'
import { eitherSignal } from './signals.ts'
import { openEndpointStream } from './stream.ts'
import { parseListAnswer } from './wire.ts'

/** What a listing of something that hangs on a contact gives. */
export type ResourceListing<Item extends ResourceInstance> = ResponsePromise<
  ResourceListResponse<Item>,
  ResourceListStreamType<Item>
>

/**
 * Lists what hangs on a contact: one page when awaited, everything when streamed. A stream that breaks off is not resumed: it
 * throws.
 */
export function listResources<Item extends ResourceInstance>(
  client: ChatBotKitClient,
  endpoint: Endpoint,
  contactId: string,
  request: ResourceListRequest | undefined,
  call: EndpointCall = {},
): ResourceListing<Item> {
  const input: EndpointInput = { params: { contactId }, query: { ...request } }
  const operation = call.operation ?? endpoint.operation
  return new ResponsePromise<ResourceListResponse<Item>, ResourceListStreamType<Item>>({
    cacheMap: transportOf(client).cache,
    cacheKey: () => JSON.stringify([endpoint.operation, contactId, request, call.headers]),
    load: async () => {
      const { items, ...rest } = parseListAnswer(await sendJson(client, endpoint, input, call), operation)
      return { items: items as Item[], ...rest } // taken on trust, as by the vendor's client
    },
    async *stream(abortSignal) {
      const signal = eitherSignal(call.signal, abortSignal)
      const response = await openEndpointStream(client, endpoint, input, { ...call, signal })
      for await (const events of readEvents(response, operation)) {
        for (const { type, data } of events) {
          if (type === 'item') yield { type, data: data as Item } // as above
          if (type === 'error') throw errorFromBody(data, operation)
        }
      }
    },
  })
}
