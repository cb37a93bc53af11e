import type { ContactsErrorIssue } from '@anycontact/core'

/** One thing wrong with an input, and where: an element of `ValidationError.issues`. */
export type ValidationIssue = ContactsErrorIssue

/** The types of contact method; the vendor's guide leaves `mobile` out, its API has it. */
export type ContactMethodType = 'email' | 'phone' | 'mobile' | 'fax' | 'other'

/** A contact method as the vendor's SDK gives it: times are `Date` objects. */
export interface ContactMethod {
  /** Its id, a UUID by the vendor's OpenAPI file. */
  id: string
  /** The client that it belongs to. */
  clientId: string
  /** What kind of address it is. */
  type: ContactMethodType
  /** The address or number itself. */
  value: string
  /** What the user calls it; absent when it has none. */
  label?: string | undefined
  /** At most one a client and type is. */
  isPrimary: boolean
  /** Whether the vendor has verified it. */
  isVerified: boolean
  /** `null` when it was never verified. */
  verifiedAt: Date | null
  /** Its id in the caller's system; absent when it has none. */
  externalId?: string | undefined
  /** Fields of the caller's own; absent when there are none. */
  metadata?: Record<string, unknown> | undefined
  /** When it was made. */
  createdAt: Date
  /** When it was last changed. */
  updatedAt: Date
}

/** The fields of an update; what is absent stays as it is. */
export interface ContactMethodUpdate {
  /** The client that it belongs to. */
  readonly clientId?: string | undefined
  /** What kind of address it is. */
  readonly type?: ContactMethodType | undefined
  /** The address or number itself: not empty. */
  readonly value?: string | undefined
  /** Making one primary clears the flag on the others of its type, server side. */
  readonly isPrimary?: boolean | undefined
  /** What the user calls it. */
  readonly label?: string | undefined
  /** `null` clears, where the server takes it: the published type is text. */
  readonly externalId?: string | null | undefined
  /** Whether it replaces what is stored or is merged into it is not published. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

/** The fields of a new contact method. */
export interface ContactMethodCreate extends Omit<ContactMethodUpdate, 'externalId'> {
  /** The client that it is to belong to. */
  readonly clientId: string
  /** What kind of address it is. */
  readonly type: ContactMethodType
  /** The address or number itself: not empty. */
  readonly value: string
  /** Its id in the caller's system: unique. */
  readonly externalId?: string | undefined
}

/** The fields of an upsert, whose external id is given apart. Without `isPrimary` the method is not primary afterwards. */
export type ContactMethodUpsert = Omit<ContactMethodCreate, 'externalId'>

/** An upsert in a batch, with its external id. */
export interface ContactMethodUpsertItem extends ContactMethodUpsert {
  /** Tells whether the method is there. */
  readonly externalId: string
}

/** An update in a batch. */
export interface ContactMethodUpdateItem {
  /** Which method. */
  readonly id: string
  /** What to change of it. */
  readonly data: ContactMethodUpdate
}

/** One entry of a sync: with an `id` it changes that method, or deletes it; without one it makes a new one. */
export interface ContactMethodSyncItem extends Omit<ContactMethodUpdate, 'clientId'> {
  /** Which method; absent for a new one. */
  readonly id?: string | undefined
  /** Deletes the method that `id` names. */
  readonly _delete?: boolean | undefined
}

/** The conditions that a filter can hold a value to. Published for a sibling resource; `contains` for text alone. */
export interface FilterOperators<Value> {
  /** Is this value. */
  readonly eq?: Value | undefined
  /** Is one of these. */
  readonly in?: readonly Value[] | undefined
  /** Is none of these. */
  readonly nin?: readonly Value[] | undefined
  /** Has this part. */
  readonly contains?: string | undefined
}

/** A value to be equal to, or operators; see `oneOf()` and `contains()`. */
export type FilterValue<Value> = Value | FilterOperators<Value>

/** A metadata value to be equal to. */
export interface MetadataFilter {
  /** The metadata's key. */
  readonly key: string
  /** Its value, as text. */
  readonly value: string
}

/** Which contact methods; all of the conditions must hold. */
export interface ContactMethodFilter {
  /** By its id. */
  readonly id?: FilterValue<string> | undefined
  /** By the client that it belongs to. */
  readonly clientId?: FilterValue<string> | undefined
  /** By its kind. */
  readonly type?: FilterValue<ContactMethodType> | undefined
  /** By the address or number. */
  readonly value?: FilterValue<string> | undefined
  /** By whether it is the primary of its type. */
  readonly isPrimary?: FilterValue<boolean> | undefined
  /** By its id in the caller's system. */
  readonly externalId?: FilterValue<string> | undefined
  /** By when it was made. */
  readonly createdAt?: FilterValue<Date | string> | undefined
  /** By when it was last changed. */
  readonly updatedAt?: FilterValue<Date | string> | undefined
  /** By its metadata: all of these pairs. */
  readonly metadataFilters?: readonly MetadataFilter[] | undefined
}

/** What to list. */
export interface ContactMethodListRequest {
  /** Which contact methods. @default all */
  readonly filter?: ContactMethodFilter | undefined
  /** The names inside an entry are not published. */
  readonly sort?: readonly Readonly<Record<string, unknown>>[] | undefined
  /** The `nextCursor` of an earlier page. */
  readonly cursor?: string | null | undefined
  /** For numbered pages, instead of a cursor. */
  readonly offset?: number | undefined
  /** 1 to 200. @default 20 */
  readonly limit?: number | undefined
  /** @default false */
  readonly includeTotalCount?: boolean | undefined
}

/** Which page of a client's contact methods. */
export type ContactMethodPageRequest = Pick<ContactMethodListRequest, 'cursor' | 'limit'>

/** One page of contact methods. */
export interface ContactMethodList {
  /** The contact methods of the page. */
  data: ContactMethod[]
  /** Where it goes on. */
  pagination: {
    /** Whether there are more. */
    hasMore: boolean
    /** Absent at the end. */
    nextCursor?: string | undefined
    /** Right only when it was asked for. */
    totalCount?: number | undefined
  }
}

/** How a batch is done. */
export interface BatchRequestOptions<Atomic extends boolean = boolean> {
  /** All or nothing. @default true */
  readonly atomic?: Atomic | undefined
}

/** The result of a batch that was done as a whole. */
export interface AtomicBatchResult<Result> {
  /** All or nothing was asked for. */
  atomic: true
  /** The result of each item, in their order. */
  data: Result[]
}

/** An item of a batch that was done. */
export interface BatchItemSuccess<Result> {
  /** Its position in the array that was given. */
  index: number
  /** Its result. */
  data: Result
}

/** Why an item of a batch was not done. */
export interface BatchItemError {
  /** The vendor's words. */
  message: string
  /** The vendor's code, where it gives one. */
  code?: string
}

/** An item of a batch that was not done. */
export interface BatchItemFailure {
  /** Its position in the array that was given. */
  index: number
  /** Why. */
  error: BatchItemError
}

/** The result of a batch of which some items may have failed; indexes are positions in the array that was given. */
export interface PartialBatchResult<Result> {
  /** Each item was done for itself. */
  atomic: false
  /** The items that were done. */
  succeeded: BatchItemSuccess<Result>[]
  /** The items that were not, and why. */
  failed: BatchItemFailure[]
}

/** The result of a batch, of the mode that was asked for; of either, where that is not known. */
export type BatchResult<Result, Atomic extends boolean = boolean> = Atomic extends true
  ? AtomicBatchResult<Result>
  : PartialBatchResult<Result>

/** A contact method after an upsert, and what the upsert did. */
export interface UpsertResult {
  /** The contact method as it is now. */
  data: ContactMethod
  /** What was done; `skipped` when nothing differed. */
  action: 'created' | 'updated' | 'skipped'
}

/** How a sync is done. */
export interface ContactMethodSyncOptions {
  /** Deletes the client's methods that no item names. @default false */
  readonly replaceMode?: boolean | undefined
}

/** A sync in one object, as the API takes it. */
export interface ContactMethodSyncRequest extends ContactMethodSyncOptions {
  readonly items: readonly ContactMethodSyncItem[]
}

/** What a sync did. */
export interface ContactMethodSyncResult {
  /** Those that were made. */
  created: ContactMethod[]
  /** Those that were changed. */
  updated: ContactMethod[]
  /** The ids of those that were deleted. */
  deleted: string[]
}
