import type { Endpoints } from '@anycontact/core/adapter-kit'

/**
 * Every endpoint, by the method of the vendor's SDK, which is the operation id too. The vendor documents the paths of `list`,
 * `getPrimary`, both upserts and `sync`; the others are inferred from sibling resources of the same API, so each can be
 * replaced by the option `endpoints`.
 *
 * An update sets what it names, so the second one finds what the first one left; an upsert goes by the external id. A create
 * makes another record each time, and so does an item of a sync without an id.
 */
export const endpoints = {
  create: { method: 'POST', path: '/contact-methods' },
  retrieve: { method: 'GET', path: '/contact-methods/{id}' },
  retrieveByExternalId: { method: 'GET', path: '/contact-methods/external/{externalId}' },
  retrieveByMetadata: { method: 'GET', path: '/contact-methods/metadata/{key}/{value}' },
  list: { method: 'POST', path: '/contact-methods/list', effect: 'read', alwaysThere: true },
  listByClient: { method: 'GET', path: '/clients/{clientId}/contact-methods' },
  update: { method: 'PATCH', path: '/contact-methods/{id}', effect: 'idempotent' },
  delete: { method: 'DELETE', path: '/contact-methods/{id}', effect: 'idempotent' },
  getPrimary: { method: 'GET', path: '/clients/{clientId}/contact-methods/primary/{type}' },
  createMany: { method: 'POST', path: '/contact-methods/batch' },
  updateMany: { method: 'PATCH', path: '/contact-methods/batch', effect: 'idempotent' },
  upsertByExternalId: {
    method: 'PUT',
    path: '/contact-methods/external/{externalId}',
    effect: 'idempotent',
  },
  upsertManyByExternalId: { method: 'PUT', path: '/contact-methods/batch/external', effect: 'idempotent' },
  sync: { method: 'POST', path: '/clients/{clientId}/contact-methods/sync' },
} as const satisfies Endpoints

/** The name of an endpoint. */
export type EndpointName = keyof typeof endpoints
