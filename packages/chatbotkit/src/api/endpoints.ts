/** One endpoint of the contacts API. */
export interface Endpoint {
  /** The vendor's operation id: what errors call it, and its key in `endpoints`. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Whether sending it twice does the same as sending it once. @default true for GET, else false */
  readonly idempotent?: boolean
}

/**
 * Every endpoint, with the vendor's paths and operation ids. Source: the vendor's OpenAPI file.
 *
 * Updates, deletes and revocations are idempotent: the second one finds what the first one left. So is checking a secret. A `create` is not; neither, without a look at the server's code, is starting an authentication.
 */
export const endpoints = {
  listContacts: { operation: 'listContacts', method: 'GET', path: '/api/v1/contact/list' },
  exportContacts: { operation: 'exportContacts', method: 'GET', path: '/api/v1/contact/export' },
  createContact: { operation: 'createContact', method: 'POST', path: '/api/v1/contact/create' },
  ensureContact: { operation: 'ensureContact', method: 'POST', path: '/api/v1/contact/ensure' },
  fetchContact: { operation: 'fetchContact', method: 'GET', path: '/api/v1/contact/{contactId}/fetch' },
  updateContact: {
    operation: 'updateContact',
    method: 'POST',
    path: '/api/v1/contact/{contactId}/update',
    idempotent: true,
  },
  deleteContact: {
    operation: 'deleteContact',
    method: 'POST',
    path: '/api/v1/contact/{contactId}/delete',
    idempotent: true,
  },
  listContactConversations: {
    operation: 'listContactConversations',
    method: 'GET',
    path: '/api/v1/contact/{contactId}/conversation/list',
  },
  listContactTasks: {
    operation: 'listContactTasks',
    method: 'GET',
    path: '/api/v1/contact/{contactId}/task/list',
  },
  listContactSpaces: {
    operation: 'listContactSpaces',
    method: 'GET',
    path: '/api/v1/contact/{contactId}/space/list',
  },
  listContactSecrets: {
    operation: 'listContactSecrets',
    method: 'GET',
    path: '/api/v1/contact/{contactId}/secret/list',
  },
  verifyContactSecret: {
    operation: 'verifyContactSecret',
    method: 'POST',
    path: '/api/v1/contact/{contactId}/secret/{secretId}/verify',
    idempotent: true,
  },
  authenticateContactSecret: {
    operation: 'authenticateContactSecret',
    method: 'POST',
    path: '/api/v1/contact/{contactId}/secret/{secretId}/authenticate',
  },
  revokeContactSecret: {
    operation: 'revokeContactSecret',
    method: 'POST',
    path: '/api/v1/contact/{contactId}/secret/{secretId}/revoke',
    idempotent: true,
  },
} as const satisfies Readonly<Record<string, Endpoint>>
