import type { ImbraceDialect } from './types.ts'

/** One endpoint of the contacts API. */
interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the channel service. */
  readonly path: string
  /** Whether sending it twice does the same as sending it once. @default true for GET, else false */
  readonly idempotent?: boolean
}

/**
 * Every endpoint, by the name of the vendor's method, which is also its key in the `endpoints` option. Source: the vendor's SDK.
 *
 * An update, and what names notifications by their ids, is idempotent. An upload is not: it makes another file. Neither is what
 * goes to all notifications, because one that arrived in between would be read or gone unseen.
 */
const endpoints = {
  list: { method: 'GET', path: '/v1/contacts' },
  get: { method: 'GET', path: '/v1/contacts/{id}' },
  update: { method: 'PUT', path: '/v1/contacts/{id}', idempotent: true },
  search: { method: 'GET', path: '/v1/contacts/_search' },
  exportCsv: { method: 'GET', path: '/v1/contacts/_export_csv' },
  getConversations: { method: 'GET', path: '/v1/contacts/{id}/conversations' },
  getComments: { method: 'GET', path: '/v1/contacts/{id}/comments' },
  getFiles: { method: 'GET', path: '/v1/contact/{id}/files' },
  getActivities: { method: 'GET', path: '/v1/conversations_activities/{id}' },
  uploadAvatar: { method: 'POST', path: '/v1/contacts/_fileupload' },
  listNotifications: { method: 'GET', path: '/v1/notifications' },
  markNotificationsRead: { method: 'PUT', path: '/v1/notifications/read', idempotent: true },
  dismissNotification: { method: 'DELETE', path: '/v1/notifications/dismiss', idempotent: true },
  dismissAllNotifications: { method: 'DELETE', path: '/v1/notifications/dismiss/all' },
} as const satisfies Readonly<Record<string, Endpoint>>

/** The name of an endpoint. */
export type EndpointName = keyof typeof endpoints

/**
 * Tells whether a name is an endpoint's.
 *
 * @param name - any text
 */
export function isEndpointName(name: string): name is EndpointName {
  return Object.hasOwn(endpoints, name)
}

/** Where the other descriptions differ. Source: the vendor's older documentation and web app; its exported OpenAPI file. */
const differences: Readonly<Record<ImbraceDialect, Partial<Record<EndpointName, Endpoint>>>> = {
  sdk: {},
  web: { getComments: { method: 'GET', path: '/v1/contacts/{id}/message_comments' } },
  spec: {
    search: { method: 'POST', path: '/v1/contacts/_search', idempotent: true },
    getFiles: { method: 'GET', path: '/v1/contacts/{id}/files' },
    dismissNotification: { method: 'POST', path: '/v1/notifications/dismiss', idempotent: true },
    dismissAllNotifications: { method: 'POST', path: '/v1/notifications/dismiss/all' },
  },
}

/** The endpoint of a method in a dialect. */
export function endpointOf(name: EndpointName, dialect: ImbraceDialect): Endpoint {
  return differences[dialect][name] ?? endpoints[name]
}
