import type { Endpoints } from '@anycontact/core/adapter-kit'

const one = '/api/v1/contact/{contactId}'

/**
 * Every endpoint of the contacts API under the vendor's operation id, with the vendor's path. Source: the vendor's OpenAPI file.
 *
 * Updates, deletes and revocations are idempotent: the second one finds what the first one left. So is checking a secret. A
 * `create` is sent once; so is what starts an authentication, of which no page says what a second one does.
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
  authenticateContactSecret: { method: 'POST', path: `${one}/secret/{secretId}/authenticate` },
  revokeContactSecret: { method: 'POST', path: `${one}/secret/{secretId}/revoke`, effect: 'idempotent' },
} as const satisfies Endpoints

/** The vendor's operation ids. */
export type EndpointName = keyof typeof endpoints
