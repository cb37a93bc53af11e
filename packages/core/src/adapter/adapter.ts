import type { Contact } from '../model/contact.ts'
import type { ContactMethod, ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodChange, ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactWrite, WritableField } from '../model/input.ts'
import type { Condition, OrderBy } from '../model/query.ts'
import type { Activity, Comment, ContactFile, Conversation, Notification } from '../model/records.ts'
import type { RefKey, ResolvedRef } from '../model/ref.ts'
import type { Capabilities } from './capabilities.ts'
import type { AdapterContext } from './context.ts'

/** One page of a listing. */
export interface AdapterPage<Item> {
  /** May be fewer than asked for, even none, while there is a `nextCursor`. */
  readonly items: readonly Item[]
  /** Where the listing goes on; absent at its end. */
  readonly nextCursor?: string | undefined
  /** How many match in all, over every page; absent when the provider does not tell. */
  readonly total?: number | undefined
  /** What the provider says beside the items, such as an unread count. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
}

/** A page to fetch. */
export interface AdapterPageQuery {
  /** How many items; already capped at `maxPageSize` where contacts are listed. @default the provider's */
  readonly pageSize?: number | undefined
  /** Where to go on: a `nextCursor` that the adapter gave. @default the start */
  readonly cursor?: string | undefined
}

/** A listing of contacts as an adapter gets it: only what its capabilities declare. */
export interface AdapterListQuery extends AdapterPageQuery {
  /** The conditions that the provider is to apply; all must hold. */
  readonly where: readonly Condition[]
  /** One of the declared `orderBy`. @default the provider's own order */
  readonly orderBy?: Required<OrderBy> | undefined
}

/** What is known of a query when its filters are planned. */
export interface AdapterPlanQuery {
  /** One of the declared `orderBy`. @default the provider's own order */
  readonly orderBy?: Required<OrderBy> | undefined
}

/** How a provider answers a query. */
export interface FilterPlan {
  /**
   * The conditions that go to the provider. Its answer must hold every contact that meets all conditions of the query; that it
   * holds others too does no harm, because every condition is applied again here.
   */
  readonly pushed: readonly Condition[]
  /** Whether the answer holds no other contacts: only then do the provider's totals and counts count. */
  readonly exact: boolean
  /** Whether the answer reaches every contact that matches. @default as `list` declares */
  readonly complete?: boolean | undefined
  /** Whether a page tells how many match. @default as `list` declares */
  readonly total?: boolean | undefined
  /** The most contacts in one page. @default as `list` declares */
  readonly maxPageSize?: number | undefined
}

/** What an upsert did. */
export type UpsertOutcome = 'created' | 'updated' | 'unchanged'

/** A contact after an upsert, and what the upsert did. */
export interface UpsertResult<C extends Contact = Contact> {
  /** The contact as stored. */
  readonly contact: C
  /** What it took. */
  readonly outcome: UpsertOutcome
}

/** One item's fate in a native batch: the result, or the error. */
export type AdapterItemResult<Result> = { readonly value: Result } | { readonly error: unknown }

/** A change of one contact in a native batch. */
export interface AdapterUpdate {
  /** Whom to change, by a key that `update.by` declares. */
  readonly ref: ResolvedRef
  /** What to change. */
  readonly patch: ContactWrite
}

/** How a native batch is to be done. */
export interface AdapterBatchOptions {
  /** All or nothing; only where the capability says `atomic`. */
  readonly atomic: boolean
}

/** A file to upload. */
export interface UploadSource {
  /** The bytes of the file. */
  readonly data: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>
  /** @default the File's own name, else `avatar` */
  readonly name?: string | undefined
  /** Media type. @default the Blob's own type, else `application/octet-stream` */
  readonly type?: string | undefined
}

/**
 * The adapter contract: a plain object that says what a provider can do and has a method for each operation that it does
 * natively, no more. Everything else (validation, references, filters, paging, batches, emulation) is derived by the client.
 *
 * Methods get checked, normalized input and a context, and throw {@link ContactsError}.
 *
 * @typeParam C - the capabilities, as a literal
 * @typeParam Raw - the vendor's contact record
 * @typeParam Vendor - the vendor-only fields of a write
 * @typeParam Api - the vendor-shaped client
 */
export interface Adapter<
  C extends Capabilities = Capabilities,
  Raw = unknown,
  Vendor = unknown,
  Api = unknown,
> {
  /** The version of this contract. */
  readonly specVersion: 1
  /** Short name, such as `chatbotkit`; it stands in every contact and error. */
  readonly provider: string
  /** What the provider can do; the types of the client follow from it. */
  readonly capabilities: C
  /** The vendor-shaped client underneath. */
  readonly api: Api

  /** One page of contacts. */
  list?(query: AdapterListQuery, context: AdapterContext): Promise<AdapterPage<Contact<Raw>>>
  /** Every contact from `query.cursor` on, in batches of whatever size they arrive in: where that is cheaper than pages. */
  stream?(query: AdapterListQuery, context: AdapterContext): AsyncIterable<readonly Contact<Raw>[]>
  /** The cursors of the pages after the first, where they can be known from it, so that several can be fetched at once. */
  laterCursors?(first: AdapterPage<Contact<Raw>>, query: AdapterListQuery): Iterable<string>
  /**
   * Plans a query: which conditions go to the provider, and what then holds of the answer. Whatever the provider's limits are (so
   * many filters at a time, a route that reaches only so many contacts) counts here.
   * @default every condition that `list.where` declares is pushed, and the answer is exact when that is all of them
   */
  planWhere?(conditions: readonly Condition[], query: AdapterPlanQuery): FilterPlan
  /** @deprecated write `planWhere` */
  canFilter?(condition: Condition): boolean
  /**
   * The spelling under which the provider is known to store a value, for example E.164 for phone numbers. Keys are compared by it,
   * and a value that comes back so is stored as it was written. A phone's extension is taken off first.
   * @default the value itself
   */
  canonical?(field: WritableField, value: string): string
  /**
   * What the provider answers to a write: the record, or its id alone, so that the adapter reads the record afterwards. What is
   * read may lag behind, and is then read once more. @default 'record'
   */
  readonly writesAnswer?: 'record' | 'id'
  /** By a key that `get.by` declares; throws `not_found`, and `ambiguous` when several match. */
  get?(ref: ResolvedRef, context: AdapterContext): Promise<Contact<Raw>>
  /** Creates a contact and gives the record as stored. */
  create?(input: ContactWrite, context: AdapterContext<Vendor>): Promise<Contact<Raw>>
  /** By a key that `update.by` declares. */
  update?(ref: ResolvedRef, patch: ContactWrite, context: AdapterContext<Vendor>): Promise<Contact<Raw>>
  /** By a key that `delete.by` declares. */
  delete?(ref: ResolvedRef, context: AdapterContext): Promise<void>
  /** By a key that `upsert.by` declares. */
  upsert?(
    input: ContactWrite,
    by: RefKey,
    context: AdapterContext<Vendor>,
  ): Promise<UpsertResult<Contact<Raw>>>
  /** One page of the contacts that the provider finds by text. */
  search?(text: string, query: AdapterPageQuery, context: AdapterContext): Promise<AdapterPage<Contact<Raw>>>
  /** How many match; only where the provider applies every condition. */
  count?(where: readonly Condition[], context: AdapterContext): Promise<number>

  /** Creates several in one request; a result for each, in their order. */
  createMany?(
    inputs: readonly ContactWrite[],
    options: AdapterBatchOptions,
    context: AdapterContext<Vendor>,
  ): Promise<readonly AdapterItemResult<Contact<Raw>>[]>
  /** Changes several in one request. */
  updateMany?(
    updates: readonly AdapterUpdate[],
    options: AdapterBatchOptions,
    context: AdapterContext<Vendor>,
  ): Promise<readonly AdapterItemResult<Contact<Raw>>[]>
  /** Upserts several in one request. */
  upsertMany?(
    inputs: readonly ContactWrite[],
    by: RefKey,
    options: AdapterBatchOptions,
    context: AdapterContext<Vendor>,
  ): Promise<readonly AdapterItemResult<UpsertResult<Contact<Raw>>>[]>
  /** Deletes several in one request. */
  deleteMany?(
    refs: readonly ResolvedRef[],
    options: AdapterBatchOptions,
    context: AdapterContext,
  ): Promise<readonly AdapterItemResult<void>[]>

  /** The conversations of contacts. */
  readonly conversations?: {
    /** One page of a contact's conversations. */
    list?(
      contactId: string,
      query: AdapterPageQuery & ConversationFilter,
      context: AdapterContext,
    ): Promise<AdapterPage<Conversation>>
  }
  /** The comments about contacts. */
  readonly comments?: {
    /** One page of the comments about a contact. */
    list?(
      contactId: string,
      query: AdapterPageQuery & ConversationFilter,
      context: AdapterContext,
    ): Promise<AdapterPage<Comment>>
  }
  /** The files of contacts. */
  readonly files?: {
    /** One page of the files exchanged with a contact. */
    list?(
      contactId: string,
      query: AdapterPageQuery,
      context: AdapterContext,
    ): Promise<AdapterPage<ContactFile>>
  }
  /** The activities of conversations. */
  readonly activities?: {
    /** One page of what happened in a conversation. */
    list?(
      conversationId: string,
      query: AdapterPageQuery,
      context: AdapterContext,
    ): Promise<AdapterPage<Activity>>
  }
  /** Pictures. */
  readonly avatar?: {
    /** Uploads one and tells its URL. */
    upload?(source: UploadSource, context: AdapterContext): Promise<{ readonly url: string }>
  }
  /** The account's notices. */
  readonly notifications?: AdapterNotifications
  /** The single addresses and numbers of contacts. */
  readonly contactMethods?: AdapterContactMethods
}

/** Narrows the conversations or comments of a contact. */
export interface ConversationFilter {
  /** Only those on these channels, in the provider's own words. @default all */
  readonly channelTypes?: readonly string[] | undefined
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

/** Any adapter. */
export type AnyAdapter = Adapter<Capabilities, unknown, unknown, unknown>
