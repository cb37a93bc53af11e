import type { Contact } from '../model/contact.ts'
import type { ContactWrite, WritableField } from '../model/input.ts'
import type { Condition } from '../model/query.ts'
import type { Activity, ContactFile, Conversation } from '../model/records.ts'
import type { RefKey, ResolvedRef } from '../model/ref.ts'
import type { Capabilities } from './capabilities.ts'
import type { AdapterContext } from './context.ts'
import type {
  AdapterComments,
  AdapterContactMethods,
  AdapterNotifications,
  ConversationFilter,
  UploadSource,
} from './group-contract.ts'
import type {
  AdapterBatchOptions,
  AdapterItemResult,
  AdapterListQuery,
  AdapterPage,
  AdapterPageQuery,
  AdapterPlanQuery,
  AdapterUpdate,
  AdapterUpsertResult,
  FilterPlan,
} from './pages.ts'
import type { AdapterRequest } from './request.ts'

/**
 * The adapter contract: a plain object that says what a provider can do and has a method for each operation that it does
 * natively, no more. Everything else (validation, references, filters, paging, batches, emulation) is derived by the client.
 *
 * Methods get checked, normalized input and a context, and throw `ContactsError`.
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
  /** Short name, for example `chatbotkit`; it stands in every contact and error. */
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
  /**
   * The spelling under which the provider is known to store a value, for example E.164 for phone numbers. Keys are compared by it,
   * and a value that comes back so is stored as it was written. A phone's extension is taken off first.
   * @default the value itself
   */
  canonical?(field: WritableField, value: string): string
  /**
   * Whether the provider keeps the extension of a phone number. Where it does not, a number that has one is `unsupported_field` before
   * anything is sent: without its extension it would be another number. @default true
   */
  readonly keepsExtensions?: boolean
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
  ): Promise<AdapterUpsertResult<Contact<Raw>>>
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
  /** Upserts several in one request. Where exact outcomes are asked for and this one would answer `stored`, `upsert` is called for each. */
  upsertMany?(
    inputs: readonly ContactWrite[],
    by: RefKey,
    options: AdapterBatchOptions,
    context: AdapterContext<Vendor>,
  ): Promise<readonly AdapterItemResult<AdapterUpsertResult<Contact<Raw>>>[]>
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
  readonly comments?: AdapterComments
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

  /** Calls any endpoint and gives the JSON of its answer: the transport's `request` does what is asked for here. */
  request?(request: AdapterRequest, context: AdapterContext): Promise<unknown>
}

/** Any adapter. */
export type AnyAdapter = Adapter<Capabilities, unknown, unknown, unknown>
