import type { CallSettings } from '@anycontact/core/adapter-kit'
import { ChatBotKitClient } from './client.ts'
import * as functions from './contacts/index.ts'
import type { Listing } from './listing-promise.ts'
import type { ClientOptions } from './options.ts'
import type { ResponsePromise } from './response-promise.ts'
import { ConversationClient, SecretClient, SpaceClient, TaskClient } from './sub-clients.ts'
import type {
  ContactCreateResponse,
  ContactDeleteResponse,
  ContactEnsureFields,
  ContactEnsureResponse,
  ContactFetchResponse,
  ContactFields,
  ContactInstance,
  ContactUpdateResponse,
  PageFields,
} from './types/index.ts'

/**
 * The vendor's contact client: a program written for it runs with this one by changing the import. Errors are `ContactsError`,
 * whose `vendorCode` is what `code` was there. Each method takes as its last argument the signal, time limits, headers and retry
 * for this call alone.
 *
 * The vendor's classes have private members, so that no other class, this one included, can be passed where one of their types is
 * asked for: import the types from here too.
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
  conversation: ConversationClient
  /** The tasks of a contact. */
  task: TaskClient
  /** The spaces of a contact. */
  space: SpaceClient
  /** The secrets that a contact has values for. */
  secret: SecretClient

  /**
   * @param options - the credential and settings
   * @param parent - a client to share connection limits and cache with
   * @throws ContactsError `config` when the secret is missing or blank, or an option cannot work
   */
  constructor(options: ClientOptions, parent?: ChatBotKitClient) {
    super(options, parent)
    this.conversation = new ConversationClient(options, this)
    this.task = new TaskClient(options, this)
    this.space = new SpaceClient(options, this)
    this.secret = new SecretClient(options, this)
  }

  /** Lists contacts: one page when awaited, every contact when streamed; see `listContacts`. */
  list(request?: PageFields, call?: CallSettings): Listing<ContactInstance> {
    return functions.listContacts(this, request, call)
  }

  /** Exports contacts: as `list`, but not counted against the limit of listings; see `exportContacts`. */
  export(request?: PageFields, call?: CallSettings): Listing<ContactInstance> {
    return functions.exportContacts(this, request, call)
  }

  /** Fetches a contact by its id; see `fetchContact`. */
  fetch(contactId: string, call?: CallSettings): ResponsePromise<ContactFetchResponse, never> {
    return functions.fetchContact(this, contactId, call)
  }

  /** Creates a contact; not sent again when its answer is lost; see `createContact`. */
  create(request: ContactFields, call?: CallSettings): Promise<ContactCreateResponse> {
    return functions.createContact(this, request, call)
  }

  /** Updates a contact: absent fields stay, `meta` replaces unless it is `{ $update: { … } }`; see `updateContact`. */
  update(contactId: string, request: ContactFields, call?: CallSettings): Promise<ContactUpdateResponse> {
    return functions.updateContact(this, contactId, request, call)
  }

  /** Deletes a contact, for good; see `deleteContact`. */
  delete(contactId: string, call?: CallSettings): Promise<ContactDeleteResponse> {
    return functions.deleteContact(this, contactId, undefined, call)
  }

  /** Finds the contact with a fingerprint, unchanged, or creates it; see `ensureContact`. */
  ensure(request: ContactEnsureFields, call?: CallSettings): Promise<ContactEnsureResponse> {
    return functions.ensureContact(this, request, call)
  }
}
