/** One endpoint of the contact-methods API. */
export interface Endpoint {
  /** The method of the vendor's SDK, which is the operation id too: what errors call it, and its key in `endpoints`. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Whether sending it twice does the same as sending it once. */
  readonly idempotent: boolean
}

/**
 * Every endpoint. The vendor documents the paths of `list`, `getPrimary`, both upserts and `sync`; the others are inferred from
 * sibling resources of the same API, so each can be replaced by the option `endpoints`, by its name here.
 *
 * An update sets what it names, so the second one finds what the first one left; an upsert goes by the external id. A create
 * makes another record each time, and so does a sync's item without an id.
 */
export const endpoints = {
  create: { operation: 'create', method: 'POST', path: '/contact-methods', idempotent: false },
  retrieve: { operation: 'retrieve', method: 'GET', path: '/contact-methods/{id}', idempotent: true },
  retrieveByExternalId: {
    operation: 'retrieveByExternalId',
    method: 'GET',
    path: '/contact-methods/external/{externalId}',
    idempotent: true,
  },
  retrieveByMetadata: {
    operation: 'retrieveByMetadata',
    method: 'GET',
    path: '/contact-methods/metadata/{key}/{value}',
    idempotent: true,
  },
  list: { operation: 'list', method: 'POST', path: '/contact-methods/list', idempotent: true },
  listByClient: {
    operation: 'listByClient',
    method: 'GET',
    path: '/clients/{clientId}/contact-methods',
    idempotent: true,
  },
  update: { operation: 'update', method: 'PATCH', path: '/contact-methods/{id}', idempotent: true },
  delete: { operation: 'delete', method: 'DELETE', path: '/contact-methods/{id}', idempotent: true },
  getPrimary: {
    operation: 'getPrimary',
    method: 'GET',
    path: '/clients/{clientId}/contact-methods/primary/{type}',
    idempotent: true,
  },
  createMany: {
    operation: 'createMany',
    method: 'POST',
    path: '/contact-methods/batch',
    idempotent: false,
  },
  updateMany: {
    operation: 'updateMany',
    method: 'PATCH',
    path: '/contact-methods/batch',
    idempotent: true,
  },
  upsertByExternalId: {
    operation: 'upsertByExternalId',
    method: 'PUT',
    path: '/contact-methods/external/{externalId}',
    idempotent: true,
  },
  upsertManyByExternalId: {
    operation: 'upsertManyByExternalId',
    method: 'PUT',
    path: '/contact-methods/batch/external',
    idempotent: true,
  },
  sync: {
    operation: 'sync',
    method: 'POST',
    path: '/clients/{clientId}/contact-methods/sync',
    idempotent: false,
  },
} as const satisfies Readonly<Record<string, Endpoint>>
