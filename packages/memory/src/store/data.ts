import type {
  Activity,
  Comment,
  ContactFile,
  ContactInput,
  ContactMethodInput,
  Conversation,
  Notification,
} from '@anycontact/core'
import type { MemoryRecord } from './record.ts'

/** A record other than a contact to begin with: its normalized fields, less what the store adds. */
export type MemoryRowSeed<Item> = Omit<Item, 'provider' | 'raw' | 'id'> & {
  /** @default the next of the store's own */
  readonly id?: string
}

/** A contact to begin with: what `create` takes, and what only the store writes otherwise. */
export interface MemoryContactSeed extends Omit<ContactInput, 'contactMethods'> {
  /** Every address and number; an `id` here is the new method's id. */
  readonly contactMethods?: readonly MemoryMethodSeed[] | null | undefined
  /** ISO 8601 with a zone. @default now */
  readonly createdAt?: string | undefined
  /** ISO 8601 with a zone. @default `createdAt` */
  readonly updatedAt?: string | undefined
  /** Whether it counts as deleted at the provider. It is listed only with `includeDeleted`, and found by its keys all the same. */
  readonly deleted?: boolean | undefined
}

/** A contact method to begin with. */
export interface MemoryMethodSeed extends ContactMethodInput {
  /** ISO 8601 with a zone. @default when the contact was made */
  readonly createdAt?: string | undefined
  /** ISO 8601 with a zone. @default `createdAt` */
  readonly updatedAt?: string | undefined
}

/** A conversation to begin with. */
export type MemoryConversationSeed = Omit<MemoryRowSeed<Conversation>, 'contactId' | 'customFields'> & {
  /** The id of a contact in the store. */
  readonly contactId: string
  readonly customFields?: Conversation['customFields']
}

/** A comment to begin with. */
export type MemoryCommentSeed = Omit<MemoryRowSeed<Comment>, 'contactId'> & {
  /** The id of a contact in the store. */
  readonly contactId: string
}

/** A file to begin with. */
export type MemoryFileSeed = MemoryRowSeed<ContactFile> & {
  /** The id of a contact in the store. */
  readonly contactId: string
}

/** An activity to begin with. */
export type MemoryActivitySeed = Omit<MemoryRowSeed<Activity>, 'conversationId'> & {
  /** The id of a conversation in the store. */
  readonly conversationId: string
}

/** A notice to begin with. */
export type MemoryNotificationSeed = Omit<MemoryRowSeed<Notification>, 'read'> & {
  /** @default false */
  readonly read?: boolean
}

/** A picture that was uploaded. */
export interface MemoryAvatar {
  readonly id: string
  /** What `avatar.upload` answered. Nothing is served there. */
  readonly url: string
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a store begins with, or is given later. */
export interface MemorySeed {
  readonly contacts?: readonly MemoryContactSeed[] | undefined
  readonly conversations?: readonly MemoryConversationSeed[] | undefined
  readonly comments?: readonly MemoryCommentSeed[] | undefined
  readonly files?: readonly MemoryFileSeed[] | undefined
  readonly activities?: readonly MemoryActivitySeed[] | undefined
  readonly notifications?: readonly MemoryNotificationSeed[] | undefined
  readonly avatars?: readonly MemoryAvatar[] | undefined
}

/** A record other than a contact as the store keeps it. */
export type MemoryRow<Row> = Row & { readonly id: string; readonly createdAt: string }

/** A conversation as the store keeps it. */
export type MemoryConversation = MemoryRow<MemoryConversationSeed> & Pick<Conversation, 'customFields'>
/** A comment as the store keeps it. */
export type MemoryComment = MemoryRow<MemoryCommentSeed>
/** A file as the store keeps it. */
export type MemoryFile = MemoryRow<MemoryFileSeed>
/** An activity as the store keeps it. */
export type MemoryActivity = MemoryRow<MemoryActivitySeed>
/** A notice as the store keeps it. */
export type MemoryNotification = MemoryRow<MemoryNotificationSeed> & Pick<Notification, 'read'>

/** Everything in a store, as copies. It can be given to `seed`, or to another store's options. */
export interface MemorySnapshot {
  readonly contacts: readonly MemoryRecord[]
  readonly conversations: readonly MemoryConversation[]
  readonly comments: readonly MemoryComment[]
  readonly files: readonly MemoryFile[]
  readonly activities: readonly MemoryActivity[]
  readonly notifications: readonly MemoryNotification[]
  readonly avatars: readonly MemoryAvatar[]
}
