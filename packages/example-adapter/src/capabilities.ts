import type { Capabilities } from '@anycontact/core'

const lookup = { mode: 'native', by: ['id'], scan: ['email'] } as const
const fields = ['name', 'email', 'customFields'] as const

/** What the CRM can do with contacts, and what is made of it here. */
export const capabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 50,
    complete: true,
    total: false,
    where: { email: ['eq'] },
    orderBy: [],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields },
  update: { ...lookup, fields },
  delete: lookup,
  upsert: { mode: 'emulated', by: [], scan: ['email'], fields },
  search: { mode: 'emulated' },
  count: { mode: 'emulated' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
} as const satisfies Capabilities
