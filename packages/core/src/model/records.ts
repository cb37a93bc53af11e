import type { JsonObject } from './json.ts'

/** A conversation that a contact takes or took part in. */
export interface Conversation<Raw = unknown> {
  readonly provider: string
  readonly id: string
  readonly contactId?: string
  readonly name?: string
  /** Free text about the conversation. */
  readonly note?: string
  /** The provider's own word. */
  readonly status?: string
  /** Where it takes place, such as `whatsapp`, in the provider's own word. */
  readonly channelType?: string
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
  readonly provider: string
  readonly id: string
  readonly contactId?: string
  readonly conversationId?: string
  readonly text?: string
  /** The provider's id of who wrote it. */
  readonly authorId?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  /** ISO 8601, UTC. */
  readonly updatedAt?: string
  readonly raw: Raw
}

/** A file that was exchanged with a contact. */
export interface ContactFile<Raw = unknown> {
  readonly provider: string
  readonly id: string
  readonly url?: string
  readonly name?: string
  readonly sizeBytes?: number
  readonly contentType?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  readonly raw: Raw
}

/** Something that happened in a conversation. */
export interface Activity<Raw = unknown> {
  readonly provider: string
  readonly id: string
  readonly conversationId?: string
  /** The provider's own word. */
  readonly type?: string
  readonly text?: string
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  readonly raw: Raw
}

/** A notice to the account's user. */
export interface Notification<Raw = unknown> {
  readonly provider: string
  readonly id: string
  /** The provider's own word or number, as text. */
  readonly type?: string
  readonly title?: string
  readonly text?: string
  readonly read: boolean
  /** ISO 8601, UTC. */
  readonly createdAt?: string
  readonly raw: Raw
}
