import type { ContactsError } from '@anycontact/core'
import {
  type CallSettings,
  type EndpointInput,
  type RecordReader,
  unlessGoneByUs,
} from '@anycontact/core/adapter-kit'
import type { EndpointName } from '../endpoints.ts'
import { badAnswer } from '../errors.ts'
import type { ContactMethodsTransport } from '../transport.ts'
import type {
  ContactMethodCreate,
  ContactMethodListRequest,
  ContactMethodPageRequest,
  ContactMethodSyncItem,
  ContactMethodUpdate,
  ContactMethodUpdateItem,
  ContactMethodUpsert,
  ContactMethodUpsertItem,
} from '../types.ts'
import {
  type ContactMethodRecord,
  type ItemAnswer,
  type RecordPage,
  readBatch,
  readPage,
  readRecord,
  readSync,
  readUpsert,
  type SyncAnswer,
} from '../wire.ts'

/** The most items in one batch or sync. Source: the vendor's OpenAPI file. */
export const MAX_ITEMS = 250

/** The most records in one page. Source: the vendor's OpenAPI file. */
export const MAX_LIMIT = 200

/** So many empty pages in a row are no listing. */
const MAX_EMPTY_PAGES = 1_000

/** An item of a batch, as it is sent. */
export type BatchItem = ContactMethodCreate | ContactMethodUpdateItem | ContactMethodUpsertItem

/** The batch endpoints. */
export type BatchName = 'createMany' | 'updateMany' | 'upsertManyByExternalId'

/** Every endpoint as a function that gives records as the vendor sends them: the one place where each is called. */
export type ContactMethodRequests = ReturnType<typeof createRequests>

/** Makes the requests of an SDK. */
export function createRequests(transport: ContactMethodsTransport) {
  const record = (
    name: EndpointName,
    input: EndpointInput,
    call?: CallSettings,
  ): Promise<ContactMethodRecord> => transport.json(name, input, call, whole(readRecord))
  const page = (name: EndpointName, input: EndpointInput, call?: CallSettings): Promise<RecordPage> =>
    transport.json(name, input, call, readPage)
  return {
    request: transport.request,
    create: (json: ContactMethodCreate, call?: CallSettings) => record('create', { json }, call),
    retrieve: (id: string, call?: CallSettings) => record('retrieve', { params: { id } }, call),
    retrieveByExternalId: (externalId: string, call?: CallSettings) =>
      record('retrieveByExternalId', { params: { externalId } }, call),
    retrieveByMetadata: (key: string, value: string, call?: CallSettings) =>
      record('retrieveByMetadata', { params: { key, value } }, call),
    list: ({ cursor, ...request }: ContactMethodListRequest, call?: CallSettings) =>
      page('list', { json: { ...request, ...(cursor != null && { cursor }) } }, call),
    listByClient: (clientId: string, { cursor, limit }: ContactMethodPageRequest, call?: CallSettings) =>
      page('listByClient', { params: { clientId }, query: { cursor, limit } }, call),
    update: (id: string, json: ContactMethodUpdate, call?: CallSettings) =>
      record('update', { params: { id }, json }, call),
    /** @throws ContactsError `not_found`, unless an earlier attempt of this very call may have deleted it */
    delete: (id: string, call?: CallSettings): Promise<void> =>
      unlessGoneByUs(async () => void (await transport.done('delete', { params: { id } }, call))),
    /** Gives `undefined` when there is none. */
    getPrimary: (
      clientId: string,
      type: string,
      call?: CallSettings,
    ): Promise<ContactMethodRecord | undefined> =>
      transport.json('getPrimary', { params: { clientId, type } }, call, (answer, operation) =>
        answer === null ? undefined : readRecord(answer, undefined, operation),
      ),
    /** Sends at most {@link MAX_ITEMS}; gives what became of each, in their order. */
    batch: (
      name: BatchName,
      items: readonly BatchItem[],
      atomic: boolean,
      call?: CallSettings,
    ): Promise<readonly (ItemAnswer | undefined)[]> =>
      transport.json(name, { json: { items, atomic } }, call, (answer, operation) =>
        readBatch(answer, items.length, operation),
      ),
    upsertByExternalId: (externalId: string, json: ContactMethodUpsert, call?: CallSettings) =>
      transport.json('upsertByExternalId', { params: { externalId }, json }, call, whole(readUpsert)),
    /** Sends at most {@link MAX_ITEMS}. It is repeated only where a second one would do the same. */
    async sync(
      clientId: string,
      items: readonly ContactMethodSyncItem[],
      replaceMode: boolean,
      call?: CallSettings,
    ): Promise<SyncAnswer> {
      const isUpdate = ({ id, _delete }: ContactMethodSyncItem): boolean => id !== undefined && !_delete
      const effect = items.every(isUpdate) ? 'idempotent' : 'once'
      const input = { params: { clientId }, json: { items, replaceMode }, effect } as const
      return transport.json('sync', input, call, whole(readSync))
    },
  }
}

/** Reads an answer as one record. */
function whole<Output>(read: RecordReader<Output>): (answer: unknown, operation: string) => Output {
  return (answer, operation) => read(answer, undefined, operation)
}

/**
 * Gives the pages of a listing, each read when it is asked for.
 *
 * @param read - reads the page at a cursor; the first one without
 * @param operation - what errors call it
 * @throws ContactsError `bad_response` when a cursor comes again, or empty pages do without end, so that a server's mistake cannot
 * make it endless
 */
export async function* walkPages<Page extends Pick<RecordPage, 'records' | 'nextCursor'>>(
  read: (cursor: string | undefined) => Promise<Page>,
  operation: string,
): AsyncGenerator<Page, void, undefined> {
  const seen = new Set<string>()
  let cursor: string | undefined
  let emptyPages = 0
  for (;;) {
    const page = await read(cursor)
    yield page
    cursor = page.nextCursor
    if (cursor === undefined) return
    if (seen.has(cursor)) throw endless('the same cursor twice', operation)
    emptyPages = page.records.length > 0 ? 0 : emptyPages + 1
    if (emptyPages >= MAX_EMPTY_PAGES) throw endless(`${emptyPages} empty pages in a row`, operation)
    seen.add(cursor)
  }
}

function endless(what: string, operation: string): ContactsError {
  return badAnswer(`the server gave ${what}, so the listing would never end.`, operation)
}
