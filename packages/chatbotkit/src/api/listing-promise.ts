import type { CallSettings } from '@anycontact/core/adapter-kit'
import { byReplacedFetch, type ChatBotKitClient, transportOf } from './client.ts'
import type { EndpointName } from './endpoints.ts'
import { callOf, pageOf } from './input.ts'
import { type Batches, type ListingWalk, openLines, readRecords, walkListing } from './lines.ts'
import { eitherSignal, ResponsePromise } from './response-promise.ts'
import type { Input, Transport } from './transport.ts'
import type { PageFields, PageResponse, StreamItem } from './types/index.ts'
import { readPage } from './wire.ts'

/** A listing's answer: one page when awaited, everything when streamed. */
export type Listing<Item> = ResponsePromise<PageResponse<Item>, StreamItem<Item>>

/** A listing that is asked for. */
interface Asked extends Pick<Input, 'params'> {
  readonly name: EndpointName
  readonly request: PageFields | undefined
  readonly call: CallSettings | undefined
}

/** A listing to read as it arrives. */
interface StreamedListing extends Pick<ListingWalk, 'name' | 'params' | 'after'> {
  readonly query: PageFields
  readonly call: CallSettings
}

/**
 * Makes a listing's answer: one page when awaited, everything when streamed.
 *
 * @typeParam Item - taken on trust, as by the vendor's client
 * @param stream - reads all records; {@link streamOnce} where what was cut cannot be resumed
 */
export function listingPromise<Item>(
  client: ChatBotKitClient,
  { name, params, request, call: given }: Asked,
  stream: (transport: Transport, listing: StreamedListing) => Batches = walkListing,
): Listing<Item> {
  const { page: query, after } = pageOf(request, name)
  const call = callOf(given, name)
  const asked = Object.keys(query).length === 0 ? undefined : query
  const replaced: Listing<Item> | undefined = byReplacedFetch(client, name, { params, query: asked }, call)
  if (replaced) return replaced
  const transport = transportOf(client)
  return new ResponsePromise<PageResponse<Item>, StreamItem<Item>>({
    cacheMap: transport.cache,
    cacheKey: () => [name, params, query, call.headers],
    async load() {
      const answer = await transport.json(name, { params, query }, call)
      const read: object = readPage(answer, undefined, call.operation ?? name)
      return read as PageResponse<Item> // its items were not looked at
    },
    async *stream(abortSignal) {
      const settings = { ...call, signal: eitherSignal(call.signal, abortSignal) }
      for await (const records of stream(transport, { name, params, query, after, call: settings })) {
        yield records.map((data): StreamItem<Item> => ({ type: 'item', data: data as Item })) // not looked at either
      }
    },
  })
}

/** Reads one answer, as far as it goes. */
export async function* streamOnce(
  transport: Transport,
  { name, params, query, call }: StreamedListing,
): Batches {
  const lines = await openLines(transport, name, { params, query }, call)
  yield* readRecords(lines, call.operation ?? name)
}
