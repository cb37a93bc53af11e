import type { ContactMethodSync, ConversationFilter, UploadSource } from '../adapter/group-contract.ts'
import type { CallOptions } from '../call/settings.ts'
import type { CommentInput } from '../model/comment-input.ts'
import type { ContactMethod, ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodInput, ContactMethodPatch } from '../model/contact-method-input.ts'
import type { Activity, Comment, ContactFile, Conversation, Notification } from '../model/records.ts'
import type { ContactRef } from '../model/ref.ts'
import type { Pager } from '../pager.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import type { LookupOptions, PageQuery, ScanOptions } from './options.ts'

/** Conversations of a contact. */
export interface ConversationsGroup<Ref = ContactRef, Scan = ContactRef> {
  /** The conversations of a contact. */
  list(ref: Ref, query?: PageQuery & ConversationFilter & LookupOptions): Pager<Conversation>
  /** As above, by any key that takes reading the listing of contacts. */
  list(ref: Scan, query: PageQuery & ConversationFilter & ScanOptions): Pager<Conversation>
}

/** Comments about a contact. */
export interface CommentsGroup<Ref = ContactRef, Scan = ContactRef> {
  /** The comments about a contact. */
  list(ref: Ref, query?: PageQuery & ConversationFilter & LookupOptions): Pager<Comment>
  /** As above, by any key that takes reading the listing of contacts. */
  list(ref: Scan, query: PageQuery & ConversationFilter & ScanOptions): Pager<Comment>
  /**
   * Adds a comment and gives it as stored. It is never sent twice: where its answer is lost, the error's `applied` is `unknown`.
   */
  create(ref: Ref, input: CommentInput, options?: LookupOptions): Promise<Comment>
  /** As above, by any key that takes reading the listing of contacts. */
  create(ref: Scan, input: CommentInput, options: ScanOptions): Promise<Comment>
  /** Removes a comment, named by its id. @throws ContactsError `not_found` */
  delete(ref: Ref, commentId: string, options?: LookupOptions): Promise<void>
  /** As above, by any key that takes reading the listing of contacts. */
  delete(ref: Scan, commentId: string, options: ScanOptions): Promise<void>
}

/** Files exchanged with a contact. */
export interface FilesGroup<Ref = ContactRef, Scan = ContactRef> {
  /** The files exchanged with a contact. */
  list(ref: Ref, query?: PageQuery & LookupOptions): Pager<ContactFile>
  /** As above, by any key that takes reading the listing of contacts. */
  list(ref: Scan, query: PageQuery & ScanOptions): Pager<ContactFile>
}

/** What happened in a conversation. */
export interface ActivitiesGroup {
  /** The activities of a conversation, named by the conversation's id. */
  list(conversationId: string, query?: PageQuery): Pager<Activity>
}

/** Pictures. */
export interface AvatarGroup {
  /** Uploads a picture and tells its URL, to be written as `avatarUrl`. A Blob or File has its own type, and a File its own name. */
  upload(source: UploadSource | Blob, options?: CallOptions): Promise<{ readonly url: string }>
}

/** The account's notices. */
export interface NotificationsGroup {
  /** The notices; what the provider says beside them, for example how many are unread, is in the page's `extra`. */
  list(query?: PageQuery): Pager<Notification>
  /** Marks notices as read; without `ids` all of them, where the provider can. No ids, `[]`, mark none. */
  markRead(ids?: readonly string[], options?: CallOptions): Promise<void>
  /** Removes one notice. */
  dismiss(id: string, options?: CallOptions): Promise<void>
  /** Removes all notices. */
  dismissAll(options?: CallOptions): Promise<void>
}

/** The single addresses and numbers of contacts. */
export interface ContactMethodsGroup<Ref = ContactRef, Scan = ContactRef> {
  /** The methods of a contact. */
  list(ref: Ref, query?: PageQuery & LookupOptions): Pager<ContactMethod>
  /** As above, by any key that takes reading the listing of contacts. */
  list(ref: Scan, query: PageQuery & ScanOptions): Pager<ContactMethod>
  /** Reads one method by its id. @throws ContactsError `not_found` */
  get(id: string, options?: CallOptions): Promise<ContactMethod>
  /** Reads one method by its id in the caller's system. @throws ContactsError `not_found` */
  getByExternalId(externalId: string, options?: CallOptions): Promise<ContactMethod>
  /** Reads the method whose custom field has this value. @throws ContactsError `not_found` */
  getByMetadata(key: string, value: string, options?: CallOptions): Promise<ContactMethod>
  /** Adds a method to a contact and gives it as stored. */
  create(ref: Ref, input: ContactMethodInput, options?: LookupOptions): Promise<ContactMethod>
  /** As above, by any key that takes reading the listing of contacts. */
  create(ref: Scan, input: ContactMethodInput, options: ScanOptions): Promise<ContactMethod>
  /** Adds many methods to a contact. Nothing is sent before it is awaited or iterated over. */
  createMany(
    ref: Ref,
    inputs: ItemSource<ContactMethodInput>,
    options?: BatchOptions & LookupOptions,
  ): BatchRun<{ readonly contactMethod: ContactMethod }>
  /** As above, by any key that takes reading the listing of contacts. */
  createMany(
    ref: Scan,
    inputs: ItemSource<ContactMethodInput>,
    options: BatchOptions & ScanOptions,
  ): BatchRun<{ readonly contactMethod: ContactMethod }>
  /** Changes one method and gives it as stored. `undefined` leaves, `null` clears. */
  update(id: string, patch: ContactMethodPatch, options?: CallOptions): Promise<ContactMethod>
  /** Removes one method. */
  delete(id: string, options?: CallOptions): Promise<void>
  /** The primary method of a type; `undefined` when there is none. */
  getPrimary(ref: Ref, type: ContactMethodType, options?: LookupOptions): Promise<ContactMethod | undefined>
  /** As above, by any key that takes reading the listing of contacts. */
  getPrimary(ref: Scan, type: ContactMethodType, options: ScanOptions): Promise<ContactMethod | undefined>
  /** Makes a method the primary one of its type; the one that was is no longer. */
  setPrimary(id: string, options?: CallOptions): Promise<ContactMethod>
  /** Makes the contact's methods be these: adds, changes and removes as needed. */
  sync(ref: Ref, methods: readonly ContactMethodInput[], options?: LookupOptions): Promise<ContactMethodSync>
  /** As above, by any key that takes reading the listing of contacts. */
  sync(ref: Scan, methods: readonly ContactMethodInput[], options: ScanOptions): Promise<ContactMethodSync>
}
