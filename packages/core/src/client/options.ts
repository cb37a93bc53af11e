import type { ContactsWarning } from '../adapter/context.ts'
import type { CallOptions } from '../call/settings.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactPatch } from '../model/input.ts'
import type { ListQuery } from '../model/query.ts'
import type { ContactRef, RefKey } from '../model/ref.ts'
import type { BatchOptions } from './batch-types.ts'

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
  /** Allows looking the contact up by reading the provider's whole listing. */
  readonly scan: true
}

/** The options of a write that holds for every provider. */
export interface PlainWriteOptions extends CallOptions {
  /** What to do with a field that the provider cannot store, for this write alone. @default the client's */
  readonly unsupportedFields?: 'throw' | 'drop' | undefined
  /** Told of each field that is left out of this write, beside the client's own `onWarning`. */
  readonly onWarning?: ((warning: ContactsWarning) => void) | undefined
}

/** The options of a write. */
export interface WriteOptions<Vendor = unknown> extends PlainWriteOptions {
  /** Fields that only this vendor has, in its own words. */
  readonly vendor?: Vendor | undefined
}

/** The options of an update: those of a write, and those of finding the contact. */
export interface UpdateOptions<Vendor = unknown> extends WriteOptions<Vendor>, LookupOptions {}

/** The options of an update that may read the whole listing to find the contact. */
export interface UpdateScanOptions<Vendor = unknown> extends WriteOptions<Vendor>, ScanOptions {}

/** What an upsert goes by. */
export interface UpsertBy<
  Key extends RefKey = RefKey,
  Outcome extends 'exact' | undefined = 'exact' | undefined,
> {
  /** The field that tells whether the contact is there; the input must have it. */
  readonly by: Key
  /**
   * Asks a provider that may answer `stored` to tell `updated` from `unchanged`, which can cost a read. No difference where the
   * provider always tells.
   * @default as the provider finds cheaper
   */
  readonly outcome?: Outcome
}

/** The options of a batch whose provider cannot do all or nothing. */
export interface ItemwiseBatchOptions extends BatchOptions {
  /** Each item for itself: this provider cannot do all or nothing. */
  readonly atomic?: false | undefined
}

/** Asks an `upsertMany` to write. */
export interface WriteRun {
  /** @default false */
  readonly dryRun?: false | undefined
  /**
   * What to do with an item whose key an earlier item of the batch has: write it too, over the other one, or let it fail as `conflict`.
   * For `conflict` the keys of the whole batch are kept in memory, some hundred bytes each.
   * @default 'upsert'
   */
  readonly repeatedKeys?: 'upsert' | 'conflict' | undefined
}

/** Asks an `upsertMany` what it would do. */
export interface DryRun extends Omit<WriteRun, 'dryRun'> {
  /** Whether only to tell what would be done, and to write nothing. What the provider itself would refuse is not known then. */
  readonly dryRun: boolean
}

/** Which contacts to count: all of a listing's query but its `cursor`, so that one query serves both. */
export interface CountQuery extends Omit<ListQuery, 'cursor'> {}

/** How to page through search results, comments and the like. */
export interface PageQuery extends CallOptions {
  /** How many items the provider is asked for at a time; it may give fewer. @default the provider's */
  readonly pageSize?: number | undefined
  /** The `nextCursor` of an earlier page: the listing goes on after it. */
  readonly cursor?: string | undefined
}

/** One change in an `updateMany`. */
export interface UpdateItem<Ref = ContactRef, Patch = ContactPatch> {
  /** Whom to change. */
  readonly ref: Ref
  /** What to change. */
  readonly patch: Patch
}

/** What a batch knows of an item that was written. */
export interface BatchContact<C extends Contact = Contact> {
  /** The contact as stored. */
  readonly contact: C
}

/** What a batch knows of an item that was deleted: nothing more than that it was. */
export type BatchDeleted = Readonly<Record<never, never>>
