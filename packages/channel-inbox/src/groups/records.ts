import type { Activity, Comment, ContactFile, Conversation, Notification } from '@anycontact/core'
import { isPlainObject, readId, readMember, readText, readTime } from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from '../api/errors.ts'

/** Maps a conversation: a team's record around the conversation itself, or the conversation alone. */
export function toConversation(value: unknown): Conversation {
  const inner = readMember(value, 'conversation')
  const itself = isPlainObject(inner) ? inner : value
  const [contactId, name] = [readText(itself, 'contact_id'), readText(itself, 'name')]
  const [status, channelType] = [readText(itself, 'status'), readText(itself, 'channel_type')]
  const createdAt = timeIn(value, 'created_at') ?? timeIn(itself, 'created_at')
  const updatedAt = timeIn(value, 'updated_at') ?? timeIn(itself, 'timestamp')
  return {
    ...identity(value),
    ...(contactId !== undefined && { contactId }),
    ...(name !== undefined && { name }),
    ...(status !== undefined && { status }),
    ...(channelType !== undefined && { channelType }),
    customFields: {},
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}

/** Maps a comment of a contact, whose text is `text` or, as in messages, `content`. */
export function toComment(value: unknown, contactId: string): Comment {
  const text = readText(value, 'text', 'content') ?? readText(readMember(value, 'content'), 'text', 'content')
  const conversationId = readText(value, 'conversation_id')
  const authorId = readText(value, 'user_id', 'from')
  const updatedAt = timeIn(value, 'updated_at')
  return {
    ...identity(value),
    contactId: readText(value, 'contact_id') ?? contactId,
    ...(conversationId !== undefined && { conversationId }),
    ...(text !== undefined && { text }),
    ...(authorId !== undefined && { authorId }),
    ...createdAt(value),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}

/** Maps a file: the message that brought it, as the server sends it, whose caption is its name; or the file, as the vendor's SDK declares it. */
export function toFile(value: unknown): ContactFile {
  const content = readMember(value, 'content')
  const url = readText(value, 'url') ?? readText(content, 'url')
  const name = readText(value, 'name') ?? readText(content, 'name', 'caption')
  const size = readMember(value, 'size') ?? readMember(content, 'size')
  return {
    ...identity(value),
    ...(url !== undefined && { url }),
    ...(name !== undefined && { name }),
    ...(typeof size === 'number' && size >= 0 && { sizeBytes: size }),
    ...createdAt(value),
  }
}

/** Maps an activity of a conversation. The vendor publishes no sample: what is not found is absent, and all of it is in `raw`. */
export function toActivity(value: unknown, conversationId: string): Activity {
  const type = readText(value, 'type', 'action')
  const text = readText(value, 'text', 'message', 'content') ?? readText(readMember(value, 'content'), 'text')
  return {
    ...identity(value),
    conversationId: readText(value, 'conversation_id') ?? conversationId,
    ...(type !== undefined && { type }),
    ...(text !== undefined && { text }),
    ...createdAt(value),
  }
}

/** Maps a notice, whose `type` is a number and whose `content` is text or an object. */
export function toNotification(value: unknown): Notification {
  const type = readMember(value, 'type')
  const title = readText(value, 'title')
  const text = readText(value, 'content') ?? readText(readMember(value, 'content'), 'text', 'message')
  return {
    ...identity(value),
    ...((typeof type === 'number' || (typeof type === 'string' && type !== '')) && { type: String(type) }),
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    read: isRead(value),
    ...createdAt(value),
  }
}

/** Whether a notice is read. */
function isRead(value: unknown): boolean {
  return readMember(value, 'is_read') === true
}

/** The id of a record, which is `id` or `_id`. @throws ContactsError `bad_response` */
function idOf(value: unknown): string {
  return readId(value, badRecord, 'id', '_id')
}

function identity(value: unknown): { readonly provider: string; readonly id: string; readonly raw: unknown } {
  return { provider: PROVIDER, id: idOf(value), raw: value }
}

function timeIn(value: unknown, key: string): string | undefined {
  return readTime(value, key, badRecord)
}

function createdAt(value: unknown): { readonly createdAt?: string } {
  const time = timeIn(value, 'created_at')
  return time === undefined ? {} : { createdAt: time }
}
