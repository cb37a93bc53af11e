import { badInput } from '../errors.ts'
import { runBatch } from './batches.ts'
import type { EndpointCall } from './call.ts'
import { toInstance } from './instance.ts'
import * as requests from './requests.ts'
import type { Transport } from './transport.ts'
import type {
  AtomicBatchResult,
  BatchRequestOptions,
  BatchResult,
  ContactMethod,
  ContactMethodCreate,
  ContactMethodFilter,
  ContactMethodList,
  ContactMethodListRequest,
  ContactMethodPageRequest,
  ContactMethodSyncItem,
  ContactMethodSyncOptions,
  ContactMethodSyncResult,
  ContactMethodType,
  ContactMethodUpdate,
  ContactMethodUpdateItem,
  ContactMethodUpsert,
  ContactMethodUpsertItem,
  PartialBatchResult,
  UpsertResult,
} from './types.ts'
import { walkPages } from './walk-pages.ts'
import { parseRecord, parseUpsert, type RecordPage } from './wire.ts'

/**
 * The vendor's contact methods, `sdk.contactMethods`: a program written for the vendor's SDK runs with this one by changing the
 * import. Each method takes settings of the call as a last argument, which the vendor's have not.
 */
export class ContactMethods {
  readonly #transport: Transport

  /** @internal */
  constructor(transport: Transport) {
    this.#transport = transport
  }

  /**
   * Creates a contact method. It is not sent again when its answer is lost, because that could make a second one.
   *
   * @throws ContactsError `invalid_input`; `conflict` when the external id is in use; `not_found` when there is no such client
   *
   * @example
   * ```ts
   * const email = await sdk.contactMethods.create({ clientId, type: 'email', value: 'juan@example.com', isPrimary: true })
   * ```
   */
  async create(data: ContactMethodCreate, call?: EndpointCall): Promise<ContactMethod> {
    return toInstance(await requests.createMethod(this.#transport, data, call), 'create')
  }

  /** Reads a contact method. @throws ContactsError `not_found` */
  async retrieve(id: string, call?: EndpointCall): Promise<ContactMethod> {
    return toInstance(await requests.retrieveMethod(this.#transport, id, call), 'retrieve')
  }

  /** Reads the contact method with an external id. @throws ContactsError `not_found` */
  async retrieveByExternalId(externalId: string, call?: EndpointCall): Promise<ContactMethod> {
    const record = await requests.retrieveMethodByExternalId(this.#transport, externalId, call)
    return toInstance(record, 'retrieveByExternalId')
  }

  /** Reads one contact method that has a metadata value. @throws ContactsError `not_found` */
  async retrieveByMetadata(key: string, value: string, call?: EndpointCall): Promise<ContactMethod> {
    const record = await requests.retrieveMethodByMetadata(this.#transport, key, value, call)
    return toInstance(record, 'retrieveByMetadata')
  }

  /** Reads one page of the contact methods of a client: 20 unless `limit` says otherwise. */
  async listByClient(
    clientId: string,
    page: ContactMethodPageRequest = {},
    call?: EndpointCall,
  ): Promise<ContactMethodList> {
    return toList(await requests.listClientMethods(this.#transport, clientId, page, call), 'listByClient')
  }

  /** Reads one page of contact methods: 20 unless `limit` says otherwise. */
  async list(request: ContactMethodListRequest = {}, call?: EndpointCall): Promise<ContactMethodList> {
    return toList(await requests.listMethods(this.#transport, request, call), 'list')
  }

  /**
   * Changes a contact method. Making it primary clears the flag on the others of its type, server side.
   *
   * @throws ContactsError `not_found`; `invalid_input`; `conflict` when the external id is in use
   */
  async update(id: string, data: ContactMethodUpdate, call?: EndpointCall): Promise<ContactMethod> {
    return toInstance(await requests.updateMethod(this.#transport, id, data, call), 'update')
  }

  /** Deletes a contact method. @throws ContactsError `not_found` */
  async delete(id: string, call?: EndpointCall): Promise<void> {
    await requests.deleteMethod(this.#transport, id, call)
  }

  /** Reads the primary contact method of a type; `null` when there is none. */
  async getPrimary(
    clientId: string,
    type: ContactMethodType,
    call?: EndpointCall,
  ): Promise<ContactMethod | null> {
    const record = await requests.getPrimaryMethod(this.#transport, clientId, type, call)
    return record === undefined ? null : toInstance(record, 'getPrimary')
  }

  /**
   * Creates many. All or nothing unless `{ atomic: false }`, which also takes more than 250.
   *
   * @throws ContactsError when it is all or nothing and one of them cannot be created
   */
  createMany(
    items: readonly ContactMethodCreate[],
    options?: BatchRequestOptions<true>,
    call?: EndpointCall,
  ): Promise<AtomicBatchResult<ContactMethod>>
  createMany(
    items: readonly ContactMethodCreate[],
    options: BatchRequestOptions<false> & { readonly atomic: false },
    call?: EndpointCall,
  ): Promise<PartialBatchResult<ContactMethod>>
  createMany(
    items: readonly ContactMethodCreate[],
    options: BatchRequestOptions,
    call?: EndpointCall,
  ): Promise<BatchResult<ContactMethod>>
  async createMany(
    items: readonly ContactMethodCreate[],
    { atomic = true }: BatchRequestOptions = {},
    call?: EndpointCall,
  ): Promise<BatchResult<ContactMethod>> {
    return runBatch(this.#transport, {
      name: 'createMany',
      items,
      atomic,
      call,
      read: readItem('createMany'),
    })
  }

  /** Changes many; as {@link ContactMethods.createMany}. */
  updateMany(
    items: readonly ContactMethodUpdateItem[],
    options?: BatchRequestOptions<true>,
    call?: EndpointCall,
  ): Promise<AtomicBatchResult<ContactMethod>>
  updateMany(
    items: readonly ContactMethodUpdateItem[],
    options: BatchRequestOptions<false> & { readonly atomic: false },
    call?: EndpointCall,
  ): Promise<PartialBatchResult<ContactMethod>>
  updateMany(
    items: readonly ContactMethodUpdateItem[],
    options: BatchRequestOptions,
    call?: EndpointCall,
  ): Promise<BatchResult<ContactMethod>>
  async updateMany(
    items: readonly ContactMethodUpdateItem[],
    { atomic = true }: BatchRequestOptions = {},
    call?: EndpointCall,
  ): Promise<BatchResult<ContactMethod>> {
    return runBatch(this.#transport, {
      name: 'updateMany',
      items,
      atomic,
      call,
      read: readItem('updateMany'),
    })
  }

  /**
   * Creates the contact method with an external id, or changes the one that has it. When its answer is lost it is sent again,
   * so `action` can then be `skipped` for what it created.
   */
  async upsertByExternalId(
    externalId: string,
    data: ContactMethodUpsert,
    call?: EndpointCall,
  ): Promise<UpsertResult> {
    const { record, action } = await requests.upsertMethod(this.#transport, externalId, data, call)
    return { data: toInstance(record, 'upsertByExternalId'), action: toAction(action) }
  }

  /** Upserts many, each by the external id inside it; as {@link ContactMethods.createMany}. */
  upsertManyByExternalId(
    items: readonly ContactMethodUpsertItem[],
    options?: BatchRequestOptions<true>,
    call?: EndpointCall,
  ): Promise<AtomicBatchResult<UpsertResult>>
  upsertManyByExternalId(
    items: readonly ContactMethodUpsertItem[],
    options: BatchRequestOptions<false> & { readonly atomic: false },
    call?: EndpointCall,
  ): Promise<PartialBatchResult<UpsertResult>>
  upsertManyByExternalId(
    items: readonly ContactMethodUpsertItem[],
    options: BatchRequestOptions,
    call?: EndpointCall,
  ): Promise<BatchResult<UpsertResult>>
  async upsertManyByExternalId(
    items: readonly ContactMethodUpsertItem[],
    { atomic = true }: BatchRequestOptions = {},
    call?: EndpointCall,
  ): Promise<BatchResult<UpsertResult>> {
    const name = 'upsertManyByExternalId'
    const read = (data: unknown, index: number): UpsertResult => {
      const { record, action } = parseUpsert(data, `data.${index}`, name)
      return { data: toInstance(record, name), action: toAction(action) }
    }
    return runBatch(this.#transport, { name, items, atomic, call, read })
  }

  /**
   * Creates, changes and deletes methods of a client in one request. More than 250 items are sent in several, unless
   * `replaceMode`, which must see all of them at once.
   *
   * @param items - the entries, or `{ items, replaceMode }` as the API takes it
   * @throws ContactsError `invalid_input`; `not_found` when an `id` is none of the client's
   */
  async sync(
    clientId: string,
    items:
      | readonly ContactMethodSyncItem[]
      | (ContactMethodSyncOptions & { readonly items: readonly ContactMethodSyncItem[] }),
    options: ContactMethodSyncOptions = {},
    call?: EndpointCall,
  ): Promise<ContactMethodSyncResult> {
    const request = 'items' in items ? items : { items, ...options }
    const replaceMode = request.replaceMode ?? false
    if (replaceMode && request.items.length > requests.MAX_ITEMS) {
      const message = `must be ${requests.MAX_ITEMS} at most with replaceMode`
      throw badInput([{ path: 'items', message }], 'sync')
    }
    const result: ContactMethodSyncResult = { created: [], updated: [], deleted: [] }
    for (let start = 0; start === 0 || start < request.items.length; start += requests.MAX_ITEMS) {
      const chunk = request.items.slice(start, start + requests.MAX_ITEMS)
      const done = await requests.syncMethods(this.#transport, clientId, chunk, replaceMode, call)
      result.created.push(...done.created.map((record) => toInstance(record, 'sync')))
      result.updated.push(...done.updated.map((record) => toInstance(record, 'sync')))
      result.deleted.push(...done.deleted)
    }
    return result
  }

  /**
   * Walks all contact methods, page by page as they are asked for.
   *
   * @param filter - which; all without it
   * @param options - how they are sorted, and how many are asked for at a time
   *
   * @example
   * ```ts
   * for await (const method of sdk.contactMethods.iterate({ type: 'email' })) console.log(method.value)
   * ```
   */
  async *iterate(
    filter?: ContactMethodFilter,
    options: Pick<ContactMethodListRequest, 'sort' | 'limit'> = {},
    call?: EndpointCall,
  ): AsyncGenerator<ContactMethod, void, undefined> {
    const request = { limit: requests.MAX_LIMIT, ...options, ...(filter && { filter }) }
    const readPage = (cursor: string | undefined): Promise<RecordPage> =>
      requests.listMethods(this.#transport, { ...request, cursor }, call)
    for await (const page of walkPages(readPage, 'iterate')) yield* toList(page, 'iterate').data
  }
}

function toList(
  { records, hasMore, nextCursor, totalCount }: RecordPage,
  operation: string,
): ContactMethodList {
  return {
    data: records.map((record, at) => toInstance(parseRecord(record, `data.${at}`, operation), operation)),
    pagination: {
      hasMore,
      ...(nextCursor !== undefined && { nextCursor }),
      ...(totalCount !== undefined && { totalCount }),
    },
  }
}

function readItem(operation: string): (data: unknown, index: number) => ContactMethod {
  return (data, index) => toInstance(parseRecord(data, `data.${index}`, operation), operation)
}

function toAction(action: string): UpsertResult['action'] {
  return action === 'created' || action === 'skipped' ? action : 'updated'
}
