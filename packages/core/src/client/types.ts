import type {
  Adapter,
  AnyAdapter,
  ContactMethodSync,
  ConversationFilter,
  UploadSource,
  UpsertOutcome,
  UpsertResult,
} from '../adapter/adapter.ts'
import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { Contact } from '../model/contact.ts'
import type {
  ContactMethod,
  ContactMethodInput,
  ContactMethodPatch,
  ContactMethodType,
} from '../model/contact-method.ts'
import type { ContactInput, ContactPatch, WritableField } from '../model/input.ts'
import type { CallOptions, ListQuery } from '../model/query.ts'
import type { Activity, Comment, ContactFile, Conversation, Notification } from '../model/records.ts'
import type { ContactRef, RefKey } from '../model/ref.ts'
import type { Pager } from '../pager.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch.ts'
import type { QueryPlan } from './explain.ts'

/** The contact type of an adapter: a {@link Contact} whose `raw` is the vendor's record. */
export type ContactOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer Raw, infer _Vendor, infer _Api> ? Contact<Raw> : Contact

/** The vendor-only fields that a write of this adapter can carry. */
export type VendorOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer _Raw, infer Vendor, infer _Api> ? Vendor : never

type CapabilityOf<A extends AnyAdapter, Op extends OperationName> = NonNullable<A['capabilities'][Op]>

type FieldsOf<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly fields: readonly (infer Field)[] }
    ? Extract<Field, WritableField>
    : never

type NativeKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly by: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

type ScanKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly scan: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

type OrderFields<A extends AnyAdapter> =
  CapabilityOf<A, 'list'> extends { readonly orderBy: readonly (infer Field)[] }
    ? Extract<Field, string>
    : never

/** What a create of this adapter can store: a field that its provider has not is a compile error. */
export type CreateInput<A extends AnyAdapter> = Pick<ContactInput, FieldsOf<A, 'create'>>

/** What an update of this adapter can change. */
export type UpdatePatch<A extends AnyAdapter> = Pick<
  ContactPatch,
  Extract<FieldsOf<A, 'update'>, keyof ContactPatch>
>

/** What an upsert of this adapter can store. */
export type UpsertInput<A extends AnyAdapter> = Pick<ContactInput, FieldsOf<A, 'upsert'>>

type RefBy<Key extends RefKey> = Key extends RefKey ? { readonly [K in Key]: string } : never

/** A reference that the provider looks up itself. */
export type NativeRef<A extends AnyAdapter, Op extends OperationName> =
  | ('id' extends NativeKeys<A, Op> ? string : never)
  | Contact
  | RefBy<NativeKeys<A, Op>>

/** The options of a call that names a contact. */
export interface LookupOptions extends CallOptions {
  /**
   * Allows looking a contact up by reading the provider's whole listing, where it has no lookup by that key.
   * @default false
   */
  readonly scan?: boolean | undefined
}

/** The options of a call that may read the whole listing. */
export interface ScanOptions extends LookupOptions {
  readonly scan: true
}

/** The options of a write. */
export interface WriteOptions<Vendor = unknown> extends CallOptions {
  /** Fields that only this vendor has, in its own words. */
  readonly vendor?: Vendor | undefined
}

/** The options of an upsert: which key tells whether the contact is there. */
export type UpsertOptions<A extends AnyAdapter> = WriteOptions<VendorOf<A>> &
  (
    | { readonly by: NativeKeys<A, 'upsert'>; readonly scan?: boolean | undefined }
    | { readonly by: ScanKeys<A, 'upsert'>; readonly scan: true }
  )

/** Which contacts to count. */
export type CountQuery = Pick<ListQuery, 'where' | 'includeDeleted' | keyof CallOptions>

/** How to page through search results, comments and the like. */
export interface PageQuery extends CallOptions {
  readonly pageSize?: number | undefined
  readonly cursor?: string | undefined
}

/** One change in an `updateMany`. */
export interface UpdateItem<Ref = ContactRef, Patch = ContactPatch> {
  readonly ref: Ref
  readonly patch: Patch
}

/** What a batch knows of an item that was written. */
export interface BatchContact<C extends Contact = Contact> {
  readonly contact: C
}

/** What a batch knows of an item that was deleted: nothing more than that it was. */
export type BatchDeleted = Readonly<Record<never, never>>

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
  list(query?: PageQuery): Pager<Notification>
  /** Marks notices as read; without `ids` all of them, where the provider can. */
  markRead(ids?: readonly string[], options?: CallOptions): Promise<void>
  /** Removes one notice. */
  dismiss(id: string, options?: CallOptions): Promise<void>
  /** Removes all notices. */
  dismissAll(options?: CallOptions): Promise<void>
}

/** The single addresses and numbers of contacts. */
export interface ContactMethodsGroup {
  list(ref: ContactRef, query?: PageQuery & LookupOptions): Pager<ContactMethod>
  get(id: string, options?: CallOptions): Promise<ContactMethod>
  getByExternalId(externalId: string, options?: CallOptions): Promise<ContactMethod>
  /** The method whose custom field has this value. */
  getByMetadata(key: string, value: string, options?: CallOptions): Promise<ContactMethod>
  create(ref: ContactRef, input: ContactMethodInput, options?: LookupOptions): Promise<ContactMethod>
  createMany(
    ref: ContactRef,
    inputs: ItemSource<ContactMethodInput>,
    options?: BatchOptions & LookupOptions,
  ): BatchRun<{ readonly contactMethod: ContactMethod }>
  update(id: string, patch: ContactMethodPatch, options?: CallOptions): Promise<ContactMethod>
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

type GroupOf<A extends AnyAdapter, Name extends OperationName, Group> = Pick<
  Group,
  Extract<keyof CapabilityOf<A, Name>, keyof Group>
>

/** Every operation of a client, as this adapter has it; {@link Contacts} picks those that the adapter declares. */
export interface Operations<A extends AnyAdapter> {
  /** Lists contacts: await it for one page, iterate for all. Nothing is requested before. */
  list(query?: ListQuery<OrderFields<A>>): Pager<ContactOf<A>>
  /** Reads one contact. @throws ContactsError `not_found`, `ambiguous`; `unsupported` for a scan that was not asked for */
  get(ref: NativeRef<A, 'get'>, options?: LookupOptions): Promise<ContactOf<A>>
  get(ref: ContactRef, options: ScanOptions): Promise<ContactOf<A>>
  /** Reads one contact, or `undefined` when there is none. @throws ContactsError `ambiguous` when several match */
  find(ref: NativeRef<A, 'find'>, options?: LookupOptions): Promise<ContactOf<A> | undefined>
  find(ref: ContactRef, options: ScanOptions): Promise<ContactOf<A> | undefined>
  /** Creates a contact and gives the record as stored. It is never sent twice blindly. @throws ContactsError `conflict` */
  create(input: CreateInput<A>, options?: WriteOptions<VendorOf<A>>): Promise<ContactOf<A>>
  /** Changes a contact and gives the record as stored. `undefined` leaves a field, `null` clears it. */
  update(
    ref: NativeRef<A, 'update'>,
    patch: UpdatePatch<A>,
    options?: WriteOptions<VendorOf<A>> & LookupOptions,
  ): Promise<ContactOf<A>>
  update(
    ref: ContactRef,
    patch: UpdatePatch<A>,
    options: WriteOptions<VendorOf<A>> & ScanOptions,
  ): Promise<ContactOf<A>>
  /** Deletes a contact. @throws ContactsError `not_found` when it is not there */
  delete(ref: NativeRef<A, 'delete'>, options?: LookupOptions): Promise<void>
  delete(ref: ContactRef, options: ScanOptions): Promise<void>
  /** Creates the contact, or changes the one that has the same key, or leaves it when nothing differs. */
  upsert(input: UpsertInput<A>, options: UpsertOptions<A>): Promise<UpsertResult<ContactOf<A>>>
  /** Finds contacts in which every word of the text occurs. */
  search(text: string, query?: PageQuery): Pager<ContactOf<A>>
  /** Counts contacts. */
  count(query?: CountQuery): Promise<number>
  /** Creates many. Nothing is sent before it is awaited or iterated over. */
  createMany(
    items: ItemSource<CreateInput<A>>,
    options?: BatchOptions & WriteOptions<VendorOf<A>>,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Changes many. */
  updateMany(
    items: ItemSource<UpdateItem<ContactRef, UpdatePatch<A>>>,
    options?: BatchOptions & WriteOptions<VendorOf<A>> & LookupOptions,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Upserts many. */
  upsertMany(
    items: ItemSource<UpsertInput<A>>,
    options: BatchOptions & UpsertOptions<A>,
  ): BatchRun<UpsertResult<ContactOf<A>>>
  /** Deletes many. */
  deleteMany(items: ItemSource<ContactRef>, options?: BatchOptions & LookupOptions): BatchRun<BatchDeleted>
  readonly conversations: GroupOf<A, 'conversations', ConversationsGroup>
  readonly comments: GroupOf<A, 'comments', CommentsGroup>
  readonly files: GroupOf<A, 'files', FilesGroup>
  readonly activities: GroupOf<A, 'activities', ActivitiesGroup>
  readonly avatar: GroupOf<A, 'avatar', AvatarGroup>
  readonly notifications: GroupOf<A, 'notifications', NotificationsGroup>
  readonly contactMethods: GroupOf<A, 'contactMethods', ContactMethodsGroup>
}

/** What every client has, whatever its provider can do. */
export interface ContactsBase<A extends AnyAdapter = AnyAdapter> {
  /** Short name of the provider, such as `chatbotkit`. */
  readonly provider: A['provider']
  /** What the provider can do, as its adapter declares it. */
  readonly capabilities: A['capabilities']
  /** The vendor-shaped client underneath. */
  readonly api: A['api']
  /**
   * Tells whether the provider has an operation, and narrows the client's type to one that has it.
   *
   * @example
   * ```ts
   * if (contacts.supports('delete')) await contacts.delete(id)
   * ```
   */
  supports<Op extends OperationName>(operation: Op): this is ContactsWith<Op>
  /** Tells which parts of a listing the provider does and which are done here; sends nothing. */
  explain(query?: ListQuery): QueryPlan
}

/**
 * The client of one provider: exactly the operations that its adapter declares. Calling another does not compile; at run
 * time it throws `unsupported`.
 *
 * @typeParam A - the adapter
 */
export type Contacts<A extends AnyAdapter> = ContactsBase<A> &
  Pick<Operations<A>, Extract<keyof A['capabilities'], keyof Operations<A>>>

/** The capabilities of a provider that can do everything. */
export type EveryCapability = {
  readonly [Op in OperationName]-?: Op extends
    | 'conversations'
    | 'comments'
    | 'files'
    | 'activities'
    | 'avatar'
    | 'notifications'
    | 'contactMethods'
    ? Required<NonNullable<Capabilities[Op]>>
    : NonNullable<Capabilities[Op]>
}

/**
 * Any client that has these operations: what provider-agnostic code asks for.
 *
 * @example
 * ```ts
 * async function importLeads(contacts: ContactsWith<'upsert'>, leads: ContactInput[]) {
 *   for (const lead of leads) await contacts.upsert(lead, { by: 'externalId' })
 * }
 * ```
 */
export type ContactsWith<Op extends OperationName> = ContactsBase &
  Pick<Operations<Adapter<EveryCapability, unknown, unknown, unknown>>, Op>

/** What an upsert did, by name. */
export type { UpsertOutcome }
