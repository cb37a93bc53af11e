import * as channelInbox from '@anycontact/channel-inbox/api'
import * as chatbotkit from '@anycontact/chatbotkit/api'
import * as cognipeer from '@anycontact/cognipeer/api'
import * as contactMethods from '@anycontact/contact-methods/api'
import { type Loose, type ProviderName, surroundings } from './world.ts'

/** The vendor-shaped clients. */
export type FaceName = Exclude<ProviderName, 'memory'>

/** Stands for the id of what is there: a contact, or a contact method. */
export const ID = 'the id'
/** Stands for the client, where a function takes it. */
export const CLIENT = Symbol('the client')

const CALL = { headers: { 'x-a': 'b' }, timeoutMs: 1000, deadlineMs: 5000, retry: { attempts: 1 } }
const PAGE = { take: 2, order: 'asc', meta: { plan: 'pro' } }
const FIELDS = {
  name: 'Ana',
  email: 'ana@example.com',
  nick: 'ana',
  phone: '+14155552671',
  verifiedAt: 1,
  meta: { plan: 'pro', address: { city: 'Porto' } },
}
const FETCH = {
  method: 'POST',
  headers: { 'x-a': 'b', Accept: 'application/json' },
  query: { take: 1 },
  record: { name: 'Ana', meta: { a: [1] } },
  endpoint: 'x',
  external: false,
  timeout: 1000,
  retries: 0,
  retryDelay: 1,
  retryTimeout: false,
}
const ENSURE = { ...FIELDS, fingerprint: 'crm-user-000000000042' }
const SECRET = [ID, 'csecret', CALL]

/** ChatBotKit's, as methods and as functions. */
const forChatBotKit: Readonly<Record<string, readonly unknown[]>> = {
  list: [PAGE, CALL],
  'list().stream': [PAGE, CALL],
  fetch: [ID, CALL],
  create: [FIELDS, CALL],
  update: [ID, FIELDS, CALL],
  delete: [ID, CALL],
  ensure: [ENSURE, CALL],
  extend: [{ headers: { 'x-a': 'b' }, endpoints: { '/x': '/y' }, timeout: 10, retries: 0, runAsUserId: 'u' }],
  clientFetch: ['/api/v1/contact/create', FETCH],
  'conversation.list': [ID, PAGE, CALL],
  'task.list': [ID, PAGE, CALL],
  'space.list': [ID, PAGE, CALL],
  'secret.list': [ID, PAGE, CALL],
  'secret.verify': SECRET,
  'secret.authenticate': SECRET,
  'secret.revoke': SECRET,
  listContacts: [CLIENT, PAGE, CALL],
  fetchContact: [CLIENT, ID, CALL],
  createContact: [CLIENT, FIELDS, CALL],
  updateContact: [CLIENT, ID, FIELDS, CALL],
  deleteContact: [CLIENT, ID, {}, CALL],
  ensureContact: [CLIENT, ENSURE, CALL],
  listConversations: [CLIENT, ID, PAGE, CALL],
  listTasks: [CLIENT, ID, PAGE, CALL],
  listSpaces: [CLIENT, ID, PAGE, CALL],
  listSecrets: [CLIENT, ID, PAGE, CALL],
  verifySecret: [CLIENT, ...SECRET],
  authenticateSecret: [CLIENT, ...SECRET],
  revokeSecret: [CLIENT, ...SECRET],
}

const DATA = { name: 'Ana', tags: ['vip'], properties: { a: { b: [1] } }, metadata: { a: 1 }, own: { c: 1 } }

const forCognipeer: Readonly<Record<string, readonly unknown[]>> = {
  'contacts.create': [{ email: 'ana@example.com', integrationId: 'crm-1', phone: '+1', ...DATA }, CALL],
  'contacts.get': [{ email: 'first@example.com', integrationId: 'x' }, CALL],
  'contacts.update': [{ email: 'first@example.com', integrationId: 'x', data: DATA }, CALL],
  'contacts.list': [
    { page: 1, limit: 2, filter: { status: 'active', tags: { $in: ['a'] } }, sort: { createdDate: -1 } },
    CALL,
  ],
}

const BODY = { display_name: 'Ana', email: 'ana@example.com', labels: ['vip'] }
const byId = [{ id: ID }, CALL]

const forInbox: Readonly<Record<string, readonly unknown[]>> = {
  'contacts.list': [{ limit: 2, skip: 0, sort: '-created_at' }, CALL],
  'contacts.get': [ID, CALL],
  'contacts.update': [ID, { name: 'Ana', email: 'ana@example.com', phone: '+1', gender: 'f' }, CALL],
  'contacts.search': [{ q: 'a', limit: 2, skip: 0, sort: 'email', type: 'text' }, CALL],
  'contacts.exportCsv': [{ sort: 'email' }, CALL],
  'contacts.getConversations': [ID, { channelTypes: 'web' }, CALL],
  'contacts.getComments': [ID, { channelType: 'web', skip: 0, limit: 2 }, CALL],
  'contacts.getFiles': [ID, CALL],
  'contacts.getActivities': ['conv_1', { start_date: '2026-01-01', end_date: '2026-01-02' }, CALL],
  'contacts.uploadAvatar': [new FormData(), CALL],
  'contacts.listNotifications': [{ limit: 2, skip: 0 }, CALL],
  'contacts.markNotificationsRead': [['not_1'], CALL],
  'contacts.dismissNotification': ['not_1', CALL],
  'contacts.dismissAllNotifications': [CALL],
  'api.channel.listContacts': [{ q: 'a', limit: 2, offset: 0 }, CALL],
  'api.channel.searchContacts': [{ body: { query: 'a', limit: 2, offset: 0 } }, CALL],
  'api.channel.getContact': byId,
  'api.channel.getContactByBoardItem': [{ boardItemId: 'item_1' }, CALL],
  'api.channel.createContact': [{ body: BODY }, CALL],
  'api.channel.updateContact': [{ id: ID, body: BODY }, CALL],
  'api.channel.deleteContact': byId,
  'api.channel.listContactConversations': byId,
  'api.channel.listContactFiles': byId,
  'api.channel.listConversationActivities': [{ conversationId: 'conv_1' }, CALL],
  'api.channel.listContactComments': byId,
  'api.channel.listContactMessageComments': byId,
  'api.channel.createContactComment': [{ id: ID, body: { content: 'x' } }, CALL],
  'api.channel.getContactComment': [{ id: ID, commentId: 'com_1' }, CALL],
  'api.channel.deleteContactComment': [{ id: ID, commentId: 'com_1' }, CALL],
  'api.channel.listNotifications': [{ type: 'x', limit: 2, skip: 0 }, CALL],
  'api.channel.markNotificationsRead': [{ body: { ids: ['not_1'] } }, CALL],
  'api.channel.dismissNotifications': [{ body: { ids: ['not_1'] } }, CALL],
  'api.channel.dismissAllNotifications': [undefined, CALL],
  setAccessToken: ['acc_1'],
}

const METHOD = { type: 'phone', value: '+14155552671', label: 'Work', isPrimary: true, metadata: { a: 'b' } }
const WHOLE = { clientId: 'client_1', externalId: 'crm-2', ...METHOD }
const FILTER = { clientId: 'client_1', type: { in: ['phone'] }, metadataFilters: [{ key: 'a', value: 'b' }] }

const forContactMethods: Readonly<Record<string, readonly unknown[]>> = {
  'contactMethods.create': [WHOLE, CALL],
  'contactMethods.retrieve': [ID, CALL],
  'contactMethods.retrieveByExternalId': ['crm-1', CALL],
  'contactMethods.retrieveByMetadata': ['a', 'b', CALL],
  'contactMethods.listByClient': ['client_1', { cursor: '', limit: 2 }, CALL],
  'contactMethods.list': [{ filter: FILTER, limit: 2, includeTotalCount: true }, CALL],
  'contactMethods.update': [ID, METHOD, CALL],
  'contactMethods.delete': [ID, CALL],
  'contactMethods.getPrimary': ['client_1', 'email', CALL],
  'contactMethods.createMany': [[WHOLE], { atomic: false }, CALL],
  'contactMethods.updateMany': [[{ id: ID, data: METHOD }], { atomic: true }, CALL],
  'contactMethods.upsertByExternalId': ['crm-1', { clientId: 'client_1', ...METHOD }, CALL],
  'contactMethods.upsertManyByExternalId': [[WHOLE], { atomic: false }, CALL],
  'contactMethods.sync': ['client_1', [METHOD, { id: ID, _delete: true }], { replaceMode: true }, CALL],
  'contactMethods.iterate': [FILTER, { limit: 2 }, CALL],
  collectAll: [[1]],
  collectUpTo: [[1], 1],
  getFirst: [[1]],
  contains: ['a'],
  oneOf: ['a', 'b'],
}

interface Face {
  readonly make: new (options: never) => object
  readonly module: Loose
  /** A good call of each method and function: what it is called with. */
  readonly calls: Readonly<Record<string, readonly unknown[]>>
}

/** Every face. */
export const faces: Readonly<Record<FaceName, Face>> = {
  chatbotkit: { make: chatbotkit.ContactClient, module: chatbotkit, calls: forChatBotKit },
  cognipeer: { make: cognipeer.CognipeerClient, module: cognipeer, calls: forCognipeer },
  'channel-inbox': { make: channelInbox.ImbraceClient, module: channelInbox, calls: forInbox },
  'contact-methods': { make: contactMethods.ComplianceSDK, module: contactMethods, calls: forContactMethods },
}

/** A vendor-shaped client of an emulated vendor, in which something is there. */
export interface FaceWorld {
  readonly client: object
  /** The id of what is there. */
  readonly id: string
  requests(): number
}

/** Makes a vendor with something in it, and its client. */
export function openFace(name: FaceName): FaceWorld {
  const { options, vendors, requests } = surroundings(name)
  const { onWarning: _, ...given } = options
  const id = seed(name, vendors)
  return { client: new faces[name].make(given as never), id, requests }
}

function seed(name: FaceName, vendors: ReturnType<typeof surroundings>['vendors']): string {
  if (name === 'chatbotkit') {
    const id = vendors.chatbotkit.seed([{ name: 'Ana', meta: { plan: 'pro' }, verifiedAt: 1 }])[0]?.id ?? ''
    vendors.chatbotkit.seedSecrets(id, [{ id: 'csecret', name: 'mailbox', type: 'oauth' }])
    return id
  }
  if (name === 'cognipeer') {
    return vendors.cognipeer.seed([{ email: 'first@example.com', integrationId: 'x' }])[0]?._id ?? ''
  }
  if (name === 'channel-inbox') {
    const id = vendors.channelInbox.seed([{ display_name: 'Ana' }])[0]?.id ?? ''
    vendors.channelInbox.seedBoardItems(id, ['item_1'])
    return id
  }
  const seeded = { clientId: 'client_1', type: 'email', value: 'a@example.com', externalId: 'crm-1' } as const
  return vendors.contactMethods.seed([seeded])[0]?.id ?? ''
}
