import type { Activity, ContactFile, Conversation, ConversationFilter } from '@anycontact/core'
import { type AdapterPageQuery, type AnyAdapter, wholeListing } from '@anycontact/core/adapter-kit'
import type { ImbraceClient } from '../api/client.ts'
import type { ImbraceDialect } from '../api/types.ts'
import { uploadAvatar } from './avatar.ts'
import { createComments } from './comments.ts'
import { createNotifications } from './notifications.ts'
import { toActivity, toConversation, toFile } from './records.ts'

/** The groups that an inbox has. */
export type InboxGroups = Required<
  Pick<AnyAdapter, 'conversations' | 'comments' | 'files' | 'activities' | 'avatar' | 'notifications'>
>

/** The query of a listing below a contact, or below a conversation. */
interface BelowQuery extends AdapterPageQuery, ConversationFilter {
  readonly id: string
}

/** Makes the groups. Conversations, files and activities come all at once. */
export function createGroups(client: ImbraceClient, dialect: ImbraceDialect): InboxGroups {
  const { contacts } = client
  const conversations = wholeListing<Conversation, BelowQuery>({
    read: ({ id, channelTypes }, { call }) => contacts.getConversations(id, { channelTypes }, call),
    map: toConversation,
  })
  const files = wholeListing<ContactFile, BelowQuery>({
    read: ({ id }, { call }) => contacts.getFiles(id, call),
    map: toFile,
  })
  const activities = wholeListing<Activity, BelowQuery>({
    read: ({ id }, { call }) => contacts.getActivities(id, {}, call),
    map: (record, _, { id }) => toActivity(record, id),
  })
  return {
    conversations: { list: (id, query, context) => conversations.page({ ...query, id }, context) },
    comments: createComments(client),
    files: { list: (id, query, context) => files.page({ ...query, id }, context) },
    activities: { list: (id, query, context) => activities.page({ ...query, id }, context) },
    avatar: { upload: (source, context) => uploadAvatar(client, source, context) },
    notifications: createNotifications(client, dialect),
  }
}
