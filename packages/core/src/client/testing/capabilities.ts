import type { Capabilities } from '../../adapter/capabilities.ts'

const everyField = [
  'id',
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'contactMethods',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'customFields',
  'verifiedAt',
] as const

const someFields = ['externalId', 'name', 'nickname', 'email', 'phone', 'customFields'] as const

/** A provider that does everything itself. */
export const nativeCapabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 100,
    complete: true,
    total: true,
    where: { name: ['eq'], email: ['eq'], 'customFields.*': ['eq'] },
    orderBy: ['createdAt', 'name'],
  },
  get: { mode: 'native', by: ['id', 'externalId', 'email', 'phone'] },
  find: { mode: 'native', by: ['id', 'externalId', 'email', 'phone'] },
  create: { mode: 'native', fields: everyField },
  update: { mode: 'native', by: ['id', 'externalId'], fields: everyField },
  delete: { mode: 'native', by: ['id', 'externalId'] },
  upsert: { mode: 'native', by: ['id', 'externalId', 'email'], fields: everyField },
  search: { mode: 'native' },
  count: { mode: 'native' },
  createMany: { mode: 'native', maxItems: 3, atomic: true },
  updateMany: { mode: 'native', maxItems: 3, atomic: true },
  upsertMany: { mode: 'native', maxItems: 3, atomic: true },
  deleteMany: { mode: 'native', maxItems: 3, atomic: true },
} as const satisfies Capabilities

/** A provider that knows contacts by id alone: the other keys take a scan, and much is emulated. */
export const scanCapabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: 100,
    complete: true,
    total: false,
    where: {},
    orderBy: [],
  },
  get: { mode: 'native', by: ['id'], scan: ['externalId', 'email'] },
  find: { mode: 'native', by: ['id'], scan: ['externalId', 'email'] },
  create: { mode: 'native', fields: someFields },
  update: { mode: 'native', by: ['id'], scan: ['externalId', 'email'], fields: someFields },
  delete: { mode: 'native', by: ['id'], scan: ['externalId', 'email'] },
  upsert: { mode: 'emulated', by: [], scan: ['externalId', 'email'], fields: someFields },
  search: { mode: 'emulated' },
  count: { mode: 'emulated' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
} as const satisfies Capabilities

/** A provider that one can only read from. */
export const readOnlyCapabilities = {
  list: scanCapabilities.list,
  get: { mode: 'native', by: ['id'] },
} as const satisfies Capabilities
