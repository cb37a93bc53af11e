import type { Endpoints } from '@anycontact/core/adapter-kit'

/** Every endpoint. Source: the vendor's client. */
export const endpoints = {
  createContact: { method: 'POST', path: '/sdk/contact', effect: 'once' },
  getContact: { method: 'GET', path: '/sdk/contact' },
  updateContact: { method: 'PATCH', path: '/sdk/contact', effect: 'idempotent' },
  listContacts: { method: 'POST', path: '/sdk/contact/list', effect: 'read', alwaysThere: true },
} as const satisfies Endpoints
