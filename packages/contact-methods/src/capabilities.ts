import type { Capabilities } from '@anycontact/core'

/** The client by its id, or by the value of its primary email or phone, which the server filters by. */
const lookup = { mode: 'native', by: ['id', 'email', 'phone'] } as const

/** What is there at client level: nothing but the contact methods. Custom fields are those of single methods. */
const fields = ['email', 'phone', 'contactMethods'] as const

/** What the contact-methods API can do with contacts. */
export const capabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 200,
    complete: true,
    total: false,
    where: { id: ['eq', 'in'], email: ['eq'], phone: ['eq'] },
    orderBy: [],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields: ['id', ...fields] },
  update: { ...lookup, fields },
  delete: lookup,
  upsert: { mode: 'emulated', by: ['id'], fields: ['id', ...fields] },
  search: { mode: 'emulated' },
  count: { mode: 'emulated' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
  contactMethods: {
    list: 'native',
    get: 'native',
    getByExternalId: 'native',
    getByMetadata: 'native',
    create: 'native',
    createMany: 'native',
    update: 'native',
    delete: 'native',
    getPrimary: 'native',
    setPrimary: 'native',
    sync: 'native',
  },
  request: { mode: 'native' },
} as const satisfies Capabilities
