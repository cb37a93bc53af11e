import type { AnyAdapter } from '../adapter/adapter.ts'
import type { UpsertOutcome, UpsertResult } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { RefKey } from '../model/ref.ts'
import type { CapabilityOf, ContactOf, NativeKeys, ScanKeys, WriteOptionsOf } from './adapter-types.ts'
import type { LookupOptions, ScanOptions, UpsertBy } from './options.ts'

/** The keys that an upsert of this adapter can go by. */
export type UpsertKey<A extends AnyAdapter> =
  | NativeKeys<A, 'upsert'>
  | ScanKeys<A, 'upsert'> extends infer Key extends RefKey
  ? Key
  : never

/** Whether a call asks for exact outcomes; `undefined` when it does not. */
export type OutcomeOption = 'exact' | undefined

/**
 * The options of an upsert: the key that tells whether the contact is there, and `scan: true` where that key takes it.
 *
 * @typeParam By - the key
 * @typeParam Outcome - `'exact'` when the call asks for it
 */
export type UpsertOptions<
  A extends AnyAdapter,
  By extends RefKey = UpsertKey<A>,
  Outcome extends OutcomeOption = OutcomeOption,
> = UpsertBy<By extends UpsertKey<A> ? By : UpsertKey<A>, Outcome> &
  WriteOptionsOf<A> &
  ([By] extends [NativeKeys<A, 'upsert'>] ? LookupOptions : ScanOptions)

/**
 * What an upsert's input must have: the key that it goes by. Where the program chooses one of several keys as it runs, the key is
 * looked for when the call is made.
 *
 * @typeParam By - the key, or several of which one is meant
 */
export type KeyedBy<By extends RefKey> = IsOne<By> extends true ? { readonly [Key in By]: string } : unknown

type IsOne<Key, Every = Key> = [Every] extends [never]
  ? false
  : Key extends Every
    ? [Every] extends [Key]
      ? true
      : false
    : never

/** A contact after an upsert, where the provider may not tell what the upsert did. */
export interface StoredUpsert<C extends Contact = Contact> {
  /** The contact as stored. */
  readonly contact: C
  /** What it took; `stored` where it was updated or unchanged, and telling which would have cost a read. */
  readonly outcome: UpsertOutcome | 'stored'
}

/** What an upsert of this adapter gives: `stored` can be an outcome only where the adapter says so and the call does not ask for more. */
export type UpsertOf<A extends AnyAdapter, Outcome extends OutcomeOption = undefined> =
  CapabilityOf<A, 'upsert'> extends { readonly outcome: 'stored' }
    ? [Outcome] extends ['exact']
      ? UpsertResult<ContactOf<A>>
      : StoredUpsert<ContactOf<A>>
    : UpsertResult<ContactOf<A>>

/** What an upsert would do, as far as can be known without writing. */
export type PlannedUpsert<C extends Contact = Contact, Outcome extends string = UpsertOutcome> = {
  /** What it would take. */
  readonly outcome: Outcome
  /** The contact as it is now; absent when it would be created. */
  readonly contact?: C
}
