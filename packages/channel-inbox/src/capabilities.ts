import type { Capabilities } from '@anycontact/core'

/** Only `id` is a lookup at the inbox; the other keys take reading the listing. Contacts have no id of the caller's. */
const lookup = { mode: 'native', by: ['id'], scan: ['email', 'phone'] } as const

/** What a channel inbox can do with contacts. They come into being when somebody writes on a channel: none is created or deleted. */
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
  update: {
    ...lookup,
    fields: ['name', 'givenName', 'familyName', 'email', 'phone', 'avatarUrl', 'note', 'locale'],
  },
  search: { mode: 'native' },
  count: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  conversations: { list: 'native' },
  comments: { list: 'native' },
  files: { list: 'native' },
  activities: { list: 'native' },
  avatar: { upload: 'native' },
  notifications: { list: 'native', markRead: 'native', dismiss: 'native', dismissAll: 'native' },
  request: { mode: 'native' },
} as const satisfies Capabilities
