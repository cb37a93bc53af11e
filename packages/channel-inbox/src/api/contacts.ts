import { badAnswer, badInput } from '../errors.ts'
import type { EndpointCall } from './call.ts'
import { csvStream, isCsv } from './csv-answer.ts'
import { wordings } from './dialect.ts'
import type { EndpointName } from './endpoints.ts'
import type { EndpointInput, Transport } from './transport.ts'
import type {
  CommentListParams,
  Contact,
  ContactComment,
  ContactFile,
  ContactListParams,
  ContactSearchParams,
  Conversation,
  ConversationActivity,
  ConversationListParams,
  Notification,
  NotificationActionResponse,
  NotificationPage,
  PagedResponse,
  PageParams,
  Rows,
  UpdateContactInput,
} from './types.ts'
import { checkRecordAnswer, parseRows, parseUploadAnswer } from './wire.ts'

/**
 * The vendor's contacts, under the vendor's names: `client.contacts`. Answers come as they were sent; each method takes the
 * settings of its call as an additional last argument. Errors are `ContactsError`.
 */
export class ContactsResource {
  readonly #transport: Transport

  /** @internal */
  constructor(transport: Transport) {
    this.#transport = transport
  }

  /**
   * One page of contacts.
   *
   * @param params - which
   * @param call - settings of this call
   *
   * @example
   * ```ts
   * const page = await client.contacts.list({ limit: 50, skip: 0 })
   * for (const contact of page.data) console.log(contact.id, contact.display_name, contact.email)
   * ```
   */
  async list(params: ContactListParams = {}, call?: EndpointCall): Promise<PagedResponse<Contact>> {
    const { sort, ...page } = params
    const query = { ...wordings[this.#transport.dialect].page(page), sort }
    return this.#page<Contact>('list', { query }, page, call)
  }

  /**
   * A contact by its id.
   *
   * @param contactId - such as `con_…`
   * @param call - settings of this call
   * @throws ContactsError `not_found`
   */
  async get(contactId: string, call?: EndpointCall): Promise<Contact> {
    return this.#record('get', { id: contactId }, call)
  }

  /**
   * Changes a contact. The object is sent as it is.
   *
   * @param contactId - such as `con_…`
   * @param body - the fields to change; `''` clears text
   * @param call - settings of this call
   * @throws ContactsError `not_found`, `invalid_input`
   */
  async update(contactId: string, body: UpdateContactInput, call?: EndpointCall): Promise<Contact> {
    return this.#record('update', { id: contactId, json: body }, call)
  }

  /**
   * One page of the contacts that a text is found in.
   *
   * @param params - what for, and which page
   * @param call - settings of this call
   */
  async search(params: ContactSearchParams, call?: EndpointCall): Promise<PagedResponse<Contact>> {
    if (typeof params?.q !== 'string') throw badInput('Give what to search for as { q }.')
    return this.#page<Contact>('search', wordings[this.#transport.dialect].search(params), params, call)
  }

  /**
   * Every contact as CSV, as the vendor writes it. The text has the vendor's byte order mark, where there is one, so that it is
   * the same bytes again when it is encoded as UTF-8.
   *
   * @param params - the order
   * @param call - settings of this call
   */
  async exportCsv(params: Pick<ContactListParams, 'sort'> = {}, call?: EndpointCall): Promise<string> {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await this.exportCsvBytes(params, call))
  }

  /**
   * As {@link exportCsv}, byte for byte. The vendor's own client does not have it.
   *
   * @param params - the order
   * @param call - settings of this call
   */
  async exportCsvBytes(
    params: Pick<ContactListParams, 'sort'> = {},
    call?: EndpointCall,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const request = this.#transport.request('exportCsv', { query: { sort: params.sort } }, call)
    const { data, headers } = await this.#transport.http.bytes(request)
    if (!isCsv(headers, data)) throw noCsv(request.operation)
    return data
  }

  /**
   * As {@link exportCsvBytes}, as it arrives: for exports that are too large to be held. The vendor's own client does not have
   * it. Reading throws `network` when the export breaks off.
   *
   * @param params - the order
   * @param call - settings of this call
   */
  async exportCsvStream(
    params: Pick<ContactListParams, 'sort'> = {},
    call?: EndpointCall,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const request = this.#transport.request('exportCsv', { query: { sort: params.sort } }, call)
    const { data, headers } = await this.#transport.http.stream(request)
    const csv = await csvStream(headers, data)
    if (csv === undefined) throw noCsv(request.operation)
    return csv
  }

  /**
   * The conversations of a contact, all at once.
   *
   * @param contactId - whose
   * @param params - on which channels
   * @param call - settings of this call
   */
  async getConversations(
    contactId: string,
    params: ConversationListParams = {},
    call?: EndpointCall,
  ): Promise<Rows<Conversation>> {
    const channel_types = wordings[this.#transport.dialect].channelTypes(params.channelTypes)
    return this.#rows('getConversations', { id: contactId, query: { channel_types } }, call)
  }

  /**
   * The team's comments on a contact.
   *
   * @param contactId - on whom
   * @param params - which
   * @param call - settings of this call
   */
  async getComments(
    contactId: string,
    params: CommentListParams = {},
    call?: EndpointCall,
  ): Promise<Rows<ContactComment>> {
    const { channelType, ...page } = params
    const wording = wordings[this.#transport.dialect]
    const query = { channel_types: wording.channelTypes(channelType), ...wording.page(page) }
    return this.#rows('getComments', { id: contactId, query }, call)
  }

  /**
   * The files of a contact, all at once.
   *
   * @param contactId - whose
   * @param call - settings of this call
   */
  async getFiles(contactId: string, call?: EndpointCall): Promise<Rows<ContactFile>> {
    return this.#rows('getFiles', { id: contactId }, call)
  }

  /**
   * What happened in a conversation, all at once.
   *
   * @param conversationId - of a **conversation**, not of a contact
   * @param call - settings of this call
   */
  async getActivities(conversationId: string, call?: EndpointCall): Promise<Rows<ConversationActivity>> {
    return this.#rows('getActivities', { id: conversationId }, call)
  }

  /**
   * Uploads a file. It is not sent again when its answer is lost, because that would store another one.
   *
   * @param body - a form with the file in its part `file`; the content type with its boundary is set by the runtime
   * @param call - settings of this call
   */
  async uploadAvatar(body: FormData, call?: EndpointCall): Promise<{ url: string }> {
    if (!(body instanceof FormData)) throw badInput('Give a FormData with the file in its part `file`.')
    const answer = await this.#json('uploadAvatar', { body }, call)
    return parseUploadAnswer(answer, call?.operation ?? 'uploadAvatar')
  }

  /**
   * One page of the user's notices, with `unread_count`.
   *
   * @param params - which page
   * @param call - settings of this call
   */
  async listNotifications(params: PageParams = {}, call?: EndpointCall): Promise<NotificationPage> {
    const query = wordings[this.#transport.dialect].page(params)
    return this.#page<Notification>('listNotifications', { query }, params, call)
  }

  /**
   * Marks notices as read.
   *
   * @param notificationIds - which; without them the request has no body, as the vendor's Python client sends it for all
   * @param call - settings of this call
   */
  async markNotificationsRead(
    notificationIds?: readonly string[],
    call?: EndpointCall,
  ): Promise<NotificationActionResponse> {
    const input =
      notificationIds === undefined
        ? { idempotent: false }
        : { json: wordings[this.#transport.dialect].ids(notificationIds) }
    return this.#action('markNotificationsRead', input, call)
  }

  /**
   * Removes a notice.
   *
   * @param notificationId - such as `not_…`
   * @param call - settings of this call
   */
  async dismissNotification(
    notificationId: string,
    call?: EndpointCall,
  ): Promise<NotificationActionResponse> {
    const json = wordings[this.#transport.dialect].oneId(notificationId)
    return this.#action('dismissNotification', { json }, call)
  }

  /**
   * Removes all notices.
   *
   * @param call - settings of this call
   */
  async dismissAllNotifications(call?: EndpointCall): Promise<NotificationActionResponse> {
    return this.#action('dismissAllNotifications', {}, call)
  }

  async #json(name: EndpointName, input: EndpointInput, call: EndpointCall | undefined): Promise<unknown> {
    const { http, request } = this.#transport
    const { data } = await http.json(request(name, input, call))
    return data
  }

  async #record(name: EndpointName, input: EndpointInput, call: EndpointCall | undefined): Promise<Contact> {
    const answer = await this.#json(name, input, call)
    checkRecordAnswer(answer, call?.operation ?? name)
    return answer as Contact // the rest is taken on trust, as by the vendor's client
  }

  async #rows<Row>(
    name: EndpointName,
    input: EndpointInput,
    call: EndpointCall | undefined,
  ): Promise<Rows<Row>> {
    const rows = parseRows(await this.#json(name, input, call), call?.operation ?? name)
    const list = [...rows] as Row[] // taken on trust, as by the vendor's client
    // Not enumerable, so that the rows print and compare as an array.
    return Object.defineProperty(list, 'data', { value: list }) as Rows<Row> // since now it has it
  }

  async #page<Row>(
    name: EndpointName,
    input: EndpointInput,
    { limit, skip = 0 }: PageParams,
    call: EndpointCall | undefined,
  ): Promise<PagedResponse<Row>> {
    const answer = await this.#json(name, input, call)
    const data = parseRows(answer, call?.operation ?? name) as Row[] // as above
    const size = limit ?? data.length
    const page = { total: data.length, page: size > 0 ? Math.floor(skip / size) + 1 : 1, limit: size }
    return Array.isArray(answer) ? { ...page, data } : { ...page, ...(answer as object), data }
  }

  async #action(
    name: EndpointName,
    input: EndpointInput,
    call: EndpointCall | undefined,
  ): Promise<NotificationActionResponse> {
    const answer = await this.#json(name, input, call)
    return { success: true, ...(typeof answer === 'object' && !Array.isArray(answer) ? answer : {}) }
  }
}

function noCsv(operation: string): Error {
  return badAnswer('the answer is no CSV. Check `baseUrl`, and proxies on the way.', operation)
}
