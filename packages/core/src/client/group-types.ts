import type { ContactMethodSync, ConversationFilter, UploadSource } from '../adapter/group-contract.ts'
import type { CallOptions } from '../call/settings.ts'
import type { ContactMethod, ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodInput, ContactMethodPatch } from '../model/contact-method-input.ts'
import type { Activity, Comment, ContactFile, Conversation, Notification } from '../model/records.ts'
import type { ContactRef } from '../model/ref.ts'
import type { Pager } from '../pager.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import type { LookupOptions, PageQuery } from './options.ts'

/** Conversations of a contact. */
export interface ConversationsGroup {
  /** The conversations of a contact. */
  list(ref: ContactRef, query?: PageQuery & ConversationFilter & LookupOptions): Pager<Conversation>
}

/** Comments about a contact. */
export interface CommentsGroup {
  /** The comments about a contact. */
  list(ref: ContactRef, query?: PageQuery & ConversationFilter & LookupOptions): Pager<Comment>
}

/** Files exchanged with a contact. */
export interface FilesGroup {
  /** The files exchanged with a contact. */
  list(ref: ContactRef, query?: PageQuery & LookupOptions): Pager<ContactFile>
}

/** What happened in a conversation. */
export interface ActivitiesGroup {
  /** The activities of a conversation, named by the conversation's id. */
  list(conversationId: string, query?: PageQuery): Pager<Activity>
}

/** Pictures. */
export interface AvatarGroup {
  /** Uploads a picture and tells its URL, to be written as `avatarUrl`. */
  upload(source: UploadSource, options?: CallOptions): Promise<{ readonly url: string }>
}

/** The account's notices. */
export interface NotificationsGroup {
  /** The notices; what the provider says beside them, such as how many are unread, is in the page's `extra`. */
  list(query?: PageQuery): Pager<Notification>
  /** Marks notices as read; without `ids` all of them, where the provider can. No ids, `[]`, mark none. */
  markRead(ids?: readonly string[], options?: CallOptions): Promise<void>
  /** Removes one notice. */
  dismiss(id: string, options?: CallOptions): Promise<void>
  /** Removes all notices. */
  dismissAll(options?: CallOptions): Promise<void>
}

/** The single addresses and numbers of contacts. */
export interface ContactMethodsGroup {
  /** The methods of a contact. */
  list(ref: ContactRef, query?: PageQuery & LookupOptions): Pager<ContactMethod>
  /** Reads one method by its id. @throws ContactsError `not_found` */
  get(id: string, options?: CallOptions): Promise<ContactMethod>
  /** Reads one method by its id in the caller's system. @throws ContactsError `not_found` */
  getByExternalId(externalId: string, options?: CallOptions): Promise<ContactMethod>
  /** Reads the method whose custom field has this value. @throws ContactsError `not_found` */
  getByMetadata(key: string, value: string, options?: CallOptions): Promise<ContactMethod>
  /** Adds a method to a contact and gives it as stored. */
  create(ref: ContactRef, input: ContactMethodInput, options?: LookupOptions): Promise<ContactMethod>
  /** Adds many methods to a contact. Nothing is sent before it is awaited or iterated over. */
  createMany(
    ref: ContactRef,
    inputs: ItemSource<ContactMethodInput>,
    options?: BatchOptions & LookupOptions,
  ): BatchRun<{ readonly contactMethod: ContactMethod }>
  /** Changes one method and gives it as stored. `undefined` leaves, `null` clears. */
  update(id: string, patch: ContactMethodPatch, options?: CallOptions): Promise<ContactMethod>
  /** Removes one method. */
  delete(id: string, options?: CallOptions): Promise<void>
  /** The primary method of a type; `undefined` when there is none. */
  getPrimary(
    ref: ContactRef,
    type: ContactMethodType,
    options?: LookupOptions,
  ): Promise<ContactMethod | undefined>
  /** Makes a method the primary one of its type; the one that was is no longer. */
  setPrimary(id: string, options?: CallOptions): Promise<ContactMethod>
  /** Makes the contact's methods be these: adds, changes and removes as needed. */
  sync(
    ref: ContactRef,
    methods: readonly ContactMethodInput[],
    options?: LookupOptions,
  ): Promise<ContactMethodSync>
}
