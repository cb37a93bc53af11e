import type { Endpoints } from '@anycontact/core/adapter-kit'

const one = '/api/v1/contact/{contactId}'

/**
 * Every endpoint of the contacts API under the vendor's operation id, with the vendor's path. Source: the vendor's OpenAPI file.
 *
 * Updates and deletes are idempotent: the second one finds what the first one left. So are checking a secret and asking where to
 * authenticate, which keep nothing. A `create` is sent once; so is a revocation, because a second one is refused as unauthenticated.
 */
export const endpoints = {
  listContacts: { method: 'GET', path: '/api/v1/contact/list', alwaysThere: true },
  exportContacts: { method: 'GET', path: '/api/v1/contact/export', alwaysThere: true },
  createContact: { method: 'POST', path: '/api/v1/contact/create' },
  ensureContact: { method: 'POST', path: '/api/v1/contact/ensure' },
  fetchContact: { method: 'GET', path: `${one}/fetch` },
  updateContact: { method: 'POST', path: `${one}/update`, effect: 'idempotent' },
  deleteContact: { method: 'POST', path: `${one}/delete`, effect: 'idempotent' },
  listContactConversations: { method: 'GET', path: `${one}/conversation/list` },
  listContactTasks: { method: 'GET', path: `${one}/task/list` },
  listContactSpaces: { method: 'GET', path: `${one}/space/list` },
  listContactSecrets: { method: 'GET', path: `${one}/secret/list` },
  verifyContactSecret: { method: 'POST', path: `${one}/secret/{secretId}/verify`, effect: 'idempotent' },
  authenticateContactSecret: {
    method: 'POST',
    path: `${one}/secret/{secretId}/authenticate`,
    effect: 'idempotent',
  },
  revokeContactSecret: { method: 'POST', path: `${one}/secret/{secretId}/revoke` },
} as const satisfies Endpoints

/** The vendor's operation ids. */
export type EndpointName = keyof typeof endpoints
