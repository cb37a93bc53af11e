import type { Adapter, AnyAdapter } from '../adapter/adapter.ts'
import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { UpsertResult } from '../adapter/pages.ts'
import type { ListQuery } from '../model/query.ts'
import type { Pager } from '../pager.ts'
import type {
  CapabilityOf,
  ContactOf,
  CreateInput,
  DeclaredOperation,
  NativeRef,
  OrderFields,
  ScanRef,
  UpdatePatch,
  UpsertInput,
  UpsertOptions,
  VendorOf,
} from './adapter-types.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import type { QueryPlan } from './explain.ts'
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
  LookupOptions,
  PageQuery,
  ScanOptions,
  UpdateItem,
  UpdateOptions,
  UpdateScanOptions,
  WriteOptions,
} from './options.ts'

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
  create(input: CreateInput<A>, options?: WriteOptions<VendorOf<A>>): Promise<ContactOf<A>>
  /**
   * Changes a contact and gives the record as stored. `undefined` leaves a field, `null` clears it, arrays replace, custom
   * fields merge by key. A patch without any field writes nothing.
   * @throws ContactsError `not_found` when it is not there
   */
  update(
    ref: NativeRef<A, 'update'>,
    patch: UpdatePatch<A>,
    options?: UpdateOptions<VendorOf<A>>,
  ): Promise<ContactOf<A>>
  /** As above, by any key that takes reading the listing. */
  update(
    ref: ScanRef<A, 'update'>,
    patch: UpdatePatch<A>,
    options: UpdateScanOptions<VendorOf<A>>,
  ): Promise<ContactOf<A>>
  /** Deletes a contact. @throws ContactsError `not_found` when it is not there */
  delete(ref: NativeRef<A, 'delete'>, options?: LookupOptions): Promise<void>
  /** As above, by any key that takes reading the listing. */
  delete(ref: ScanRef<A, 'delete'>, options: ScanOptions): Promise<void>
  /**
   * Creates the contact, or changes the one that has the same key, or leaves it when nothing differs. Where the provider
   * cannot do that in one go, the contact is looked up and then written, and another writer can come between.
   */
  upsert(input: UpsertInput<A>, options: UpsertOptions<A>): Promise<UpsertResult<ContactOf<A>>>
  /** Finds contacts by text: by the provider's own search, or else those in which every word occurs. */
  search(text: string, query?: PageQuery): Pager<ContactOf<A>>
  /** Counts contacts. */
  count(query?: CountQuery): Promise<number>
  /** Creates many. Nothing is sent before it is awaited or iterated over. */
  createMany(
    items: ItemSource<CreateInput<A>>,
    options?: BatchOptions & WriteOptions<VendorOf<A>>,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Changes many; changes of one contact that is named in the same way each time are made in order. */
  updateMany(
    items: ItemSource<UpdateItem<NativeRef<A, 'update'>, UpdatePatch<A>>>,
    options?: BatchOptions & UpdateOptions<VendorOf<A>>,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** As above, by any key that takes reading the listing, which is then done once. */
  updateMany(
    items: ItemSource<UpdateItem<ScanRef<A, 'update'>, UpdatePatch<A>>>,
    options: BatchOptions & UpdateScanOptions<VendorOf<A>>,
  ): BatchRun<BatchContact<ContactOf<A>>>
  /** Upserts many; items with the same key are done in order. */
  upsertMany(
    items: ItemSource<UpsertInput<A>>,
    options: BatchOptions & UpsertOptions<A>,
  ): BatchRun<UpsertResult<ContactOf<A>>>
  /** Deletes many. */
  deleteMany(
    items: ItemSource<NativeRef<A, 'delete'>>,
    options?: BatchOptions & LookupOptions,
  ): BatchRun<BatchDeleted>
  /** As above, by any key that takes reading the listing, which is then done once. */
  deleteMany(
    items: ItemSource<ScanRef<A, 'delete'>>,
    options: BatchOptions & ScanOptions,
  ): BatchRun<BatchDeleted>
  /** Conversations of a contact. */
  readonly conversations: GroupOf<A, 'conversations', ConversationsGroup>
  /** Comments about a contact. */
  readonly comments: GroupOf<A, 'comments', CommentsGroup>
  /** Files exchanged with a contact. */
  readonly files: GroupOf<A, 'files', FilesGroup>
  /** What happened in a conversation. */
  readonly activities: GroupOf<A, 'activities', ActivitiesGroup>
  /** Pictures. */
  readonly avatar: GroupOf<A, 'avatar', AvatarGroup>
  /** The account's notices. */
  readonly notifications: GroupOf<A, 'notifications', NotificationsGroup>
  /** The single addresses and numbers of contacts. */
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
  supports(operation: DeclaredOperation<A>): true
  /** As above, of an operation that the provider may not have. */
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
