import type { Adapter, AnyAdapter } from '../adapter/adapter.ts'
import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput, ContactPatch, WritableField } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'
import type {
  CustomFieldsInput,
  DeclaredContact,
  DeclaredFields,
  DeclaredFieldsOf,
} from './custom-field-types.ts'
import type { PlainWriteOptions, WriteOptions } from './options.ts'

// What an adapter's declarations mean for the types of its client. The types are conditional also where a plain alias would do:
// an editor then shows what they come to, instead of the adapter with all its capabilities.

/** The contact type of an adapter: a {@link Contact} whose `raw` is the vendor's record, with the custom fields that are declared. */
export type ContactOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer Raw, infer _Vendor, infer _Api>
    ? DeclaredContact<Raw, DeclaredFieldsOf<A>>
    : Contact

/** The vendor-only fields that a write of this adapter can carry. */
export type VendorOf<A extends AnyAdapter> =
  A extends Adapter<Capabilities, infer _Raw, infer Vendor, infer _Api> ? Vendor : never

/** The options of a write of this adapter. Code for any provider, whose `Vendor` is `undefined`, has no `vendor` to give. */
export type WriteOptionsOf<A extends AnyAdapter> = [undefined] extends [VendorOf<A>]
  ? [unknown] extends [VendorOf<A>]
    ? WriteOptions
    : PlainWriteOptions
  : WriteOptions<VendorOf<A>>

/** What an adapter declares of an operation, if it declares it. */
export type CapabilityOf<A extends AnyAdapter, Op extends OperationName> = NonNullable<A['capabilities'][Op]>

/** The operations that an adapter declares for sure. */
export type DeclaredOperation<A extends AnyAdapter> = {
  [Op in keyof A['capabilities'] & OperationName]-?: undefined extends A['capabilities'][Op] ? never : Op
}[keyof A['capabilities'] & OperationName]

/** The fields that an operation of this adapter can store. */
export type FieldsOf<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly fields: readonly (infer Field)[] }
    ? Extract<Field, WritableField>
    : never

/** The keys by which the provider itself finds the contact of an operation. */
export type NativeKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly by: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

/** The keys by which the contact of an operation is found by reading the listing. */
export type ScanKeys<A extends AnyAdapter, Op extends OperationName> =
  CapabilityOf<A, Op> extends { readonly scan: readonly (infer Key)[] } ? Extract<Key, RefKey> : never

/** The fields that an adapter's listing can be sorted by. */
export type OrderFields<A extends AnyAdapter> =
  CapabilityOf<A, 'list'> extends { readonly orderBy: readonly (infer Field)[] }
    ? Extract<Field, string>
    : never

/** Some fields of an input or a patch, with the custom fields that are declared. */
type Written<Shape extends ContactPatch, Field extends keyof Shape, Declared extends DeclaredFields> = [
  Declared,
] extends [never]
  ? Pick<Shape, Field>
  : Pick<Shape, Exclude<Field, 'customFields'>> &
      ('customFields' extends Field
        ? {
            /** Merged by name into what is there; `null` for a field clears it, `null` for the whole clears all. */
            customFields?: CustomFieldsInput<Declared> | null | undefined
          }
        : unknown)

/** What a create of this adapter can store: a field that its provider has not is a compile error. */
export type CreateInput<A extends AnyAdapter> =
  FieldsOf<A, 'create'> extends infer Field extends WritableField
    ? Written<ContactInput, Field, DeclaredFieldsOf<A>>
    : never

/** What an update of this adapter can change. */
export type UpdatePatch<A extends AnyAdapter> =
  Extract<FieldsOf<A, 'update'>, keyof ContactPatch> extends infer Field extends keyof ContactPatch
    ? Written<ContactPatch, Field, DeclaredFieldsOf<A>>
    : never

/** What an upsert of this adapter can store. */
export type UpsertInput<A extends AnyAdapter> =
  FieldsOf<A, 'upsert'> extends infer Field extends WritableField
    ? Written<ContactInput, Field, DeclaredFieldsOf<A>>
    : never
