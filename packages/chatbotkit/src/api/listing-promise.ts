import type { CallSettings } from '@anycontact/core/adapter-kit'
import { type ChatBotKitClient, transportOf } from './client.ts'
import type { EndpointName } from './endpoints.ts'
import type { Batches } from './lines.ts'
import { eitherSignal, ResponsePromise } from './response-promise.ts'
import type { Transport } from './transport.ts'
import type { PageFields, PageResponse, StreamItem } from './types/index.ts'
import { readPage } from './wire.ts'

/** A listing that is asked for. */
interface Listing {
  readonly name: EndpointName
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly page: PageFields
  readonly call: CallSettings
}

/**
 * Makes a listing's answer: one page when awaited, everything when streamed.
 *
 * @typeParam Item - taken on trust, as by the vendor's client
 * @param stream - reads all records
 */
export function listingPromise<Item>(
  client: ChatBotKitClient,
  { name, params, page, call }: Listing,
  stream: (transport: Transport, call: CallSettings) => Batches,
): ResponsePromise<PageResponse<Item>, StreamItem<Item>> {
  const transport = transportOf(client)
  return new ResponsePromise<PageResponse<Item>, StreamItem<Item>>({
    cacheMap: transport.cache,
    cacheKey: () => [name, params, page, call.headers],
    async load() {
      const answer = await transport.json(name, { params, query: page }, call)
      const read: object = readPage(answer, undefined, call.operation ?? name)
      return read as PageResponse<Item> // its items were not looked at
    },
    async *stream(abortSignal) {
      const settings = { ...call, signal: eitherSignal(call.signal, abortSignal) }
      for await (const records of stream(transport, settings)) {
        for (const data of records) yield { type: 'item', data: data as Item } // not looked at either
      }
    },
  })
}
