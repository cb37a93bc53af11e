import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { ContactPatch, WritableField } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'

/** By which keys code names contacts. */
export interface KeyNeed {
  /** The keys that must work as they are. @default 'id', where `scan` is not given */
  readonly by?: RefKey
  /** The keys that must work with `{ scan: true }`, which every provider that looks them up itself takes too. @default none */
  readonly scan?: RefKey
}

/** What code needs of the fields of a write. */
export interface FieldNeed<Field extends WritableField = WritableField> {
  /** The fields that must be stored. @default any, which is looked at when the call is made */
  readonly fields?: Field
}

/** What code needs of a batch. */
export interface BatchNeed {
  /** Whether it must be able to do all or nothing. @default false */
  readonly atomic?: true
}

/** What code needs of a lookup: that it is there, by which keys, or by which keys and scans. */
export type LookupNeed = true | RefKey | KeyNeed

/** What code needs of creates: that they are there, or which fields they store. */
export type CreateNeed = true | WritableField | FieldNeed

/** What code needs of updates: that they are there, or by which keys and of which fields. */
export type UpdateNeed = true | (KeyNeed & FieldNeed<keyof ContactPatch>)

/** What code needs of upserts: that they are there, or by which keys and of which fields. */
export type UpsertNeed = true | (KeyNeed & FieldNeed)

type GroupNeed<Name extends OperationName> = true | keyof NonNullable<Capabilities[Name]>

/**
 * What code needs of a client, by operation. `true` needs the operation and no more; a key, a field or an object says which keys
 * and fields must work, and the client then takes these and no others. Several are a union.
 *
 * @example
 * ```ts
 * interface LeadNeeds {
 *   list: { orderBy: 'createdAt' }
 *   find: { by: 'id'; scan: 'email' }
 *   create: 'name' | 'email'
 *   upsert: { by: 'externalId'; fields: 'name' | 'email' }
 * }
 * declare const contacts: ContactsWith<LeadNeeds>
 * ```
 */
export interface ContactsNeeds {
  /** Listing contacts, or also the fields that it must sort by. */
  readonly list?: true | { readonly orderBy: string }
  /** Reading one contact. */
  readonly get?: LookupNeed
  /** Reading one contact that may not be there. */
  readonly find?: LookupNeed
  /** Creating a contact. */
  readonly create?: CreateNeed
  /** Changing a contact. */
  readonly update?: UpdateNeed
  /** Deleting a contact. */
  readonly delete?: LookupNeed
  /** Creating a contact, or changing the one that is there. */
  readonly upsert?: UpsertNeed
  /** Finding contacts by text. */
  readonly search?: true
  /** Counting contacts. */
  readonly count?: true
  /** Creating many contacts. */
  readonly createMany?: CreateNeed | (FieldNeed & BatchNeed)
  /** Changing many contacts. */
  readonly updateMany?: UpdateNeed | (KeyNeed & FieldNeed<keyof ContactPatch> & BatchNeed)
  /** Upserting many contacts. */
  readonly upsertMany?: UpsertNeed | (KeyNeed & FieldNeed & BatchNeed)
  /** Deleting many contacts. */
  readonly deleteMany?: LookupNeed | (KeyNeed & BatchNeed)
  /** The conversations of a contact: all methods, or those named. */
  readonly conversations?: GroupNeed<'conversations'>
  /** The comments about a contact: all methods, or those named. */
  readonly comments?: GroupNeed<'comments'>
  /** The files exchanged with a contact: all methods, or those named. */
  readonly files?: GroupNeed<'files'>
  /** What happened in a conversation: all methods, or those named. */
  readonly activities?: GroupNeed<'activities'>
  /** Pictures of contacts: all methods, or those named. */
  readonly avatar?: GroupNeed<'avatar'>
  /** The notices to the account's user: all methods, or those named. */
  readonly notifications?: GroupNeed<'notifications'>
  /** The single addresses and numbers of contacts: all methods, or those named. */
  readonly contactMethods?: GroupNeed<'contactMethods'>
  /** Calling any other endpoint of the vendor. */
  readonly request?: true
}

/** Names of operations, or needs by operation. */
export type Needed = OperationName | ContactsNeeds

/** Needs by operation: a name alone needs the operation and no more. */
export type NeedsOf<N extends Needed> = [N] extends [OperationName] ? { readonly [Op in N]: true } : N

/** The operations that are needed. */
export type NeededOperation<N extends Needed> = keyof NeedsOf<N> & OperationName

/** What is needed of some operations, of one or the other; `never` where none of them is needed. */
export type NeedOf<N extends Needed, Op extends OperationName> = {
  [Name in Op & NeededOperation<N>]: NeedsOf<N>[Name]
}[Op & NeededOperation<N>]

/** The keys that must work as they are. `Any` stands for what `true` needs. */
export type ByOf<Need, Any> = Need extends true
  ? Any
  : Need extends string
    ? Need
    : Need extends { readonly by: infer Key }
      ? Key
      : Need extends { readonly scan: RefKey }
        ? never
        : 'id'

/** The keys that must work with a scan. */
export type ScanOf<Need, Any> = Need extends true
  ? Any
  : Need extends { readonly scan: infer Key }
    ? Key
    : never

/** The fields that must be stored. `Any` stands for what is not said. */
export type FieldOf<Need, Any> = Need extends true
  ? Any
  : Need extends string
    ? Need
    : Need extends { readonly fields: infer Field }
      ? Field
      : Any

/** The fields that listings must be sorted by. */
export type OrderOf<Need, Any> = Need extends { readonly orderBy: infer Field } ? Field : Any
