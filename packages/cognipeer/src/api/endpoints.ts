/** One endpoint of the contacts API. */
export interface Endpoint {
  /** What errors call it, and its key in `endpoints`. */
  readonly route: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  /** Whether sending it twice does the same as sending it once. */
  readonly idempotent: boolean
}

/** Every endpoint. Source: the vendor's client. */
export const endpoints = {
  createContact: { route: 'createContact', method: 'POST', path: '/sdk/contact', idempotent: false },
  getContact: { route: 'getContact', method: 'GET', path: '/sdk/contact', idempotent: true },
  updateContact: { route: 'updateContact', method: 'PATCH', path: '/sdk/contact', idempotent: true },
  listContacts: { route: 'listContacts', method: 'POST', path: '/sdk/contact/list', idempotent: true },
} as const satisfies Readonly<Record<string, Endpoint>>
