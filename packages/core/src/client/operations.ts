import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { ListQuery } from '../model/query.ts'
import type { RefKey } from '../model/ref.ts'
import type { Pager } from '../pager.ts'
import type {
  CapabilityOf,
  ContactOf,
  CreateInput,
  OrderFields,
  UpdatePatch,
  UpsertInput,
  WriteOptionsOf,
} from './adapter-types.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import type { VendorRequest, VendorRequestOptions } from './by-hand.ts'
import type {
  ActivitiesGroup,
  AvatarGroup,
  CommentsGroup,
  ContactMethodsGroup,
  ConversationsGroup,
  FilesGroup,
  NotificationsGroup,
} from './group-types.ts'
import type {
  BatchContact,
  BatchDeleted,
  CountQuery,
  DryRun,
  ItemwiseBatchOptions,
  LookupOptions,
  PageQuery,
  ScanOptions,
  UpdateItem,
  WriteRun,
} from './options.ts'
import type { GroupRef, GroupScanRef, NativeRef, ScanRef } from './ref-types.ts'
import type {
  KeyedBy,
  OutcomeOption,
  PlannedUpsert,
  UpsertKey,
  UpsertOf,
  UpsertOptions,
} from './upsert-types.ts'

/** The options of a batch of this adapter. */
export type BatchOptionsOf<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly atomic: true } ? BatchOptions : ItemwiseBatchOptions

type GroupOf<A extends AnyAdapter, Name extends OperationName, Group> =
  Extract<keyof CapabilityOf<A, Name>, keyof Group> extends infer Method extends keyof Group
    ? Pick<Group, Method>
    : never

/** Every operation of a client, as this adapter has it; {@link Contacts} picks those that the adapter declares. */
export interface Operations<A extends AnyAdapter> {
  /** Lists contacts: await it for one page, iterate for all. Nothing is requested before. */
  list(query?: ListQuery<OrderFields<A>>): Pager<ContactOf<A>>
  /**
   * Reads one contact.
   * @throws ContactsError `not_found`, `ambiguous`; `unsupported` for a scan that was not asked for
   */
  get(ref: NativeRef<A, 'get'>, options?: LookupOptions): Promise<ContactOf<A>>
  /** As above, by any key that takes reading the listing. */
  get(ref: ScanRef<A, 'get'>, options: ScanOptions): Promise<ContactOf<A>>
  /**
   * Reads one contact, or gives `undefined` when there is none.
   * @throws ContactsError `ambiguous` when several match; `unsupported` for a scan that was not asked for
   */
  find(ref: NativeRef<A, 'find'>, options?: LookupOptions): Promise<ContactOf<A> | undefined>
  /** As above, by any key that takes reading the listing. */
  find(ref: ScanRef<A, 'find'>, options: ScanOptions): Promise<ContactOf<A> | undefined>
  /**
   * Creates a contact and gives the record as stored. It is never sent twice blindly.
   * @throws ContactsError `conflict` when a unique value is taken
   */
  create(input: CreateInput<A>, options?: WriteOptionsOf<A>): Promise<ContactOf<A>>
  /**
   * Changes a contact and gives the record as stored. `undefined` leaves a field, `null` clears it, arrays replace, custom
   * fields merge by key. A patch without any field writes nothing.
   * @throws ContactsError `not_found` when it is not there
   */
  update(
    ref: NativeRef<A, 'update'>,
    patch: UpdatePatch<A>,
    options?: WriteOptionsOf<A> & LookupOptions,
  ): Promise<ContactOf<A>>
  /** As above, by any key that takes reading the listing. */
  update(
    ref: ScanRef<A, 'update'>,
    patch: UpdatePatch<A>,
    options: WriteOptionsOf<A> & ScanOptions,
  ): Promise<ContactOf<A>>
  /** Deletes a contact. @throws ContactsError `not_found` when it is not there */
  delete(ref: NativeRef<A, 'delete'>, options?: LookupOptions): Promise<void>
  /** As above, by any key that takes reading the listing. */
  delete(ref: ScanRef<A, 'delete'>, options: ScanOptions): Promise<void>
  /**
   * Creates the contact, or changes the one that has the same key, or leaves it when nothing differs. Where the provider
   * cannot do that in one go, the contact is looked up and then written, and another writer can come between.
   */
  upsert<By extends RefKey, Outcome extends OutcomeOption = undefined>(
    input: UpsertInput<A> & KeyedBy<Extract<By, UpsertKey<A>>>,
    options: UpsertOptions<A, By, Outcome>,
  ): Promise<UpsertOf<A, Outcome>>
  /** Finds contacts by text: by the provider's own search, or else those in which every word occurs. */
  search(text: string, query?: PageQuery): Pager<ContactOf<A>>
  /** Counts contacts. */
  count(query?: CountQuery): Promise<number>
  /** Creates many. Nothing is sent before it is awaited or iterated over. */
  createMany(
    items: ItemSource<CreateInput<A>>,
    options?: BatchOptionsOf<A, 'createMany'> & WriteOptionsOf<A>,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Changes many; changes of one contact that is named in the same way each time are made in order. */
  updateMany(
    items: ItemSource<UpdateItem<NativeRef<A, 'update'>, UpdatePatch<A>>>,
    options?: BatchOptionsOf<A, 'updateMany'> & WriteOptionsOf<A> & LookupOptions,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** As above, by any key that takes reading the listing, which is then done once. */
  updateMany(
    items: ItemSource<UpdateItem<ScanRef<A, 'update'>, UpdatePatch<A>>>,
    options: BatchOptionsOf<A, 'updateMany'> & WriteOptionsOf<A> & ScanOptions,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Upserts many; items with the same key are done in order. */
  upsertMany<By extends RefKey, Outcome extends OutcomeOption = undefined>(
    items: ItemSource<UpsertInput<A> & KeyedBy<Extract<By, UpsertKey<A>>>>,
    options: BatchOptionsOf<A, 'upsertMany'> & UpsertOptions<A, By, Outcome> & WriteRun,
  ): BatchRun<UpsertOf<A, Outcome>>
  /** As above, or with `dryRun: true` only tells what would be done; nothing is written then. */
  upsertMany<By extends RefKey, Outcome extends OutcomeOption = undefined>(
    items: ItemSource<UpsertInput<A> & KeyedBy<Extract<By, UpsertKey<A>>>>,
    options: BatchOptionsOf<A, 'upsertMany'> & UpsertOptions<A, By, Outcome> & DryRun,
  ): BatchRun<PlannedUpsert<ContactOf<A>, UpsertOf<A, Outcome>['outcome']>>
  /** Deletes many. */
  deleteMany(
    items: ItemSource<NativeRef<A, 'delete'>>,
    options?: BatchOptionsOf<A, 'deleteMany'> & LookupOptions,
  ): BatchRun<BatchDeleted>
  /** As above, by any key that takes reading the listing, which is then done once. */
  deleteMany(
    items: ItemSource<ScanRef<A, 'delete'>>,
    options: BatchOptionsOf<A, 'deleteMany'> & ScanOptions,
  ): BatchRun<BatchDeleted>
  /** Conversations of a contact. */
  readonly conversations: GroupOf<A, 'conversations', ConversationsGroup<GroupRef<A>, GroupScanRef<A>>>
  /** Comments about a contact. */
  readonly comments: GroupOf<A, 'comments', CommentsGroup<GroupRef<A>, GroupScanRef<A>>>
  /** Files exchanged with a contact. */
  readonly files: GroupOf<A, 'files', FilesGroup<GroupRef<A>, GroupScanRef<A>>>
  /** What happened in a conversation. */
  readonly activities: GroupOf<A, 'activities', ActivitiesGroup>
  /** Pictures. */
  readonly avatar: GroupOf<A, 'avatar', AvatarGroup>
  /** The account's notices. */
  readonly notifications: GroupOf<A, 'notifications', NotificationsGroup>
  /** The single addresses and numbers of contacts. */
  readonly contactMethods: GroupOf<A, 'contactMethods', ContactMethodsGroup<GroupRef<A>, GroupScanRef<A>>>
  /**
   * Calls any other endpoint of the vendor, below the client's base URL, with its credentials, time limits, retries, limits and
   * hooks. Unless it is a GET, or said to be idempotent, it is not sent again when its answer is lost.
   *
   * @returns the JSON of the answer, whatever the vendor makes it; `undefined` for an empty one
   * @throws ContactsError `invalid_input` for a path that leads elsewhere
   */
  request(request: VendorRequest, options?: VendorRequestOptions): Promise<unknown>
}
