import { badAnswer } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { type EndpointInput, sendBlind, sendJson, type Transport } from './transport.ts'
import type {
  ContactMethodCreate,
  ContactMethodListRequest,
  ContactMethodPageRequest,
  ContactMethodSyncItem,
  ContactMethodUpdate,
  ContactMethodUpdateItem,
  ContactMethodUpsert,
  ContactMethodUpsertItem,
} from './types.ts'
import {
  type ContactMethodRecord,
  type ItemAnswer,
  parseBatch,
  parsePage,
  parseRecord,
  parseSync,
  parseUpsert,
  type RecordPage,
  type SyncAnswer,
} from './wire.ts'

/** The most items in one batch or sync. Source: the vendor's OpenAPI file. */
export const MAX_ITEMS = 250

/** The most records in one page. Source: the vendor's OpenAPI file. */
export const MAX_LIMIT = 200

/** Creates a contact method. */
export function createMethod(
  transport: Transport,
  json: ContactMethodCreate,
  call?: EndpointCall,
): Promise<ContactMethodRecord> {
  return record(transport, endpoints.create, { json }, call)
}

/** Reads a contact method. @throws ContactsError `not_found` */
export function retrieveMethod(
  transport: Transport,
  id: string,
  call?: EndpointCall,
): Promise<ContactMethodRecord> {
  return record(transport, endpoints.retrieve, { params: { id } }, call)
}

/** Reads the contact method with an external id. @throws ContactsError `not_found` */
export function retrieveMethodByExternalId(
  transport: Transport,
  externalId: string,
  call?: EndpointCall,
): Promise<ContactMethodRecord> {
  return record(transport, endpoints.retrieveByExternalId, { params: { externalId } }, call)
}

/** Reads a contact method that has a metadata value. @throws ContactsError `not_found` */
export function retrieveMethodByMetadata(
  transport: Transport,
  key: string,
  value: string,
  call?: EndpointCall,
): Promise<ContactMethodRecord> {
  return record(transport, endpoints.retrieveByMetadata, { params: { key, value } }, call)
}

/** Reads one page of contact methods. */
export async function listMethods(
  transport: Transport,
  { cursor, ...request }: ContactMethodListRequest,
  call: EndpointCall = {},
): Promise<RecordPage> {
  const json = { ...request, ...(cursor != null && { cursor }) }
  const answer = await sendJson(transport, endpoints.list, { json }, call)
  return parsePage(answer, call.operation ?? endpoints.list.operation)
}

/** Reads one page of the contact methods of a client. */
export async function listClientMethods(
  transport: Transport,
  clientId: string,
  { cursor, limit }: ContactMethodPageRequest,
  call: EndpointCall = {},
): Promise<RecordPage> {
  const input = { params: { clientId }, query: { cursor: cursor ?? undefined, limit } }
  const answer = await sendJson(transport, endpoints.listByClient, input, call)
  return parsePage(answer, call.operation ?? endpoints.listByClient.operation)
}

/** Changes a contact method. @throws ContactsError `not_found` */
export function updateMethod(
  transport: Transport,
  id: string,
  json: ContactMethodUpdate,
  call?: EndpointCall,
): Promise<ContactMethodRecord> {
  return record(transport, endpoints.update, { params: { id }, json }, call)
}

/** Deletes a contact method; any 2xx is success. That a repetition of ours finds it gone is success too. */
export async function deleteMethod(transport: Transport, id: string, call: EndpointCall = {}): Promise<void> {
  let repeated = false
  const onRetry: EndpointCall['onRetry'] = (event) => {
    repeated = true
    call.onRetry?.(event)
  }
  try {
    await sendBlind(transport, endpoints.delete, { params: { id } }, { ...call, onRetry })
  } catch (error) {
    if (!repeated || !isNotFound(error)) throw error
  }
}

/** Reads the primary contact method of a type; `undefined` when there is none. */
export async function getPrimaryMethod(
  transport: Transport,
  clientId: string,
  type: string,
  call: EndpointCall = {},
): Promise<ContactMethodRecord | undefined> {
  const answer = await sendJson(transport, endpoints.getPrimary, { params: { clientId, type } }, call)
  if (answer == null) return undefined
  return parseRecord(answer, undefined, call.operation ?? endpoints.getPrimary.operation)
}

/** Sends one batch of at most {@link MAX_ITEMS} and gives what became of each item that the answer tells of. */
export async function sendBatch(
  transport: Transport,
  name: 'createMany' | 'updateMany' | 'upsertManyByExternalId',
  items: readonly (ContactMethodCreate | ContactMethodUpdateItem | ContactMethodUpsertItem)[],
  atomic: boolean,
  call: EndpointCall = {},
): Promise<readonly ItemAnswer[]> {
  const endpoint = endpoints[name]
  const answer = await sendJson(transport, endpoint, { json: { items, atomic } }, call)
  const operation = call.operation ?? endpoint.operation
  const answers = parseBatch(answer, operation)
  if (answers.every(({ index }) => index < items.length)) return answers
  throw badAnswer('the answer tells of an item that was not sent.', operation)
}

/** Creates the contact method with an external id, or changes it. */
export async function upsertMethod(
  transport: Transport,
  externalId: string,
  json: ContactMethodUpsert,
  call: EndpointCall = {},
): Promise<{ readonly record: ContactMethodRecord; readonly action: string }> {
  const endpoint = endpoints.upsertByExternalId
  const answer = await sendJson(transport, endpoint, { params: { externalId }, json }, call)
  return parseUpsert(answer, undefined, call.operation ?? endpoint.operation)
}

/** Sends one sync of at most {@link MAX_ITEMS}. It is repeated only where a second one would do the same. */
export async function syncMethods(
  transport: Transport,
  clientId: string,
  items: readonly ContactMethodSyncItem[],
  replaceMode: boolean,
  call: EndpointCall = {},
): Promise<SyncAnswer> {
  const idempotent = items.every(({ id, _delete }) => id !== undefined && _delete !== true)
  const input = { params: { clientId }, json: { items, replaceMode }, idempotent }
  const answer = await sendJson(transport, endpoints.sync, input, call)
  return parseSync(answer, call.operation ?? endpoints.sync.operation)
}

async function record(
  transport: Transport,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall = {},
): Promise<ContactMethodRecord> {
  const answer = await sendJson(transport, endpoint, input, call)
  return parseRecord(answer, undefined, call.operation ?? endpoint.operation)
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'not_found'
}
