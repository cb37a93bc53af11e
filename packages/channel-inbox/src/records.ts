import {
  type Activity,
  type Comment,
  type ContactFile,
  type Conversation,
  isPlainObject,
  type Notification,
} from '@anycontact/core'
import { PROVIDER } from './errors.ts'
import { read, readId, readText, readTime } from './values.ts'

/** Maps a conversation: a team's record around the conversation itself, or the conversation alone. */
export function toConversation(value: unknown): Conversation {
  const inner = read(value, 'conversation')
  const itself = isPlainObject(inner) ? inner : value
  const id = readId(value)
  const [contactId, name] = [readText(itself, 'contact_id'), readText(itself, 'name')]
  const [status, channelType] = [readText(itself, 'status'), readText(itself, 'channel_type')]
  const createdAt = readTime(value, 'created_at') ?? readTime(itself, 'created_at')
  const updatedAt = readTime(value, 'updated_at') ?? readTime(itself, 'timestamp')
  return {
    provider: PROVIDER,
    id,
    ...(contactId !== undefined && { contactId }),
    ...(name !== undefined && { name }),
    ...(status !== undefined && { status }),
    ...(channelType !== undefined && { channelType }),
    customFields: {},
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    raw: value,
  }
}

/** Maps a comment of a contact, whose text is `text` or, as in messages, `content`. */
export function toComment(value: unknown, contactId: string): Comment {
  const content = read(value, 'content')
  const text = readText(value, 'text', 'content') ?? readText(content, 'text', 'content')
  const conversationId = readText(value, 'conversation_id')
  const authorId = readText(value, 'user_id', 'from')
  const [createdAt, updatedAt] = [readTime(value, 'created_at'), readTime(value, 'updated_at')]
  return {
    provider: PROVIDER,
    id: readId(value),
    contactId: readText(value, 'contact_id') ?? contactId,
    ...(conversationId !== undefined && { conversationId }),
    ...(text !== undefined && { text }),
    ...(authorId !== undefined && { authorId }),
    ...(createdAt !== undefined && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    raw: value,
  }
}

/** Maps a file: the message that brought it, as the server sends it, or the file, as the vendor's SDK declares it. */
export function toFile(value: unknown): ContactFile {
  const content = read(value, 'content')
  const url = readText(value, 'url') ?? readText(content, 'url')
  const name = readText(value, 'name') ?? readText(content, 'name')
  const size = read(value, 'size') ?? read(content, 'size')
  const createdAt = readTime(value, 'created_at')
  return {
    provider: PROVIDER,
    id: readId(value),
    ...(url !== undefined && { url }),
    ...(name !== undefined && { name }),
    ...(typeof size === 'number' && size >= 0 && { sizeBytes: size }),
    ...(createdAt !== undefined && { createdAt }),
    raw: value,
  }
}

/** Maps an activity of a conversation. The vendor publishes no sample: what is not found is absent, and all of it is in `raw`. */
export function toActivity(value: unknown, conversationId: string): Activity {
  const type = readText(value, 'type', 'action')
  const text = readText(value, 'text', 'message', 'content') ?? readText(read(value, 'content'), 'text')
  const createdAt = readTime(value, 'created_at')
  return {
    provider: PROVIDER,
    id: readId(value),
    conversationId: readText(value, 'conversation_id') ?? conversationId,
    ...(type !== undefined && { type }),
    ...(text !== undefined && { text }),
    ...(createdAt !== undefined && { createdAt }),
    raw: value,
  }
}

/** Maps a notice, whose `type` is a number and whose `content` is text or an object. */
export function toNotification(value: unknown): Notification {
  const type = read(value, 'type')
  const title = readText(value, 'title')
  const text = readText(value, 'content') ?? readText(read(value, 'content'), 'text', 'message')
  const createdAt = readTime(value, 'created_at')
  return {
    provider: PROVIDER,
    id: readId(value),
    ...((typeof type === 'number' || (typeof type === 'string' && type !== '')) && { type: String(type) }),
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    read: read(value, 'is_read') === true,
    ...(createdAt !== undefined && { createdAt }),
    raw: value,
  }
}
