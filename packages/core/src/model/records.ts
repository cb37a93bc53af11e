import type { JsonObject } from './json.ts'

/** A conversation that a contact takes or took part in. */
export interface Conversation<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** The contact that takes part. */
  readonly contactId?: string
  /** What it is called. */
  readonly name?: string
  /** Free text about the conversation. */
  readonly note?: string
  /** The provider's own word. */
  readonly status?: string
  /** Where it takes place, for example `whatsapp`, in the provider's own word. */
  readonly channelType?: string
  /** Fields of the caller's own; `{}` when there are none. */
  readonly customFields: JsonObject
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** ISO 8601, UTC. */
  readonly updatedAt?: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
}

/** A remark about a contact, written by a member of the team. */
export interface Comment<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** The contact that it is about. */
  readonly contactId?: string
  /** The conversation in which it was made. */
  readonly conversationId?: string
  /** The remark itself. */
  readonly text?: string
  /** The provider's id of who wrote it. */
  readonly authorId?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** ISO 8601, UTC. */
  readonly updatedAt?: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
}

/** A file that was exchanged with a contact. */
export interface ContactFile<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** Where it can be fetched; that may take a credential, or work for a while only. */
  readonly url?: string
  /** Its file name. */
  readonly name?: string
  /** Its size in bytes. */
  readonly sizeBytes?: number
  /** Its media type. */
  readonly contentType?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
}

/** Something that happened in a conversation. */
export interface Activity<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** The conversation in which it happened. */
  readonly conversationId?: string
  /** The provider's own word. */
  readonly type?: string
  /** What was said or done. */
  readonly text?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
}

/** A notice to the account's user. */
export interface Notification<Raw = unknown> {
  /** Which adapter produced it, for example `chatbotkit`. */
  readonly provider: string
  /** The provider's own id. */
  readonly id: string
  /** The provider's own word or number, as text. */
  readonly type?: string
  /** Its heading. */
  readonly title?: string
  /** What it says. */
  readonly text?: string
  /** Whether it was marked as read. */
  readonly read: boolean
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** The vendor's record as it was sent. */
  readonly raw: Raw
}
