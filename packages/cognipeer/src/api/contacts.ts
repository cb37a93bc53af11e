import type { ContactsError, ContactsErrorIssue } from '@anycontact/core'
import { type CallSettings, changedError, isDataObject, readInput } from '@anycontact/core/adapter-kit'
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

/**
 * The contacts of a workspace, under the vendor's names. The `call` of each method is ours, the vendor's client has none: signal, time
 * limits, headers and retry for that call alone.
 */
export interface IContacts {
  /**
   * Creates a contact. It is not sent again when its answer is lost, because that could make a second one.
   *
   * @param options - its fields; keys of your own stand beside the vendor's
   * @returns the contact as the server answers it
   */
  create(options: CreateContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Gets a contact by its email or integration id.
   *
   * @param options - one of the two at least; which contact both name together is not documented
   * @throws ContactsError `not_found`, whose message says "not found", in whatever form the server says it; `invalid_input` without
   * a key, before anything is sent
   */
  get(options: GetContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Changes a contact that is named by its email or integration id. Fields that `data` does not name stay; `properties` and
   * `metadata` are taken to be replaced as a whole, so send them whole.
   *
   * @param options - which contact, and its new values
   * @returns the contact as the server answers it
   * @throws ContactsError `not_found`; `invalid_input` without a key or without `data`, before anything is sent
   */
  update(options: UpdateContactOptions, call?: CallSettings): Promise<Contact>
  /**
   * Lists contacts, one page at a time; soft-deleted ones too unless the filter leaves them out.
   *
   * @param options - which contacts, in which order, and which page. @default the first ten
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

const KEYS = ['email', 'integrationId'] as const

/** Makes the contacts of a client from what its requests are sent with. */
export function createContactsResource({ json }: CognipeerTransport): IContacts {
  return {
    async create(options, call) {
      if (!isDataObject(options)) throw refused('createContact', call)([{ path: '', message: OBJECT }])
      return json('createContact', { json: options }, call, createdOf)
    },
    async get(options, call) {
      const fail = refused('getContact', call)
      const query = identifiersOf(readInput(options, KEYS, fail), fail)
      // Without a body too, as by the vendor's client.
      return json('getContact', { query, headers: { 'Content-Type': 'application/json' } }, call, contactOf)
    },
    async update(options, call) {
      const fail = refused('updateContact', call)
      const given = readInput(options, [...KEYS, 'data'], fail)
      const identifiers = identifiersOf(given, fail)
      const { data } = given
      if (!isDataObject(data) || Object.keys(data).length === 0) {
        throw fail([{ path: 'data', message: OBJECT }], 'Data object with fields to update is required')
      }
      // The second time the contact may not be found any more by what the first one changed.
      const moves = KEYS.some(
        (key) => identifiers[key] !== undefined && Object.hasOwn(data, key) && data[key] !== identifiers[key],
      )
      const input = { json: { ...identifiers, data }, ...(moves && { effect: 'once' as const }) }
      return json('updateContact', input, call, contactOf)
    },
    async list(options = {}, call) {
      const fail = refused('listContacts', call)
      const given = readInput(options, ['page', 'limit', 'filter', 'sort'], fail)
      const { page = 1, limit = 10, filter = {}, sort } = given
      const issues = [
        ...wrongIn({ page, limit }, (value) => typeof value === 'number', 'must be a number'),
        ...wrongIn({ filter, sort }, isDataObject, OBJECT),
      ]
      if (issues.length > 0) throw fail(issues)
      const list = await json('listContacts', { json: { page, limit, filter, sort } }, call, readList)
      return { success: true, ...list } as PaginatedResponse<Contact> // taken on trust, as by the vendor's client
    },
  }
}

const OBJECT = 'must be an object that has keys'

/** Makes the errors for what cannot be sent. */
type Refused = (issues: readonly ContactsErrorIssue[], words?: string) => ContactsError

function refused(endpoint: string, call: CallSettings | undefined): Refused {
  return (issues, words) => {
    const error = badInput(issues, call?.operation ?? endpoint)
    return words === undefined ? error : changedError(error, { message: words })
  }
}

/** What is wrong in some members. Null goes out as it is, as by the vendor's client. */
function wrongIn(
  members: object,
  isRight: (value: unknown) => boolean,
  message: string,
): readonly ContactsErrorIssue[] {
  const wrong = Object.entries(members).filter(([, value]) => value != null && !isRight(value))
  return wrong.map(([path]) => ({ path, message }))
}

const isFilledText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/** The keys that are given; empty ones are left out, as by the vendor's client. */
function identifiersOf(
  { email, integrationId }: GetContactOptions,
  fail: Refused,
): { readonly email?: string; readonly integrationId?: string } {
  const given = { ...(email && { email }), ...(integrationId && { integrationId }) }
  const issues = wrongIn(given, isFilledText, 'must be text, and not blank')
  if (issues.length > 0) throw fail(issues)
  if (Object.keys(given).length > 0) return given
  const missing = KEYS.map((path) => ({ path, message: 'is missing, and so is the other one' }))
  throw fail(missing, 'Either email or integrationId is required')
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
