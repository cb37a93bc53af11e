import type { Activity, Comment, ContactFile, Conversation, Notification } from '@anycontact/core'
import type { Adapter, AdapterNotifications, CallScope } from '@anycontact/core/adapter-kit'
import { readContact } from '../lookup.ts'
import { PROVIDER } from '../mapping.ts'
import { type Database, type MemoryComment, notFound } from '../store/index.ts'
import { storeAvatar } from './avatar.ts'
import { createContactMethodsGroup } from './contact-methods.ts'

type Groups = Required<
  Pick<
    Adapter,
    'conversations' | 'comments' | 'files' | 'activities' | 'avatar' | 'notifications' | 'contactMethods'
  >
>

/** The groups beside contacts. Most of what they read was seeded. */
export function createGroups(database: Database): Groups {
  const { conversations, comments, files, activities } = database
  return {
    conversations: {
      async list(contactId, query, { call }) {
        enter(database, contactId, call)
        const isOn = channels(query.channelTypes)
        return conversations.page(
          query,
          (row) => row.contactId === contactId && isOn(row.channelType),
          (row): Conversation => ({ provider: PROVIDER, ...row, raw: structuredClone(row) }),
        )
      },
    },
    comments: {
      async list(contactId, query, { call }) {
        enter(database, contactId, call)
        const isOn = channels(query.channelTypes)
        return comments.page(
          query,
          (row) => row.contactId === contactId && isOn(conversations.get(row.conversationId)?.channelType),
          toComment,
        )
      },
      async create(contactId, { text }, { call }) {
        enter(database, contactId, call)
        const id = database.nextRowId('comment', comments)
        return toComment(comments.add({ id, contactId, text, createdAt: database.now }))
      },
      async delete(contactId, id, { call }) {
        enter(database, contactId, call)
        const removed = comments.removeWhere((row) => row.id === id && row.contactId === contactId)
        if (removed.length === 0) throw notFound('comment with that id on that contact')
      },
    },
    files: {
      async list(contactId, query, { call }) {
        enter(database, contactId, call)
        return files.page(
          query,
          (row) => row.contactId === contactId,
          ({ contactId: _owner, ...row }): ContactFile => ({
            provider: PROVIDER,
            ...row,
            raw: { ...row, contactId },
          }),
        )
      },
    },
    activities: {
      async list(conversationId, query, { call }) {
        call.signal.throwIfAborted()
        if (!conversations.has(conversationId)) throw notFound('conversation with that id')
        return activities.page(
          query,
          (row) => row.conversationId === conversationId,
          (row): Activity => ({ provider: PROVIDER, ...row, raw: structuredClone(row) }),
        )
      },
    },
    avatar: {
      upload: (source, { call }) => storeAvatar(database, source, call.signal),
    },
    notifications: createNotifications(database),
    contactMethods: createContactMethodsGroup(database),
  }
}

function toComment(row: MemoryComment): Comment {
  return { provider: PROVIDER, ...row, raw: structuredClone(row) }
}

function createNotifications({ notifications }: Database): AdapterNotifications {
  return {
    async list(query, { call }) {
      call.signal.throwIfAborted()
      const page = notifications.page(
        query,
        () => true,
        (row): Notification => ({ provider: PROVIDER, ...row, raw: structuredClone(row) }),
      )
      return { ...page, extra: { unreadCount: notifications.all().filter(({ read }) => !read).length } }
    },
    async markRead(ids, { call }) {
      call.signal.throwIfAborted()
      const rows = notifications.all()
      const known = new Set(rows.map(({ id }) => id))
      if (ids?.some((id) => !known.has(id))) throw notFound('notification with that id')
      for (const row of rows) {
        if (!ids || ids.includes(row.id)) notifications.replace({ ...row, read: true })
      }
    },
    async dismiss(id, { call }) {
      call.signal.throwIfAborted()
      if (notifications.removeWhere((row) => row.id === id).length === 0)
        throw notFound('notification with that id')
    },
    async dismissAll({ call }) {
      call.signal.throwIfAborted()
      notifications.clear()
    },
  }
}

function enter(database: Database, contactId: string, call: CallScope): void {
  call.signal.throwIfAborted()
  readContact(database, { key: 'id', value: contactId })
}

function channels(wanted: readonly string[] | undefined): (channelType: string | undefined) => boolean {
  return (channelType) => wanted === undefined || (channelType !== undefined && wanted.includes(channelType))
}
