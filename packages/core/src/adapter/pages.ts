import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import type { Condition, OrderBy } from '../model/query.ts'
import type { ResolvedRef } from '../model/ref.ts'

/** One page of a listing. */
export interface AdapterPage<Item> {
  /** May be fewer than asked for, even none, while there is a `nextCursor`. */
  readonly items: readonly Item[]
  /** Where the listing goes on; absent at its end. */
  readonly nextCursor?: string | undefined
  /** How many match in all, over every page; absent when the provider does not tell. */
  readonly total?: number | undefined
  /** What the provider says beside the items, for example an unread count. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  /**
   * Where the query's `overlap` was followed: how many of the first items come before the cursor's place; 0 says that none is there.
   * @default it was not followed
   */
  readonly overlap?: number | undefined
  /** Where the query's `overlap` was followed, so that there are fewer items than asked for: the cursor after one, by its place among all. */
  readonly cursorAfter?: ((at: number) => string) | undefined
}

/** A page to fetch. */
export interface AdapterPageQuery {
  /** How many items; already capped at `maxPageSize` where contacts are listed. @default the provider's */
  readonly pageSize?: number | undefined
  /** Where to go on: a `nextCursor` that the adapter gave. @default the start */
  readonly cursor?: string | undefined
  /**
   * Whether the last item of the page before is wanted too, in front: it tells whether others moved over the border meanwhile. Only
   * where pages are numbered, and need not be followed.
   * @default false
   */
  readonly overlap?: boolean | undefined
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

/** A contact after an adapter's own upsert, and what the adapter tells of what the upsert did. */
export interface AdapterUpsertResult<C extends Contact = Contact> {
  /** The contact as stored. */
  readonly contact: C
  /**
   * What it took. `stored`: it was there already, and whether it differed is not known; only where `upsert.outcome` of the
   * capabilities says so, and not in a single upsert for which the context says `exactOutcome`.
   */
  readonly outcome: UpsertOutcome | 'stored'
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
