import type { Endpoint, Endpoints } from '@anycontact/core/adapter-kit'
import type { ImbraceDialect } from './types.ts'

/**
 * Every endpoint below the channel service, by the name of the vendor's method. Source: the vendor's SDK.
 *
 * An upload makes another file each time. What goes to all notifications would also reach one that arrived in between.
 */
const endpoints = {
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

/** The name of an endpoint, which is also its key in the `endpoints` option. */
export type EndpointName = keyof typeof endpoints

/** Where the other descriptions differ. Source: the vendor's older documentation and web app; its exported OpenAPI file. */
const differences: Readonly<Record<ImbraceDialect, Partial<Endpoints<EndpointName>>>> = {
  sdk: {},
  web: { getComments: { method: 'GET', path: '/v1/contacts/{id}/message_comments' } },
  spec: {
    search: { method: 'POST', path: '/v1/contacts/_search', effect: 'read', alwaysThere: true },
    getFiles: { method: 'GET', path: '/v1/contacts/{id}/files' },
    dismissNotification: { method: 'POST', path: '/v1/notifications/dismiss', effect: 'idempotent' },
    dismissAllNotifications: { method: 'POST', path: '/v1/notifications/dismiss/all', effect: 'once' },
  },
}

/**
 * The endpoints of a dialect.
 *
 * @param service - the address or path of the channel service, which goes before each path
 */
export function endpointsOf(dialect: ImbraceDialect, service: string): Endpoints<EndpointName> {
  const table: Endpoints<EndpointName> = { ...endpoints, ...differences[dialect] }
  const below = ([name, endpoint]: [string, Endpoint]): [string, Endpoint] => [
    name,
    { ...endpoint, path: `${service}${endpoint.path}` },
  ]
  return Object.fromEntries(Object.entries(table).map(below)) as Endpoints<EndpointName> // the same names
}
