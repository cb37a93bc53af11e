import type { EndpointCall } from './call.ts'
import { type ChatBotKitClient, transportOf } from './client.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { readJsonLines } from './jsonl.ts'
import { queryOf } from './query.ts'
import { ResponsePromise } from './response-promise.ts'
import { type EndpointInput, sendJson } from './send.ts'
import { eitherSignal } from './signals.ts'
import { openEndpointStream } from './stream.ts'
import type {
  ContactCreateResponse,
  ContactDeleteResponse,
  ContactEnsureFields,
  ContactEnsureResponse,
  ContactFetchResponse,
  ContactFields,
  ContactInstance,
  ContactListRequest,
  ContactListResponse,
  ContactListStreamType,
  ContactUpdateResponse,
} from './types.ts'
import { walkContacts } from './walk.ts'
import { checkRecordAnswer, parseIdAnswer, parseListAnswer } from './wire.ts'

/**
 * Lists contacts. Awaited, it is one page; `.stream()` yields every contact from one streamed answer, which is resumed where it
 * is cut.
 *
 * @param client - the client to ask with
 * @param request - which contacts; `take` is at most 100 a page
 * @param call - settings of this call
 *
 * @example
 * ```ts
 * const { items, cursor } = await listContacts(client, { take: 50, meta: { plan: 'pro' } })
 * for await (const { data } of listContacts(client).stream()) console.log(data.email)
 * ```
 */
export function listContacts(
  client: ChatBotKitClient,
  request?: ContactListRequest,
  call?: EndpointCall,
): ResponsePromise<ContactListResponse, ContactListStreamType> {
  return contactListing(client, 'list', request, call)
}

/**
 * Exports contacts: as {@link listContacts}, but not counted against the limit of listings, and a contact without `meta` has
 * `{}`. For CSV use `clientFetch('/api/v1/contact/export', { headers: { accept: 'text/csv' } })`.
 *
 * @param client - the client to ask with
 * @param request - which contacts
 * @param call - settings of this call
 */
export function exportContacts(
  client: ChatBotKitClient,
  request?: ContactListRequest,
  call?: EndpointCall,
): ResponsePromise<ContactListResponse, ContactListStreamType> {
  return contactListing(client, 'export', request, call)
}

/**
 * Fetches a contact.
 *
 * @param client - the client to ask with
 * @param contactId - its id; `(Jane Doe)` finds one by its exact name
 * @param call - settings of this call
 * @throws ContactsError `not_found`; `forbidden` for one of another account
 */
export function fetchContact(
  client: ChatBotKitClient,
  contactId: string,
  call: EndpointCall = {},
): ResponsePromise<ContactFetchResponse, never> {
  const endpoint = endpoints.fetchContact
  const input: EndpointInput = { params: { contactId } }
  const operation = call.operation ?? endpoint.operation
  return new ResponsePromise<ContactFetchResponse, never>({
    cacheMap: transportOf(client).cache,
    cacheKey: () => cacheKeyOf(endpoint, input, call),
    load: async () => {
      const answer = await sendJson(client, endpoint, input, call)
      checkRecordAnswer(answer, operation)
      return answer as ContactFetchResponse // the rest is taken on trust, as by the vendor's client
    },
    // The route knows no streaming and answers the contact all the same. The vendor's types say `never` to that.
    async *stream(abortSignal) {
      const signal = eitherSignal(call.signal, abortSignal)
      const response = await openEndpointStream(client, endpoint, input, { ...call, signal })
      for await (const records of readJsonLines(response, operation)) {
        for (const record of records) {
          checkRecordAnswer(record, operation)
          yield record as never
        }
      }
    },
  })
}

/**
 * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
 *
 * @param client - the client to ask with
 * @param request - its fields; without `verifiedAt` it is unverified, and a later `ensure` with its fingerprint fails
 * @param call - settings of this call
 * @throws ContactsError `conflict` when the fingerprint is in use; `invalid_input`
 */
export async function createContact(
  client: ChatBotKitClient,
  request: ContactFields,
  call?: EndpointCall,
): Promise<ContactCreateResponse> {
  return write(client, endpoints.createContact, { record: { ...request } }, call)
}

/**
 * Updates a contact. Absent fields stay as they are; `null` clears email, phone, nick, preferences and verifiedAt, `''` name
 * and description. `meta` replaces, unless it is `{ $update: { … } }`, which merges.
 *
 * @param client - the client to ask with
 * @param contactId - its id
 * @param request - what to change
 * @param call - settings of this call
 * @throws ContactsError `not_found`; `conflict` when the fingerprint is in use; `invalid_input`
 */
export async function updateContact(
  client: ChatBotKitClient,
  contactId: string,
  request: ContactFields,
  call?: EndpointCall,
): Promise<ContactUpdateResponse> {
  return write(client, endpoints.updateContact, { params: { contactId }, record: { ...request } }, call)
}

/**
 * Deletes a contact, for good.
 *
 * @param client - the client to ask with
 * @param contactId - its id
 * @param call - settings of this call
 * @throws ContactsError `not_found`; also when an attempt whose answer was lost has deleted it
 */
export async function deleteContact(
  client: ChatBotKitClient,
  contactId: string,
  call?: EndpointCall,
): Promise<ContactDeleteResponse> {
  return write(client, endpoints.deleteContact, { params: { contactId }, record: {} }, call)
}

/**
 * Finds the contact with a fingerprint, or creates it. One that is there is not changed, and the answer does not tell which of
 * the two happened.
 *
 * @param client - the client to ask with
 * @param request - the fingerprint, of 17 characters or more, and the fields for a contact that is created
 * @param call - settings of this call
 * @throws ContactsError `conflict` with status 500 when the contact is there and unverified; `invalid_input`
 */
export async function ensureContact(
  client: ChatBotKitClient,
  request: ContactEnsureFields,
  call: EndpointCall = {},
): Promise<ContactEnsureResponse> {
  // Without a fingerprint, what is found depends on the fields: a change of one in between would make a second contact.
  const idempotent = call.idempotent ?? Boolean(request.fingerprint)
  return write(client, endpoints.ensureContact, { record: { ...request } }, { ...call, idempotent })
}

async function write(
  client: ChatBotKitClient,
  endpoint: Endpoint,
  input: EndpointInput,
  call: EndpointCall | undefined,
): Promise<{ id: string }> {
  const answer = await sendJson(client, endpoint, input, call)
  return { id: parseIdAnswer(answer, call?.operation ?? endpoint.operation) }
}

function contactListing(
  client: ChatBotKitClient,
  path: 'list' | 'export',
  request: ContactListRequest | undefined,
  call: EndpointCall = {},
): ResponsePromise<ContactListResponse, ContactListStreamType> {
  const endpoint = path === 'list' ? endpoints.listContacts : endpoints.exportContacts
  const input: EndpointInput = { query: { ...request } }
  return new ResponsePromise<ContactListResponse, ContactListStreamType>({
    cacheMap: transportOf(client).cache,
    cacheKey: () => cacheKeyOf(endpoint, input, call),
    load: async () => {
      const answer = await sendJson(client, endpoint, input, call)
      const { items, ...rest } = parseListAnswer(answer, call.operation ?? endpoint.operation)
      return { items: items as ContactInstance[], ...rest } // taken on trust, as by the vendor's client
    },
    async *stream(abortSignal) {
      const { cursor, ...query } = request ?? {}
      const walk = {
        path,
        query: queryOf(query),
        call: { ...call, signal: eitherSignal(call.signal, abortSignal) },
        ...(cursor?.trim() && { after: { id: cursor } }),
      }
      for await (const records of walkContacts(client, walk)) {
        for (const data of records) yield { type: 'item', data: data as ContactInstance } // as above
      }
    },
  })
}

function cacheKeyOf(endpoint: Endpoint, { params, query }: EndpointInput, { headers }: EndpointCall): string {
  return JSON.stringify([endpoint.operation, params, query, headers])
}
