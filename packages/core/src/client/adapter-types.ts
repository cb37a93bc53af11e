import type { Adapter, AnyAdapter } from '../adapter/adapter.ts'
import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput, ContactPatch, WritableField } from '../model/input.ts'
import type { RefBy, RefKey } from '../model/ref.ts'
import type { UpsertByKey, UpsertByScan } from './options.ts'

// What an adapter's declarations mean for the types of its client. The types are conditional also where a plain alias would do:
// an editor then shows what they come to, instead of the adapter with all its capabilities.

/** The contact type of an adapter: a {@link Contact} whose `raw` is the vendor's record. */
export type ContactOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer Raw, infer _Vendor, infer _Api> ? Contact<Raw> : Contact

/** The vendor-only fields that a write of this adapter can carry. */
export type VendorOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer _Raw, infer Vendor, infer _Api> ? Vendor : never

/** What an adapter declares of an operation, if it declares it. */
export type CapabilityOf<A extends AnyAdapter, Op extends OperationName> = NonNullable<A['capabilities'][Op]>

/** The operations that an adapter declares for sure. */
export type DeclaredOperation<A extends AnyAdapter> = {
  [Op in keyof A['capabilities']]-?: undefined extends A['capabilities'][Op] ? never : Op
}[keyof A['capabilities']] &
  OperationName

type FieldsOf<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly fields: readonly (infer Field)[] }
    ? Extract<Field, WritableField>
    : never

type NativeKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly by: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

type ScanKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly scan: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

/** The fields that an adapter's listing can be sorted by. */
export type OrderFields<A extends AnyAdapter> =
  CapabilityOf<A, 'list'> extends { readonly orderBy: readonly (infer Field)[] }
    ? Extract<Field, string>
    : never

/** What a create of this adapter can store: a field that its provider has not is a compile error. */
export type CreateInput<A extends AnyAdapter> =
  FieldsOf<A, 'create'> extends infer Field extends WritableField ? Pick<ContactInput, Field> : never

/** What an update of this adapter can change. */
export type UpdatePatch<A extends AnyAdapter> =
  Extract<FieldsOf<A, 'update'>, keyof ContactPatch> extends infer Field extends keyof ContactPatch
    ? Pick<ContactPatch, Field>
    : never

/** What an upsert of this adapter can store. */
export type UpsertInput<A extends AnyAdapter> =
  FieldsOf<A, 'upsert'> extends infer Field extends WritableField ? Pick<ContactInput, Field> : never

/** A reference that the provider looks up itself. */
export type NativeRef<A extends AnyAdapter, Op extends OperationName> =
  NativeKeys<A, Op> extends infer Key extends RefKey ? RefBy<Key> : never

/** A reference that is looked up by the provider itself or, when that was asked for, by reading its listing. */
export type ScanRef<A extends AnyAdapter, Op extends OperationName> =
  | NativeKeys<A, Op>
  | ScanKeys<A, Op> extends infer Key extends RefKey
  ? RefBy<Key>
  : never

/** The options of an upsert: which key tells whether the contact is there. */
export type UpsertOptions<A extends AnyAdapter> =
  | ([NativeKeys<A, 'upsert'>] extends [never] ? never : UpsertByKey<NativeKeys<A, 'upsert'>, VendorOf<A>>)
  | ([ScanKeys<A, 'upsert'>] extends [never] ? never : UpsertByScan<ScanKeys<A, 'upsert'>, VendorOf<A>>)
