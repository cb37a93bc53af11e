import type { EndpointCall } from './call.ts'
import { ChatBotKitClient } from './client.ts'
import {
  createContact,
  deleteContact,
  ensureContact,
  exportContacts,
  fetchContact,
  listContacts,
  updateContact,
} from './contacts.ts'
import type { ChatBotKitClientOptions } from './options.ts'
import type { ResponsePromise } from './response-promise.ts'
import { ConversationClient, SecretClient, SpaceClient, TaskClient } from './sub-clients.ts'
import type {
  ContactCreateResponse,
  ContactDeleteResponse,
  ContactEnsureFields,
  ContactEnsureResponse,
  ContactFetchResponse,
  ContactFields,
  ContactListRequest,
  ContactListResponse,
  ContactListStreamType,
  ContactUpdateResponse,
} from './types.ts'

/**
 * The vendor's contact client: a program written for it runs with this one by changing the import. Errors are `ContactsError`,
 * whose `vendorCode` is what `code` was there.
 *
 * @example
 * ```ts
 * const client = new ContactClient({ secret: process.env.CHATBOTKIT_SECRET ?? '' })
 * const { id } = await client.create({ name: 'Ana Souza', email: 'ana@example.com' })
 * const contact = await client.fetch(id)
 * ```
 */
export class ContactClient extends ChatBotKitClient {
  /** The conversations of a contact. */
  readonly conversation: ConversationClient
  /** The tasks of a contact. */
  readonly task: TaskClient
  /** The spaces of a contact. */
  readonly space: SpaceClient
  /** The secrets that a contact has values for. */
  readonly secret: SecretClient

  /**
   * @param options - the credential and settings
   * @param parent - a client to share connection limits and cache with
   * @throws ContactsError `config` when the secret is missing or blank, or an option cannot work
   */
  constructor(options: ChatBotKitClientOptions, parent?: ChatBotKitClient) {
    super(options, parent)
    this.conversation = new ConversationClient(options, this)
    this.task = new TaskClient(options, this)
    this.space = new SpaceClient(options, this)
    this.secret = new SecretClient(options, this)
  }

  /**
   * Lists contacts. Awaited, it is one page; `.stream()` yields every contact from one streamed answer, which is resumed where it
   * is cut.
   *
   * @param request - which contacts; `take` is at most 100 a page
   * @param call - settings of this call
   *
   * @example
   * ```ts
   * const { items, cursor } = await client.list({ take: 50, meta: { plan: 'pro' } })
   * for await (const { data } of client.list().stream()) console.log(data.email)
   * ```
   */
  list(
    request?: ContactListRequest,
    call?: EndpointCall,
  ): ResponsePromise<ContactListResponse, ContactListStreamType> {
    return listContacts(this, request, call)
  }

  /**
   * Exports contacts: as `list`, but not counted against the limit of listings, and a contact without `meta` has `{}`.
   *
   * @param request - which contacts
   * @param call - settings of this call
   */
  export(
    request?: ContactListRequest,
    call?: EndpointCall,
  ): ResponsePromise<ContactListResponse, ContactListStreamType> {
    return exportContacts(this, request, call)
  }

  /**
   * Fetches a contact.
   *
   * @param contactId - its id; `(Jane Doe)` finds one by its exact name
   * @param call - settings of this call
   * @throws ContactsError `not_found`; `forbidden` for one of another account
   */
  fetch(contactId: string, call?: EndpointCall): ResponsePromise<ContactFetchResponse, never> {
    return fetchContact(this, contactId, call)
  }

  /**
   * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
   *
   * @param request - its fields; without `verifiedAt` it is unverified, and a later `ensure` with its fingerprint fails
   * @param call - settings of this call
   * @throws ContactsError `conflict` when the fingerprint is in use; `invalid_input`
   */
  create(request: ContactFields, call?: EndpointCall): Promise<ContactCreateResponse> {
    return createContact(this, request, call)
  }

  /**
   * Updates a contact. Absent fields stay as they are; `null` clears email, phone, nick, preferences and verifiedAt, `''` name and
   * description. `meta` replaces, unless it is `{ $update: { … } }`, which merges.
   *
   * @param contactId - its id
   * @param request - what to change
   * @param call - settings of this call
   * @throws ContactsError `not_found`; `conflict` when the fingerprint is in use; `invalid_input`
   */
  update(contactId: string, request: ContactFields, call?: EndpointCall): Promise<ContactUpdateResponse> {
    return updateContact(this, contactId, request, call)
  }

  /**
   * Deletes a contact, for good.
   *
   * @param contactId - its id
   * @param call - settings of this call
   * @throws ContactsError `not_found`; also when an attempt whose answer was lost has deleted it
   */
  delete(contactId: string, call?: EndpointCall): Promise<ContactDeleteResponse> {
    return deleteContact(this, contactId, call)
  }

  /**
   * Finds the contact with a fingerprint, or creates it. One that is there is not changed, and the answer does not tell which of the
   * two happened.
   *
   * @param request - the fingerprint, of 17 characters or more, and the fields for a contact that is created
   * @param call - settings of this call
   * @throws ContactsError `conflict` with status 500 when the contact is there and unverified; `invalid_input`
   */
  ensure(request: ContactEnsureFields, call?: EndpointCall): Promise<ContactEnsureResponse> {
    return ensureContact(this, request, call)
  }
}
