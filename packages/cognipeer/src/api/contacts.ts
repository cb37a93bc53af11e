import { ContactsError } from '@anycontact/core'
import { badAnswer, notFound, PROVIDER, who } from '../errors.ts'
import { endpoints } from './endpoints.ts'
import type { EndpointCall } from './options.ts'
import type { Send } from './transport.ts'
import type {
  Contact,
  CreateContactOptions,
  GetContactOptions,
  ListContactsOptions,
  PaginatedResponse,
  UpdateContactOptions,
} from './types.ts'
import { parseDataAnswer, parseListAnswer } from './wire.ts'

/** The contacts of a workspace, under the vendor's names. */
export class Contacts {
  readonly #send: Send

  /** @param send - how requests are sent; made by the client */
  constructor(send: Send) {
    this.#send = send
  }

  /**
   * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
   *
   * @param options - its fields; keys of your own stand beside the vendor's
   * @param call - settings of this call
   * @returns the contact as the server answers it
   */
  async create(options: CreateContactOptions, call?: EndpointCall): Promise<Contact> {
    const { route } = endpoints.createContact
    const answer = await this.#send(endpoints.createContact, { body: options }, call)
    const data = parseDataAnswer(answer, call?.operation ?? route)
    if (data !== undefined) return data as Contact // taken on trust, as by the vendor's client
    throw badAnswer(
      'the answer has no contact. What was written may be in force; look it up.',
      call?.operation ?? route,
    )
  }

  /**
   * Gets a contact by its email or integration id.
   *
   * @param options - one of the two at least; which contact both name together is not documented
   * @param call - settings of this call
   * @throws ContactsError `not_found`, whose message says "not found", in whatever form the server says it; `invalid_input` without
   * a key, before anything is sent
   */
  async get(options: GetContactOptions, call?: EndpointCall): Promise<Contact> {
    const operation = call?.operation ?? endpoints.getContact.route
    const query = identifiersOf(options, operation)
    return found(await this.#send(endpoints.getContact, { query }, call), operation)
  }

  /**
   * Changes a contact that is named by its email or integration id. Fields that `data` does not name stay; `properties` and
   * `metadata` are taken to be replaced as a whole, so send them whole.
   *
   * @param options - which contact, and its new values
   * @param call - settings of this call
   * @returns the contact as the server answers it
   * @throws ContactsError `not_found`; `invalid_input` without a key or without `data`, before anything is sent
   */
  async update(options: UpdateContactOptions, call?: EndpointCall): Promise<Contact> {
    const operation = call?.operation ?? endpoints.updateContact.route
    const identifiers = identifiersOf(options, operation)
    const { data } = options
    if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) {
      throw invalid('give `data` with at least one field to change.', operation)
    }
    // The second time the contact may not be found any more by what the first one changed.
    const moves = (['email', 'integrationId'] as const).some(
      (key) => identifiers[key] !== undefined && Object.hasOwn(data, key) && data[key] !== identifiers[key],
    )
    const body = { ...identifiers, data }
    return found(await this.#send(endpoints.updateContact, { body, idempotent: !moves }, call), operation)
  }

  /**
   * Lists contacts, one page at a time; soft-deleted ones too unless the filter leaves them out.
   *
   * @param options - which contacts, in which order, and which page
   * @param call - settings of this call
   *
   * @example
   * ```ts
   * const { data, total } = await client.contacts.list({
   *   limit: 50,
   *   filter: { status: 'active', deleted: { $ne: true } },
   *   sort: { createdDate: -1 },
   * })
   * ```
   */
  async list(options: ListContactsOptions = {}, call?: EndpointCall): Promise<PaginatedResponse<Contact>> {
    const { page = 1, limit = 10, filter = {}, sort } = options
    const body = { page, limit, filter, sort }
    const answer = await this.#send(endpoints.listContacts, { body }, call)
    const list = parseListAnswer(answer, call?.operation ?? endpoints.listContacts.route)
    return { success: true, ...list } as PaginatedResponse<Contact> // taken on trust, as by the vendor's client
  }
}

/** The keys that are given; empty ones are left out, as by the vendor's client. */
function identifiersOf(
  { email, integrationId }: GetContactOptions,
  operation: string,
): { readonly email?: string; readonly integrationId?: string } {
  if (!email && !integrationId) throw invalid('give an email or an integrationId.', operation)
  return { ...(email && { email }), ...(integrationId && { integrationId }) }
}

function found(answer: unknown, operation: string): Contact {
  const data = parseDataAnswer(answer, operation)
  if (data === undefined) throw notFound(operation)
  return data as Contact // taken on trust, as by the vendor's client
}

function invalid(what: string, operation: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `${who(operation)} ${what} Nothing was sent.`,
    provider: PROVIDER,
    operation,
  })
}
