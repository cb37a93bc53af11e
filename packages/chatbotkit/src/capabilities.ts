import type { Capabilities } from '@anycontact/core'

/** Only `id` is a lookup at ChatBotKit; the other keys take reading the listing. */
const lookup = { mode: 'native', by: ['id'], scan: ['externalId', 'email', 'phone'] } as const

const fields = [
  'externalId',
  'name',
  'nickname',
  'email',
  'phone',
  'note',
  'customFields',
  'verifiedAt',
] as const

/** What ChatBotKit can do with contacts. */
export const capabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 100,
    streaming: true,
    complete: true,
    total: false,
    where: { 'customFields.*': ['eq'] },
    orderBy: ['createdAt'],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields },
  update: { ...lookup, fields },
  delete: lookup,
  upsert: { mode: 'native', by: ['externalId'], scan: ['email', 'phone'], fields },
  search: { mode: 'emulated' },
  count: { mode: 'emulated' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
  conversations: { list: 'native' },
  request: { mode: 'native' },
} as const satisfies Capabilities
