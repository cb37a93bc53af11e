import type { JsonObject, JsonValue } from '../json.ts'
import type { NewId } from './ids.ts'

/** A conversation of a contact as the inbox lists it: a team's record around the conversation itself. */
export interface ChannelInboxConversation {
  /** The conversation's id. */
  readonly _id: string
  readonly doc_name: string
  readonly public_id: string
  readonly organization_id: string
  readonly business_unit_id: string
  readonly created_at: string
  readonly updated_at: string | null
  readonly conversation: {
    readonly channel_type: string
    readonly contact_id: string
    readonly status: string
    readonly name: string
    readonly timestamp: string
    readonly mode: string
  }
  readonly contact?: JsonValue
  readonly latest_message?: JsonValue
  readonly contacts_latest_message?: JsonValue
  readonly teams?: JsonValue
}

/** What a conversation is seeded from: a few words about it, a record as the vendor sends it, or of both. */
export interface ChannelInboxConversationSeed
  extends Partial<Omit<ChannelInboxConversation, 'conversation'>> {
  readonly conversation?: Partial<ChannelInboxConversation['conversation']>
  /** As `_id`. */
  readonly id?: string
  readonly name?: string
  readonly status?: string
  /** @default 'web' */
  readonly channel_type?: string
}

/** A comment of the team about a contact. */
export interface ChannelInboxComment {
  readonly _id: string
  readonly text: string
  readonly contact_id: string
  readonly conversation_id: string
  readonly channel_type: string
  readonly user_id: string
  readonly created_at: string
}

/** A file of a contact: the message that brought it. */
export interface ChannelInboxFile {
  readonly _id: string
  readonly type: string
  readonly from: string
  readonly content: { readonly url: string; readonly caption: string; readonly extension: string }
  /** Not on the wire unless files are sent as the vendor's SDK declares them. */
  readonly name: string
  /** As `name`. */
  readonly size: number
  readonly created_at: string
  readonly updated_at: string | null
}

/** Something that happened in a conversation. Its form on the wire is not published. */
export interface ChannelInboxActivity {
  readonly _id: string
  readonly type: string
  readonly conversation_id: string
  readonly message: string
  readonly created_at: string
}

/** A notice to the user. */
export interface ChannelInboxNotification {
  readonly object_name: 'notifications'
  readonly id: string
  readonly title: string
  readonly content: string | JsonObject
  readonly from: string
  readonly type: number
  readonly action_to: string
  readonly recipient: string
  readonly is_read: boolean
  readonly created_at: string
  readonly action_disable: boolean
  readonly channel_type: string
}

/** A file that was uploaded. */
export interface ChannelInboxUpload {
  /** What the upload answered; nothing is served there. */
  readonly url: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** What every record needs beyond its seed. */
interface Base {
  readonly newId: NewId
  readonly organization: string
  /** ISO 8601. */
  readonly now: string
}

export function conversationRecord(
  contactId: string,
  {
    id,
    name = '',
    status = 'open',
    channel_type = 'web',
    conversation,
    ...record
  }: ChannelInboxConversationSeed,
  { newId, organization, now }: Base,
): ChannelInboxConversation {
  return {
    _id: id ?? newId('conv'),
    doc_name: 'team_conversations',
    public_id: newId('tcu'),
    organization_id: organization,
    business_unit_id: 'bu_emulator',
    created_at: now,
    updated_at: null,
    ...record,
    conversation: {
      channel_type,
      contact_id: contactId,
      status,
      name,
      timestamp: now,
      mode: 'manual',
      ...conversation,
    },
  }
}

export function commentRecord(
  contactId: string,
  seed: Partial<ChannelInboxComment>,
  { newId, now }: Base,
): ChannelInboxComment {
  return {
    _id: newId('msg'),
    text: '',
    contact_id: contactId,
    conversation_id: '',
    channel_type: 'web',
    user_id: 'u_emulator',
    created_at: now,
    ...seed,
  }
}

export function fileRecord(seed: Partial<ChannelInboxFile>, { newId, now }: Base): ChannelInboxFile {
  const id = seed._id ?? newId('msg')
  return {
    _id: id,
    type: 'file',
    from: 'u_emulator',
    content: { url: `https://files.imbrace.invalid/${id}/file.pdf`, caption: '', extension: 'pdf' },
    name: 'file.pdf',
    size: 0,
    created_at: now,
    updated_at: null,
    ...seed,
  }
}

export function activityRecord(
  conversationId: string,
  seed: Partial<ChannelInboxActivity>,
  { newId, now }: Base,
): ChannelInboxActivity {
  return {
    _id: newId('act'),
    type: 'conversation_joined',
    conversation_id: conversationId,
    message: '',
    created_at: now,
    ...seed,
  }
}

export function notificationRecord(
  seed: Partial<ChannelInboxNotification>,
  { newId, now }: Base,
): ChannelInboxNotification {
  return {
    object_name: 'notifications',
    id: newId('not'),
    title: '',
    content: '',
    from: 'u_system',
    type: 1,
    action_to: '',
    recipient: 'u_emulator',
    is_read: false,
    created_at: now,
    action_disable: false,
    channel_type: 'web',
    ...seed,
  }
}

/** A file as it is sent. */
export function fileWire(
  { name, size, ...message }: ChannelInboxFile,
  form: 'messages' | 'declared',
): object {
  if (form === 'messages') return message
  return { _id: message._id, name, url: message.content.url, size }
}
