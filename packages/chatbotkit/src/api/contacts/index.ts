import type { CallSettings } from '@anycontact/core/adapter-kit'
import { byReplacedFetch, type ChatBotKitClient, transportOf } from '../client.ts'
import type { EndpointName } from '../endpoints.ts'
import { isErrorBody, lateError } from '../errors.ts'
import { callOf, fieldsOf } from '../input.ts'
import { openLines } from '../lines.ts'
import { type Listing, listingPromise } from '../listing-promise.ts'
import { eitherSignal, ResponsePromise } from '../response-promise.ts'
import type { Input } from '../transport.ts'
import type {
  ContactCreateResponse,
  ContactDeleteRequest,
  ContactDeleteResponse,
  ContactEnsureFields,
  ContactEnsureResponse,
  ContactFetchResponse,
  ContactFields,
  ContactInstance,
  ContactUpdateResponse,
  PageFields,
} from '../types/index.ts'
import { readIdAnswer } from '../wire.ts'

export { isGone, type ListingQuery, positionOf, ROWS_PER_PAGE, walkListing } from '../lines.ts'

/**
 * Lists contacts. Awaited, it is one page; `.stream()` yields every contact from one streamed answer, which is resumed where it
 * is cut.
 *
 * @param request - which contacts; `take` is at most 100 a page
 *
 * @example
 * ```ts
 * const { items, cursor } = await listContacts(client, { take: 50, meta: { plan: 'pro' } })
 * for await (const { data } of listContacts(client).stream()) console.log(data.email)
 * ```
 */
export function listContacts(
  client: ChatBotKitClient,
  request?: PageFields,
  call?: CallSettings,
): Listing<ContactInstance> {
  return listingPromise<ContactInstance>(client, { name: 'listContacts', request, call })
}

/**
 * Exports contacts: as {@link listContacts}, but not counted against the limit of listings, and a contact without `meta` has
 * `{}`. For CSV use `clientFetch('/api/v1/contact/export', { headers: { accept: 'text/csv' } })`.
 *
 * @param request - which contacts
 */
export function exportContacts(
  client: ChatBotKitClient,
  request?: PageFields,
  call?: CallSettings,
): Listing<ContactInstance> {
  return listingPromise<ContactInstance>(client, { name: 'exportContacts', request, call })
}

/**
 * Fetches a contact.
 *
 * @param contactId - its id; `(Jane Doe)` finds one by its exact name
 * @throws ContactsError `not_found`; `forbidden` for one of another account
 */
export function fetchContact(
  client: ChatBotKitClient,
  contactId: string,
  call?: CallSettings,
): ResponsePromise<ContactFetchResponse, never> {
  const name = 'fetchContact'
  const settings = callOf(call, name)
  const operation = settings.operation ?? name
  const input = { params: { contactId } }
  const replaced = byReplacedFetch<ContactFetchResponse, never>(client, name, input, settings)
  if (replaced) return replaced
  const transport = transportOf(client)
  const read = (value: unknown): ContactFetchResponse => {
    const record: object = readIdAnswer(value, undefined, operation)
    return record as ContactFetchResponse // the rest is taken on trust, as by the vendor's client
  }
  return new ResponsePromise<ContactFetchResponse, never>({
    cacheMap: transport.cache,
    cacheKey: () => [name, contactId, settings.headers],
    load: async () => read(await transport.json(name, input, settings)),
    // The route knows no streaming and answers the contact all the same. The vendor's types say `never` to that.
    async *stream(abortSignal) {
      const streamed = { ...settings, signal: eitherSignal(settings.signal, abortSignal) }
      for await (const records of await openLines(transport, name, input, streamed)) {
        for (const record of records) {
          if (isErrorBody(record)) throw lateError(record, operation)
          yield [read(record) as never]
        }
      }
    },
  })
}

/**
 * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
 *
 * @param request - its fields; without `verifiedAt` it is unverified, and a later `ensure` with its fingerprint fails
 * @throws ContactsError `conflict` when the fingerprint is in use; `invalid_input`
 */
export async function createContact(
  client: ChatBotKitClient,
  request: ContactFields,
  call?: CallSettings,
): Promise<ContactCreateResponse> {
  return write(client, 'createContact', request, call)
}

/**
 * Updates a contact. Absent fields stay as they are; `null` clears email, phone, nick, preferences and verifiedAt, `''` name
 * and description. `meta` replaces, unless it is `{ $update: { … } }`, which merges.
 *
 * @param contactId - its id
 * @param request - what to change
 * @throws ContactsError `not_found`; `conflict` when the fingerprint is in use; `invalid_input`
 */
export async function updateContact(
  client: ChatBotKitClient,
  contactId: string,
  request: ContactFields,
  call?: CallSettings,
): Promise<ContactUpdateResponse> {
  return write(client, 'updateContact', request, call, { params: { contactId } })
}

/**
 * Deletes a contact, for good.
 *
 * @param contactId - its id
 * @param request - nothing; the vendor's function takes it
 * @throws ContactsError `not_found`; with `applied: 'unknown'` where an attempt whose answer was lost may have deleted it
 */
export async function deleteContact(
  client: ChatBotKitClient,
  contactId: string,
  request?: ContactDeleteRequest,
  call?: CallSettings,
): Promise<ContactDeleteResponse> {
  return write(client, 'deleteContact', request, call, { params: { contactId } })
}

/**
 * Finds the contact with a fingerprint, or creates it. One that is there is not changed, and the answer does not tell which of
 * the two happened.
 *
 * @param request - the fingerprint, of 17 characters or more, and the fields for a contact that is created
 * @throws ContactsError `conflict` with status 500 when the contact is there and unverified; `invalid_input`
 */
export async function ensureContact(
  client: ChatBotKitClient,
  request: ContactEnsureFields,
  call?: CallSettings,
): Promise<ContactEnsureResponse> {
  // Without a fingerprint, what is found depends on the fields: a change of one in between would make a second contact.
  const fields = fieldsOf(request, 'ensureContact')
  return write(client, 'ensureContact', fields, call, { effect: fields.fingerprint ? 'idempotent' : 'once' })
}

/** Sends a write, whose answer has the id of what it was about; the rest is taken on trust, as by the vendor's client. */
export async function write<Answer extends { id: string }>(
  client: ChatBotKitClient,
  name: EndpointName,
  request: ContactFields | undefined,
  call: CallSettings | undefined,
  { params, effect }: Input = {},
): Promise<Answer> {
  const json = fieldsOf(request, name)
  const settings = callOf(call, name)
  const replaced = byReplacedFetch<Answer, never>(client, name, { params, record: { ...json } }, settings)
  if (replaced) return replaced
  const answer: object = await transportOf(client).write(name, { params, effect, json }, settings)
  return answer as Answer
}
