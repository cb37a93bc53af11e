import { type CallSettings, holds } from '@anycontact/core/adapter-kit'
import { badConfig, badInput } from '../errors.ts'
import type {
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
  ContactMethodSyncRequest,
  ContactMethodSyncResult,
  ContactMethodType,
  ContactMethodUpdate,
  ContactMethodUpdateItem,
  ContactMethodUpsert,
  ContactMethodUpsertItem,
  UpsertResult,
} from '../types.ts'
import { readRecord, readUpsert, type UpsertAnswer } from '../wire.ts'
import { runBatch } from './batches.ts'
import { argumentOf, bodyOf, itemsOf } from './input.ts'
import { toInstance, toList } from './instance.ts'
import {
  type BatchItem,
  type BatchName,
  type ContactMethodRequests,
  MAX_ITEMS,
  MAX_LIMIT,
  walkPages,
} from './requests.ts'

export { type ContactMethodRequests, createRequests, MAX_ITEMS, MAX_LIMIT, walkPages } from './requests.ts'

/** What each sends with; not in the class, so that a plain object with the same methods is one. */
const made = new WeakMap<ContactMethods, ContactMethodRequests>()

/**
 * What contact methods send with.
 *
 * @throws ContactsError `config` for what no SDK has made
 */
export function requestsOf(methods: ContactMethods): ContactMethodRequests {
  const requests = made.get(methods)
  if (requests) return requests
  throw badConfig('Call the methods on the `contactMethods` of an SDK that `new ComplianceSDK(…)` has made.')
}

/**
 * The vendor's contact methods, `sdk.contactMethods`: a program written for the vendor's SDK runs with this one by changing the
 * import. Each method takes a last argument that the vendor's have not: signal, time limits, headers and retry for this call alone.
 */
export class ContactMethods {
  /** @internal */
  constructor(requests: ContactMethodRequests) {
    made.set(this, requests)
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
  async create(data: ContactMethodCreate, call?: CallSettings): Promise<ContactMethod> {
    return toInstance(await requestsOf(this).create(bodyOf(data, 'data', 'create'), call), 'create')
  }

  /** Reads a contact method. @throws ContactsError `not_found` */
  async retrieve(id: string, call?: CallSettings): Promise<ContactMethod> {
    return toInstance(await requestsOf(this).retrieve(id, call), 'retrieve')
  }

  /** Reads the contact method with an external id. @throws ContactsError `not_found` */
  async retrieveByExternalId(externalId: string, call?: CallSettings): Promise<ContactMethod> {
    return toInstance(await requestsOf(this).retrieveByExternalId(externalId, call), 'retrieveByExternalId')
  }

  /** Reads one contact method that has a metadata value. @throws ContactsError `not_found` */
  async retrieveByMetadata(key: string, value: string, call?: CallSettings): Promise<ContactMethod> {
    return toInstance(await requestsOf(this).retrieveByMetadata(key, value, call), 'retrieveByMetadata')
  }

  /** Reads one page of the contact methods of a client: 20 unless `limit` says otherwise. */
  async listByClient(
    clientId: string,
    page: ContactMethodPageRequest = {},
    call?: CallSettings,
  ): Promise<ContactMethodList> {
    const asked = argumentOf(page, 'listByClient')
    return toList(await requestsOf(this).listByClient(clientId, asked, call), 'listByClient')
  }

  /** Reads one page of contact methods: 20 unless `limit` says otherwise. */
  async list(request: ContactMethodListRequest = {}, call?: CallSettings): Promise<ContactMethodList> {
    return toList(await requestsOf(this).list(argumentOf(request, 'list'), call), 'list')
  }

  /**
   * Changes a contact method. Making it primary clears the flag on the others of its type, server side.
   *
   * @throws ContactsError `not_found`; `invalid_input`; `conflict` when the external id is in use
   */
  async update(id: string, data: ContactMethodUpdate, call?: CallSettings): Promise<ContactMethod> {
    return toInstance(await requestsOf(this).update(id, bodyOf(data, 'data', 'update'), call), 'update')
  }

  /** Deletes a contact method. @throws ContactsError `not_found` */
  async delete(id: string, call?: CallSettings): Promise<void> {
    return requestsOf(this).delete(id, call)
  }

  /** Reads the primary contact method of a type; `null` when there is none. */
  async getPrimary(
    clientId: string,
    type: ContactMethodType,
    call?: CallSettings,
  ): Promise<ContactMethod | null> {
    const record = await requestsOf(this).getPrimary(clientId, type, call)
    return record === undefined ? null : toInstance(record, 'getPrimary')
  }

  /**
   * Creates many. All or nothing unless `{ atomic: false }`, which also takes more than 250.
   *
   * @throws ContactsError when it is all or nothing and one of them cannot be created
   */
  createMany<Atomic extends boolean = true>(
    items: readonly ContactMethodCreate[],
    options?: BatchRequestOptions<Atomic>,
    call?: CallSettings,
  ): Promise<BatchResult<ContactMethod, Atomic>> {
    return batch(this, 'createMany', items, options, call, toMethod('createMany'))
  }

  /** Changes many; as {@link ContactMethods.createMany}. */
  updateMany<Atomic extends boolean = true>(
    items: readonly ContactMethodUpdateItem[],
    options?: BatchRequestOptions<Atomic>,
    call?: CallSettings,
  ): Promise<BatchResult<ContactMethod, Atomic>> {
    return batch(this, 'updateMany', items, options, call, toMethod('updateMany'))
  }

  /**
   * Creates the contact method with an external id, or changes the one that has it. When its answer is lost it is sent again,
   * so `action` can then be `skipped` for what it created.
   */
  async upsertByExternalId(
    externalId: string,
    data: ContactMethodUpsert,
    call?: CallSettings,
  ): Promise<UpsertResult> {
    const body = bodyOf(data, 'data', 'upsertByExternalId')
    return toUpsert(await requestsOf(this).upsertByExternalId(externalId, body, call), 'upsertByExternalId')
  }

  /** Upserts many, each by the external id inside it; as {@link ContactMethods.createMany}. */
  upsertManyByExternalId<Atomic extends boolean = true>(
    items: readonly ContactMethodUpsertItem[],
    options?: BatchRequestOptions<Atomic>,
    call?: CallSettings,
  ): Promise<BatchResult<UpsertResult, Atomic>> {
    const name = 'upsertManyByExternalId'
    return batch(this, name, items, options, call, (data, path) =>
      toUpsert(readUpsert(data, path, name), name),
    )
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
    items: readonly ContactMethodSyncItem[] | ContactMethodSyncRequest,
    options: ContactMethodSyncOptions = {},
    call?: CallSettings,
  ): Promise<ContactMethodSyncResult> {
    const whole = isRequest(items) ? argumentOf(items, 'sync') : { ...argumentOf(options, 'sync'), items }
    const request = { ...whole, items: itemsOf(whole.items, 'sync') }
    const replaceMode = request.replaceMode ?? false
    if (replaceMode && request.items.length > MAX_ITEMS) {
      throw badInput([{ path: 'items', message: `must be ${MAX_ITEMS} at most with replaceMode` }], 'sync')
    }
    const result: ContactMethodSyncResult = { created: [], updated: [], deleted: [] }
    for (let start = 0; start === 0 || start < request.items.length; start += MAX_ITEMS) {
      const chunk = request.items.slice(start, start + MAX_ITEMS)
      const { created, updated, deleted } = await requestsOf(this).sync(clientId, chunk, replaceMode, call)
      result.created.push(...created.map((record) => toInstance(record, 'sync')))
      result.updated.push(...updated.map((record) => toInstance(record, 'sync')))
      result.deleted.push(...deleted)
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
    call?: CallSettings,
  ): AsyncGenerator<ContactMethod, void, undefined> {
    // Null is nothing, as elsewhere; any other filter that is none must not list everything.
    const asked = filter != null && { filter: bodyOf(filter, 'filter', 'iterate') }
    const request = { limit: MAX_LIMIT, ...argumentOf(options, 'iterate'), ...asked }
    const pages = walkPages((cursor) => requestsOf(this).list({ ...request, cursor }, call), 'iterate')
    for await (const page of pages) yield* toList(page, 'iterate').data
  }
}

async function batch<Result, Atomic extends boolean>(
  methods: ContactMethods,
  name: BatchName,
  items: readonly BatchItem[],
  options: BatchRequestOptions<Atomic> | undefined,
  call: CallSettings | undefined,
  read: (data: unknown, path: string) => Result,
): Promise<BatchResult<Result, Atomic>> {
  const result = await runBatch(requestsOf(methods), {
    name,
    items: itemsOf(items, name),
    atomic: argumentOf(options, name).atomic ?? true,
    call,
    read,
  })
  return result as BatchResult<Result, Atomic> // the result is of the mode that was asked for
}

function isRequest(
  given: readonly ContactMethodSyncItem[] | ContactMethodSyncRequest,
): given is ContactMethodSyncRequest {
  return holds(() => !Array.isArray(given) && 'items' in given)
}

function toMethod(operation: string): (data: unknown, path: string) => ContactMethod {
  return (data, path) => toInstance(readRecord(data, path, operation), operation)
}

function toUpsert({ data, action }: UpsertAnswer, operation: string): UpsertResult {
  const isKnown = action === 'created' || action === 'skipped'
  return { data: toInstance(data, operation), action: isKnown ? action : 'updated' }
}
