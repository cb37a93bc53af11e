import {
  type RecordReader,
  recordReader,
  wireId,
  wireNumber,
  wireObject,
  wireRecord,
  wireText,
} from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { PROVIDER } from './errors.ts'

/**
 * A contact as ChatBotKit sends it, as far as it is checked. Fields that are not set come as null, whatever the vendor's
 * types say; times are milliseconds since the epoch. Unknown fields pass.
 */
export interface ChatBotKitRecord {
  id: string
  name?: string | null | undefined
  description?: string | null | undefined
  fingerprint?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  nick?: string | null | undefined
  preferences?: string | null | undefined
  verifiedAt?: number | null | undefined
  createdAt?: number | null | undefined
  updatedAt?: number | null | undefined
  meta?: Record<string, unknown> | null | undefined
  [field: string]: unknown
}

/** What is read of a contact. */
export const ContactSchema: v.GenericSchema<unknown, ChatBotKitRecord> = wireRecord({
  id: wireId,
  name: wireText,
  description: wireText,
  fingerprint: wireText,
  email: wireText,
  phone: wireText,
  nick: wireText,
  preferences: wireText,
  verifiedAt: wireNumber,
  createdAt: wireNumber,
  updatedAt: wireNumber,
  meta: wireObject,
})

/** A conversation as ChatBotKit sends it, as far as it is checked. */
export interface ConversationRecord {
  id: string
  contactId?: string | null | undefined
  name?: string | null | undefined
  description?: string | null | undefined
  meta?: Record<string, unknown> | null | undefined
  createdAt?: number | null | undefined
  updatedAt?: number | null | undefined
  [field: string]: unknown
}

/** What is read of a conversation. */
const ConversationSchema: v.GenericSchema<unknown, ConversationRecord> = wireRecord({
  id: wireId,
  contactId: wireText,
  name: wireText,
  description: wireText,
  meta: wireObject,
  createdAt: wireNumber,
  updatedAt: wireNumber,
})

/** One page of a listing as ChatBotKit sends it. */
export interface PageRecord {
  items: unknown[]
  /** The id of the page's last item; absent when the page is empty, which is the end. A last page has one too. */
  cursor?: string | null | undefined
  [field: string]: unknown
}

const PageSchema: v.GenericSchema<unknown, PageRecord> = wireRecord({
  items: v.array(v.unknown(), 'must be a list'),
  cursor: wireText,
})

/** An answer that names a record: what writes answer, and records themselves. */
export interface IdRecord {
  id: string
  [field: string]: unknown
}

const IdSchema: v.GenericSchema<unknown, IdRecord> = wireRecord({ id: wireId })

/** Reads a contact. */
export const readContact: RecordReader<ChatBotKitRecord> = recordReader(ContactSchema, { provider: PROVIDER })

/** Reads a conversation. */
export const readConversation: RecordReader<ConversationRecord> = recordReader(ConversationSchema, {
  provider: PROVIDER,
  what: 'a conversation',
})

/** Reads one page of a listing. */
export const readPage: RecordReader<PageRecord> = recordReader(PageSchema, {
  provider: PROVIDER,
  what: 'a page of the listing',
})

/** Reads an answer that names a record; the rest of it is taken on trust, as by the vendor's client. */
export const readIdAnswer: RecordReader<IdRecord> = recordReader(IdSchema, {
  provider: PROVIDER,
  what: 'the answer',
})
