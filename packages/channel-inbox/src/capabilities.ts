import type { Capabilities } from '@anycontact/core'

/** Only `id` is a lookup at the inbox; the other keys take reading the listing. Contacts have no id of the caller's. */
const lookup = { mode: 'native', by: ['id'], scan: ['email', 'phone'] } as const

/** What both a create and an update store; what else a create takes cannot be changed. */
const both = ['name', 'givenName', 'familyName', 'email', 'phone', 'tags'] as const

/** What a channel inbox can do with contacts. No key of theirs is unique: an upsert looks for the contact before it creates one. */
export const capabilities = {
  list: {
    mode: 'native',
    pagination: 'offset',
    maxPageSize: 100,
    complete: true,
    total: true,
    where: {},
    orderBy: ['createdAt'],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields: [...both, 'timezone'] },
  update: { ...lookup, fields: [...both, 'avatarUrl', 'note', 'locale'] },
  delete: lookup,
  upsert: { mode: 'emulated', by: [], scan: ['email', 'phone'], fields: both },
  search: { mode: 'native' },
  count: { mode: 'emulated' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  deleteMany: { mode: 'emulated' },
  conversations: { list: 'native' },
  comments: { list: 'native', create: 'native', delete: 'native' },
  files: { list: 'native' },
  activities: { list: 'native' },
  avatar: { upload: 'native' },
  notifications: { list: 'native', markRead: 'native', dismiss: 'native', dismissAll: 'native' },
  request: { mode: 'native' },
} as const satisfies Capabilities
