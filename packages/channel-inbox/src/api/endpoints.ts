import type { Endpoint, Endpoints } from '@anycontact/core/adapter-kit'
import type { ImbraceDialect } from './types.ts'

/**
 * The endpoints of `client.contacts`, by the name of the vendor's method. Source: the vendor's SDK.
 *
 * An upload makes another file each time. What goes to all notifications would also reach one that arrived in between.
 */
const contacts = {
  list: { method: 'GET', path: '/v1/contacts', alwaysThere: true },
  get: { method: 'GET', path: '/v1/contacts/{id}' },
  update: { method: 'PUT', path: '/v1/contacts/{id}', effect: 'idempotent' },
  search: { method: 'GET', path: '/v1/contacts/_search', alwaysThere: true },
  exportCsv: { method: 'GET', path: '/v1/contacts/_export_csv', alwaysThere: true },
  getConversations: { method: 'GET', path: '/v1/contacts/{id}/conversations' },
  getComments: { method: 'GET', path: '/v1/contacts/{id}/comments' },
  getFiles: { method: 'GET', path: '/v1/contact/{id}/files' },
  getActivities: { method: 'GET', path: '/v1/conversations_activities/{id}' },
  uploadAvatar: { method: 'POST', path: '/v1/contacts/_fileupload', effect: 'once' },
  listNotifications: { method: 'GET', path: '/v1/notifications', alwaysThere: true },
  markNotificationsRead: { method: 'PUT', path: '/v1/notifications/read', effect: 'idempotent' },
  dismissNotification: { method: 'DELETE', path: '/v1/notifications/dismiss', effect: 'idempotent' },
  dismissAllNotifications: { method: 'DELETE', path: '/v1/notifications/dismiss/all', effect: 'once' },
} as const satisfies Endpoints

/**
 * The endpoints of `client.api.channel`, by the name of the vendor's method, where `client.contacts` has no method of that name for the
 * same one. Source: the vendor's SDK, generated from its exported OpenAPI file.
 *
 * Whether a create looks for a contact that is there already is not known.
 */
const channel = {
  listContacts: contacts.list,
  getContact: contacts.get,
  updateContact: contacts.update,
  listContactConversations: contacts.getConversations,
  listContactComments: contacts.getComments,
  listConversationActivities: contacts.getActivities,
  createContact: { method: 'POST', path: '/v1/contacts', effect: 'once' },
  deleteContact: { method: 'DELETE', path: '/v1/contacts/{id}', effect: 'idempotent' },
  searchContacts: { method: 'POST', path: '/v1/contacts/_search', effect: 'read', alwaysThere: true },
  getContactByBoardItem: { method: 'GET', path: '/v1/contacts/by-board-item/{boardItemId}' },
  listContactFiles: { method: 'GET', path: '/v1/contacts/{id}/files' },
  createContactComment: { method: 'POST', path: '/v1/contacts/{id}/comments', effect: 'once' },
  getContactComment: { method: 'GET', path: '/v1/contacts/{id}/comment/{commentId}' },
  deleteContactComment: {
    method: 'DELETE',
    path: '/v1/contacts/{id}/comment/{commentId}',
    effect: 'idempotent',
  },
  listContactMessageComments: { method: 'GET', path: '/v1/contacts/{id}/message_comments' },
  dismissNotifications: { method: 'POST', path: '/v1/notifications/dismiss', effect: 'idempotent' },
  // `client.contacts` has the name for another method of HTTP.
  dismissAllNotificationsByPost: { method: 'POST', path: '/v1/notifications/dismiss/all', effect: 'once' },
} as const satisfies Endpoints

const endpoints = { ...contacts, ...channel }

/** The name of an endpoint, which is also its key in the `endpoints` option. */
export type EndpointName = keyof typeof endpoints | 'init'

/** Where the other descriptions differ for `client.contacts`. Source: the vendor's older documentation and web app; its exported OpenAPI file. */
const differences: Readonly<Record<ImbraceDialect, Partial<Endpoints<EndpointName>>>> = {
  sdk: {},
  web: { getComments: channel.listContactMessageComments },
  spec: {
    search: channel.searchContacts,
    getFiles: channel.listContactFiles,
    dismissNotification: channel.dismissNotifications,
    dismissAllNotifications: channel.dismissAllNotificationsByPost,
  },
}

/**
 * The endpoints of a dialect.
 *
 * @param service - the address or path of the channel service, which goes before each path
 * @param gateway - the same of the gateway, whose root says whether it is well: `init` asks it
 */
export function endpointsOf(
  dialect: ImbraceDialect,
  service: string,
  gateway: string,
): Endpoints<EndpointName> {
  const below = ([name, endpoint]: [string, Endpoint]): [string, Endpoint] => [
    name,
    { ...endpoint, path: `${service}${endpoint.path}` },
  ]
  const table = Object.entries<Endpoint>({ ...endpoints, ...differences[dialect] }).map(below)
  return {
    ...(Object.fromEntries(table) as Endpoints<keyof typeof endpoints>), // the same names
    init: { method: 'GET', path: `${gateway}/`, alwaysThere: true },
  }
}
