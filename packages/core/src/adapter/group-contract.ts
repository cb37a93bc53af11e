import type { CommentInput } from '../model/comment-input.ts'
import type { ContactMethod, ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodChange, ContactMethodWrite } from '../model/contact-method-input.ts'
import type { Comment, Notification } from '../model/records.ts'
import type { AdapterContext } from './context.ts'
import type { AdapterBatchOptions, AdapterItemResult, AdapterPage, AdapterPageQuery } from './pages.ts'

/** A file to upload. */
export interface UploadSource {
  /** The bytes of the file. */
  readonly data: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>
  /** @default the File's own name, else `avatar` */
  readonly name?: string | undefined
  /** Media type. @default the Blob's own type, else `application/octet-stream` */
  readonly type?: string | undefined
}

/** Narrows the conversations or comments of a contact. */
export interface ConversationFilter {
  /** Only those on these channels, in the provider's own words. @default all */
  readonly channelTypes?: readonly string[] | undefined
}

/** The comments group of an adapter. */
export interface AdapterComments {
  /** One page of the comments about a contact. */
  list?(
    contactId: string,
    query: AdapterPageQuery & ConversationFilter,
    context: AdapterContext,
  ): Promise<AdapterPage<Comment>>
  /** Adds one and gives it as stored. It has no key, so it is sent once. */
  create?(contactId: string, input: CommentInput, context: AdapterContext): Promise<Comment>
  /** Removes one; throws `not_found`. */
  delete?(contactId: string, commentId: string, context: AdapterContext): Promise<void>
}

/** The notifications group of an adapter. */
export interface AdapterNotifications {
  /** One page of notices. */
  list?(query: AdapterPageQuery, context: AdapterContext): Promise<AdapterPage<Notification>>
  /** Marks notices as read; `undefined` means all. */
  markRead?(ids: readonly string[] | undefined, context: AdapterContext): Promise<void>
  /** Removes one notice. */
  dismiss?(id: string, context: AdapterContext): Promise<void>
  /** Removes all notices. */
  dismissAll?(context: AdapterContext): Promise<void>
}

/** The contact-methods group of an adapter. */
export interface AdapterContactMethods {
  /** One page of a contact's methods. */
  list?(
    contactId: string,
    query: AdapterPageQuery,
    context: AdapterContext,
  ): Promise<AdapterPage<ContactMethod>>
  /** Reads one; throws `not_found`. */
  get?(id: string, context: AdapterContext): Promise<ContactMethod>
  /** Reads the one with an external id; throws `not_found`. */
  getByExternalId?(externalId: string, context: AdapterContext): Promise<ContactMethod>
  /** Reads the one whose custom field has a value; throws `not_found`. */
  getByMetadata?(key: string, value: string, context: AdapterContext): Promise<ContactMethod>
  /** Adds one. */
  create?(contactId: string, input: ContactMethodWrite, context: AdapterContext): Promise<ContactMethod>
  /** Adds several; a result for each, in their order. */
  createMany?(
    contactId: string,
    inputs: readonly ContactMethodWrite[],
    options: AdapterBatchOptions,
    context: AdapterContext,
  ): Promise<readonly AdapterItemResult<ContactMethod>[]>
  /** Changes one; what is absent stays. */
  update?(id: string, patch: ContactMethodChange, context: AdapterContext): Promise<ContactMethod>
  /** Removes one; throws `not_found`. */
  delete?(id: string, context: AdapterContext): Promise<void>
  /** The primary one of a type; `undefined` when there is none. */
  getPrimary?(
    contactId: string,
    type: ContactMethodType,
    context: AdapterContext,
  ): Promise<ContactMethod | undefined>
  /** Makes one the primary of its type, and the one that was no longer so. */
  setPrimary?(id: string, context: AdapterContext): Promise<ContactMethod>
  /** Makes a contact's methods be these. */
  sync?(
    contactId: string,
    methods: readonly ContactMethodWrite[],
    context: AdapterContext,
  ): Promise<ContactMethodSync>
}

/** What a sync of contact methods changed. */
export interface ContactMethodSync {
  /** Those that were added, as stored. */
  readonly created: readonly ContactMethod[]
  /** Those that were changed, as stored. */
  readonly updated: readonly ContactMethod[]
  /** The ids of those that were removed. */
  readonly deleted: readonly string[]
}
