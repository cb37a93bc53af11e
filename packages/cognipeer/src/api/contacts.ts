import type { CallSettings } from '@anycontact/core/adapter-kit'
import { badAnswer, badInput, notFound } from './errors.ts'
import type { CognipeerTransport } from './transport.ts'
import type {
  Contact,
  CreateContactOptions,
  GetContactOptions,
  ListContactsOptions,
  PaginatedResponse,
  UpdateContactOptions,
} from './types.ts'
import { readData, readList } from './wire.ts'

/** The contacts of a workspace, under the vendor's names. The `call` of each method is ours; the vendor's client has none. */
export interface IContacts {
  /**
   * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
   *
   * @param options - its fields; keys of your own stand beside the vendor's
   * @param call - signal, time limits, headers and retry for this call alone
   * @returns the contact as the server answers it
   */
  create(options: CreateContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Gets a contact by its email or integration id.
   *
   * @param options - one of the two at least; which contact both name together is not documented
   * @param call - signal, time limits, headers and retry for this call alone
   * @throws ContactsError `not_found`, whose message says "not found", in whatever form the server says it; `invalid_input` without
   * a key, before anything is sent
   */
  get(options: GetContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Changes a contact that is named by its email or integration id. Fields that `data` does not name stay; `properties` and
   * `metadata` are taken to be replaced as a whole, so send them whole.
   *
   * @param options - which contact, and its new values
   * @param call - signal, time limits, headers and retry for this call alone
   * @returns the contact as the server answers it
   * @throws ContactsError `not_found`; `invalid_input` without a key or without `data`, before anything is sent
   */
  update(options: UpdateContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Lists contacts, one page at a time; soft-deleted ones too unless the filter leaves them out.
   *
   * @param options - which contacts, in which order, and which page. @default the first ten
   * @param call - signal, time limits, headers and retry for this call alone
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
  list(options?: ListContactsOptions, call?: CallSettings): Promise<PaginatedResponse<Contact>>
}

/** Makes the contacts of a client from what its requests are sent with. */
export function createContactsResource({ json }: CognipeerTransport): IContacts {
  return {
    create: (options, call) => json('createContact', { json: options }, call, createdOf),
    async get(options, call) {
      const operation = call?.operation ?? 'getContact'
      const query = identifiersOf(options, operation)
      return json('getContact', { query }, call, contactOf)
    },
    async update(options, call) {
      const operation = call?.operation ?? 'updateContact'
      const identifiers = identifiersOf(options, operation)
      const { data } = options
      if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) {
        throw badInput('Data object with fields to update is required.', operation)
      }
      // The second time the contact may not be found any more by what the first one changed.
      const moves = (['email', 'integrationId'] as const).some(
        (key) => identifiers[key] !== undefined && Object.hasOwn(data, key) && data[key] !== identifiers[key],
      )
      const input = { json: { ...identifiers, data }, ...(moves && { effect: 'once' as const }) }
      return json('updateContact', input, call, contactOf)
    },
    async list(options = {}, call) {
      const { page = 1, limit = 10, filter = {}, sort } = options
      const list = await json('listContacts', { json: { page, limit, filter, sort } }, call, readList)
      return { success: true, ...list } as PaginatedResponse<Contact> // taken on trust, as by the vendor's client
    },
  }
}

/** The keys that are given; empty ones are left out, as by the vendor's client. */
function identifiersOf(
  { email, integrationId }: GetContactOptions,
  operation: string,
): { readonly email?: string; readonly integrationId?: string } {
  if (!email && !integrationId) throw badInput('Either email or integrationId is required.', operation)
  return { ...(email && { email }), ...(integrationId && { integrationId }) }
}

function contactOf(answer: unknown, operation: string): Contact {
  const data = readData(answer, operation)
  if (data === undefined) throw notFound('contact', operation)
  return data as Contact // taken on trust, as by the vendor's client
}

function createdOf(answer: unknown, operation: string): Contact {
  const data = readData(answer, operation)
  // It says that it succeeded and shows no contact: nobody can tell what it did.
  if (data === undefined) {
    throw badAnswer('the answer has no contact. One may have been made; look it up.', operation)
  }
  return data as Contact // taken on trust, as by the vendor's client
}
