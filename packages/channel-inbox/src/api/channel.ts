import {
  type CallSettings,
  type EndpointInput,
  isDataObject,
  type QueryValue,
  readInput,
  readMember,
} from '@anycontact/core/adapter-kit'
import type { EndpointName } from './endpoints.ts'
import { refused } from './error-classes.ts'
import type { InboxTransport } from './transport.ts'

/**
 * A generated operation: everything that the vendor's takes in one object, and beside it the signal, time limits, headers and retry
 * for that call alone. It answers what was sent, `undefined` where nothing was. The vendor does not say what that looks like: it is
 * `unknown`, or the type that the caller names, on trust.
 */
export type ChannelOperation<Params> = <T = unknown>(params: Params, call?: CallSettings) => Promise<T>

/** As {@link ChannelOperation}, with nothing that must be given. */
export type OptionalChannelOperation<Params> = <T = unknown>(
  params?: Params,
  call?: CallSettings,
) => Promise<T>

/**
 * The operations on contacts that the vendor generates from its exported specification, under the vendor's names: `client.api.channel`.
 * Bodies and queries are sent as they are, zero and empty text too.
 *
 * @example
 * ```ts
 * const made = await client.api.channel.createContact<Contact>({ body: { display_name: 'Ana Souza' } })
 * ```
 */
export interface ChannelApi {
  /** One page of contacts. */
  readonly listContacts: OptionalChannelOperation<{ q?: string; limit?: number; offset?: number }>
  /** One page of the contacts that a text is found in. */
  readonly searchContacts: ChannelOperation<{ body: { query: string; limit?: number; offset?: number } }>
  /** A contact by its id. */
  readonly getContact: ChannelOperation<{ id: string }>
  /** The contact that an item on a board is about. */
  readonly getContactByBoardItem: ChannelOperation<{ boardItemId: string }>
  /** Makes a contact. It is not sent again when its answer is lost: that could make another one. */
  readonly createContact: ChannelOperation<{
    body: {
      display_name?: string
      first_name?: string
      last_name?: string
      email?: string
      phone_number?: string
      channel_id?: string
      channel_type?: string
      labels?: unknown[]
      time_zone?: string
    }
  }>
  /** Changes a contact. */
  readonly updateContact: ChannelOperation<{
    id: string
    body: { display_name?: string; email?: string; phone_number?: string; labels?: unknown[] }
  }>
  /** Deletes a contact. */
  readonly deleteContact: ChannelOperation<{ id: string }>
  /** The conversations of a contact. */
  readonly listContactConversations: ChannelOperation<{ id: string }>
  /** The files exchanged with a contact. */
  readonly listContactFiles: ChannelOperation<{ id: string }>
  /** What happened in a **conversation**, whose id it takes. */
  readonly listConversationActivities: ChannelOperation<{ conversationId: string }>
  /** The team's comments on a contact. */
  readonly listContactComments: ChannelOperation<{ id: string }>
  /** The comments on messages that a contact has to do with. */
  readonly listContactMessageComments: ChannelOperation<{ id: string }>
  /** Comments on a contact. It is not sent again when its answer is lost: that could make another comment. */
  readonly createContactComment: ChannelOperation<{ id: string; body: { content: string } }>
  /** A comment on a contact. */
  readonly getContactComment: ChannelOperation<{ id: string; commentId: string }>
  /** Deletes a comment on a contact. */
  readonly deleteContactComment: ChannelOperation<{ id: string; commentId: string }>
  /** One page of the user's notices. */
  readonly listNotifications: OptionalChannelOperation<{ type?: string; limit?: number; skip?: number }>
  /** Marks notices as read; without `ids`, all. */
  readonly markNotificationsRead: ChannelOperation<{ body: { ids?: unknown[] } }>
  /** Removes notices. */
  readonly dismissNotifications: ChannelOperation<{ body: { ids?: unknown[] } }>
  /** Removes all notices. */
  readonly dismissAllNotifications: OptionalChannelOperation<undefined>
}

/** What a request takes of an operation's parameters, and what comes of it. */
interface Shape {
  /** @default the endpoint of the operation's name */
  readonly endpoint?: EndpointName
  /** The parts of the path, with the parameters that they are. */
  readonly ids?: Readonly<Record<string, string>>
  readonly query?: readonly string[]
  /** Whether there is a body. What its `ids` leave open is about all, also about what comes before it is sent again. */
  readonly body?: 'any' | 'ids'
  /** Whether every success will do, without an answer too. */
  readonly done?: true
}

const byId = { ids: { id: 'id' } }
const aComment = { ids: { id: 'id', commentId: 'commentId' } }

const shapes = {
  listContacts: { query: ['q', 'limit', 'offset'] },
  searchContacts: { body: 'any' },
  getContact: byId,
  getContactByBoardItem: { ids: { boardItemId: 'boardItemId' } },
  createContact: { body: 'any' },
  updateContact: { ...byId, body: 'any' },
  deleteContact: { ...byId, done: true },
  listContactConversations: byId,
  listContactFiles: byId,
  listConversationActivities: { ids: { id: 'conversationId' } },
  listContactComments: byId,
  listContactMessageComments: byId,
  createContactComment: { ...byId, body: 'any' },
  getContactComment: aComment,
  deleteContactComment: { ...aComment, done: true },
  listNotifications: { query: ['type', 'limit', 'skip'] },
  markNotificationsRead: { body: 'ids', done: true },
  dismissNotifications: { body: 'ids', done: true },
  dismissAllNotifications: { endpoint: 'dismissAllNotificationsByPost', done: true },
} as const satisfies Record<keyof ChannelApi, Shape>

/** What an operation is called with, once it is looked at. */
type Given = Readonly<Record<string, unknown>>

type AnyOperation = OptionalChannelOperation<Given>

/** Makes `client.api.channel`. */
export function createChannelApi(transport: InboxTransport): ChannelApi {
  const operation = (name: keyof ChannelApi): AnyOperation => {
    const { endpoint = name, ...shape }: Shape = shapes[name]
    return async <T>(params: Given | undefined, settings?: CallSettings) => {
      const input = inputOf(params, shape, name)
      const call = settings?.operation === undefined ? { ...settings, operation: name } : settings
      const answer: unknown = await transport[shape.done ? 'done' : 'json'](endpoint, input, call)
      return answer as T // on trust, as by the vendor's client
    }
  }
  const names = Object.keys(shapes) as (keyof ChannelApi)[] // of a table of them
  const operations = Object.fromEntries(names.map((name) => [name, operation(name)]))
  return operations as Record<keyof ChannelApi, AnyOperation> // the same names
}

/** Picks out of the parameters what goes into the request. @throws ContactsError `invalid_input` */
function inputOf(
  params: Given | undefined,
  { ids = {}, query = [], body }: Shape,
  operation: string,
): EndpointInput {
  const names = [...Object.values(ids), ...query, 'body']
  const given = readInput<Given>(params ?? {}, names, (issues) => refused(issues, operation))
  const json = body && given.body
  if (body && !isDataObject(json)) throw refused('Give `body` as an object.', operation)
  const part = ([name, parameter]: [string, string]): [string, string] => {
    const id = given[parameter]
    if (typeof id !== 'string') throw refused(`Give \`${parameter}\` as text.`, operation)
    return [name, id]
  }
  return {
    params: Object.fromEntries(Object.entries(ids).map(part)),
    query: Object.fromEntries(query.map((name) => [name, given[name] as QueryValue])), // or its text
    ...(body && { json }),
    ...(body === 'ids' && readMember(json, 'ids') === undefined && { effect: 'once' }),
  }
}
