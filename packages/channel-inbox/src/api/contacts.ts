import {
  type CallSettings,
  type EndpointInput,
  isDataObject,
  iterableStream,
  readInput,
} from '@anycontact/core/adapter-kit'
import { csvStream, isCsv } from './csv-answer.ts'
import { isList, type Wording, wordings } from './dialect.ts'
import { refused, vendorError } from './error-classes.ts'
import { badAnswer } from './errors.ts'
import type { InboxTransport } from './transport.ts'
import type {
  ActivityListParams,
  CommentListParams,
  Contact,
  ContactComment,
  ContactFile,
  ContactListParams,
  ContactPage,
  ContactSearchParams,
  ConversationActivity,
  ConversationListParams,
  ConversationRow,
  NotificationActionResponse,
  NotificationPage,
  PageParams,
  Rows,
  SortParams,
  UpdateContactInput,
} from './types.ts'
import { actionOf, pageOf, recordOf, rowsOf, uploadOf } from './wire.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The vendor's contacts, under the vendor's names: `client.contacts`. Answers come as they were sent. Each method takes, as an
 * additional last argument, the signal, time limits, headers and retry for that call alone. Errors are of the vendor's classes, each
 * a `ContactsError` too.
 */
export class ContactsResource {
  readonly #transport: InboxTransport
  readonly #send: InboxTransport['json']
  readonly #wording: Wording

  /** @internal */
  constructor(transport: InboxTransport) {
    this.#transport = transport
    this.#send = transport.json
    this.#wording = wordings[transport.dialect]
  }

  /**
   * One page of contacts.
   *
   * @param params - which
   *
   * @example
   * ```ts
   * const page = await client.contacts.list({ limit: 50, skip: 0 })
   * for (const contact of page.data) console.log(contact.id, contact.display_name, contact.email)
   * ```
   */
  async list(params?: ContactListParams, call?: CallSettings): Promise<ContactPage> {
    const page = paramsOf(params, ['limit', 'skip', 'sort'], 'list')
    const query = { ...this.#wording.page(page), sort: page.sort || undefined }
    return this.#send('list', { query }, call, (answer, operation) => pageOf(answer, page, operation))
  }

  /**
   * A contact by its id.
   *
   * @param contactId - `con_…`
   * @throws ContactsError `not_found`
   */
  async get(contactId: string, call?: CallSettings): Promise<Contact> {
    return this.#send('get', { params: { id: contactId } }, call, recordOf)
  }

  /**
   * Changes a contact. The object is sent as it is.
   *
   * @param contactId - `con_…`
   * @param body - the fields to change; `''` clears text
   * @throws ContactsError `not_found`, `invalid_input`
   */
  async update(contactId: string, body: UpdateContactInput, call?: CallSettings): Promise<Contact> {
    if (!isDataObject(body)) throw refused('Give the fields to change as an object.', 'update')
    return this.#send('update', { params: { id: contactId }, json: body }, call, recordOf)
  }

  /**
   * One page of the contacts that a text is found in.
   *
   * @param params - what for, and which page
   */
  async search(params: ContactSearchParams, call?: CallSettings): Promise<ContactPage> {
    const { q, ...rest } = paramsOf(params, ['q', 'limit', 'skip', 'sort', 'type'], 'search')
    if (typeof q !== 'string') throw refused('Give what to search for as { q }.', 'search')
    const given = { ...rest, q }
    return this.#send('search', this.#wording.search(given), call, (answer, operation) =>
      pageOf(answer, given, operation),
    )
  }

  /**
   * Every contact as CSV, as the vendor writes it, but for its byte order mark; {@link exportCsvBytes} keeps that too.
   *
   * @param params - the order
   */
  async exportCsv(params?: SortParams, call?: CallSettings): Promise<string> {
    return new TextDecoder().decode(await this.exportCsvBytes(params, call))
  }

  /**
   * As {@link exportCsv}, byte for byte. The vendor's own client does not have it.
   *
   * @param params - the order
   */
  async exportCsvBytes(params?: SortParams, call?: CallSettings): Promise<Bytes> {
    const { data, headers } = await this.#transport.bytes('exportCsv', sorted(params), call)
    if (!isCsv(headers, data)) throw noCsv(call)
    return data
  }

  /**
   * As {@link exportCsvBytes}, as it arrives: for exports that are too large to be held. The vendor's own client does not have
   * it. Reading throws `network` when the export breaks off.
   *
   * @param params - the order
   */
  async exportCsvStream(
    params?: SortParams,
    call?: CallSettings,
  ): Promise<ReadableStream<Bytes> & AsyncIterable<Bytes>> {
    const { data, headers } = await this.#transport.stream('exportCsv', sorted(params), call)
    const csv = await csvStream(headers, data)
    if (csv === undefined) throw noCsv(call)
    return iterableStream(csv)
  }

  /**
   * The conversations of a contact, all at once.
   *
   * @param contactId - whose
   * @param params - on which channels
   */
  async getConversations(
    contactId: string,
    params?: ConversationListParams,
    call?: CallSettings,
  ): Promise<Rows<ConversationRow>> {
    const { channelTypes } = paramsOf(params, ['channelTypes'], 'getConversations')
    const query = { channel_types: this.#wording.channelTypes(channelTypes) }
    return this.#send('getConversations', { params: { id: contactId }, query }, call, rowsOf<ConversationRow>)
  }

  /**
   * The team's comments on a contact.
   *
   * @param contactId - on whom
   * @param params - which
   */
  async getComments(
    contactId: string,
    params?: CommentListParams,
    call?: CallSettings,
  ): Promise<Rows<ContactComment>> {
    const given = paramsOf(params, ['channelType', 'limit', 'skip'], 'getComments')
    const query = {
      channel_types: this.#wording.channelTypes(given.channelType),
      ...this.#wording.page(given),
    }
    return this.#send('getComments', { params: { id: contactId }, query }, call, rowsOf<ContactComment>)
  }

  /**
   * The files of a contact, all at once.
   *
   * @param contactId - whose
   */
  async getFiles(contactId: string, call?: CallSettings): Promise<Rows<ContactFile>> {
    return this.#send('getFiles', { params: { id: contactId } }, call, rowsOf<ContactFile>)
  }

  /**
   * What happened in a conversation, all at once.
   *
   * @param conversationId - of a **conversation**, not of a contact
   * @param params - when
   */
  async getActivities(
    conversationId: string,
    params?: ActivityListParams,
    call?: CallSettings,
  ): Promise<Rows<ConversationActivity>> {
    const { start_date, end_date } = paramsOf(params, ['start_date', 'end_date'], 'getActivities')
    const input = { params: { id: conversationId }, query: { start_date, end_date } }
    return this.#send('getActivities', input, call, rowsOf<ConversationActivity>)
  }

  /**
   * Uploads a file. It is not sent again when its answer is lost, because that would store another one.
   *
   * @param body - a form with the file in its part `file`; the content type with its boundary is set by the runtime
   */
  async uploadAvatar(body: FormData, call?: CallSettings): Promise<{ url: string }> {
    if (!(body instanceof FormData)) {
      throw refused('Give a FormData with the file in its part `file`.', 'uploadAvatar')
    }
    return this.#send('uploadAvatar', { body }, call, uploadOf)
  }

  /**
   * One page of the user's notices, with `unread_count`.
   *
   * @param params - which page
   */
  async listNotifications(params?: PageParams, call?: CallSettings): Promise<NotificationPage> {
    const page = paramsOf(params, ['limit', 'skip'], 'listNotifications')
    const query = this.#wording.page(page)
    return this.#send('listNotifications', { query }, call, (answer, operation) =>
      pageOf(answer, page, operation),
    )
  }

  /**
   * Marks notices as read.
   *
   * @param notificationIds - which; without them the request has no body, as the vendor's Python client sends it for all
   */
  async markNotificationsRead(
    notificationIds?: readonly string[],
    call?: CallSettings,
  ): Promise<NotificationActionResponse> {
    if (notificationIds !== undefined && !isList(notificationIds)) {
      throw refused('Give the ids as an array of text.', 'markNotificationsRead')
    }
    const input: EndpointInput =
      notificationIds === undefined ? { effect: 'once' } : { json: this.#wording.ids(notificationIds) }
    return actionOf(await this.#transport.done('markNotificationsRead', input, call))
  }

  /**
   * Removes a notice.
   *
   * @param notificationId - `not_…`
   */
  async dismissNotification(
    notificationId: string,
    call?: CallSettings,
  ): Promise<NotificationActionResponse> {
    if (typeof notificationId !== 'string' || notificationId.trim() === '') {
      throw refused('Give the id as text that is not blank.', 'dismissNotification')
    }
    const input = { json: this.#wording.oneId(notificationId) }
    return actionOf(await this.#transport.done('dismissNotification', input, call))
  }

  /** Removes all notices. */
  async dismissAllNotifications(call?: CallSettings): Promise<NotificationActionResponse> {
    return actionOf(await this.#transport.done('dismissAllNotifications', {}, call))
  }
}

function noCsv(call: CallSettings | undefined): unknown {
  const what = 'the answer is no CSV. Check `baseUrl`, and proxies on the way.'
  return vendorError(badAnswer(what, call?.operation ?? 'exportCsv'))
}

function sorted(params: SortParams | undefined): EndpointInput {
  const { sort } = paramsOf(params, ['sort'], 'exportCsv')
  return { query: { sort: sort || undefined } }
}

/** What was given for parameters that may be left out. @throws ContactsError `invalid_input` */
function paramsOf<Params extends object>(
  given: Params | undefined,
  names: readonly (keyof Params & string)[],
  operation: string,
): Partial<Params> {
  return readInput<Partial<Params>>(given ?? {}, names, (issues) => refused(issues, operation))
}
