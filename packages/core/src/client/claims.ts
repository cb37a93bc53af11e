import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type {
  CapabilityOf,
  DeclaredOperation,
  FieldsOf,
  NativeKeys,
  OrderFields,
  ScanKeys,
} from './adapter-types.ts'

/**
 * What a client can do with its operations: by which keys it finds contacts, which fields it stores, how it sorts. It is there
 * for the compiler alone. A method's parameters are compared in both directions, and a missing optional field is no difference
 * to it; a missing claim is one, and the error names it: `find by email`.
 *
 * @typeParam Claim - the claims, in words
 */
export interface Declares<Claim extends string> {
  /** Never there at run time; `capabilities` says the same. */
  readonly '~declares'?: { readonly [Text in Claim]: true } | undefined
}

/** The claim that an operation finds its contact by a key. */
export type KeyClaim<Op extends string, Key extends string> = `${Op} by ${Key}`

/** The claim that an operation finds its contact by a key when a scan is asked for. */
export type ScanClaim<Op extends string, Key extends string> = `${Op} by ${Key} with scan: true`

/** The claim that an operation stores a field. */
export type FieldClaim<Op extends string, Field extends string> = `${Op} with ${Field}`

/** The claim that a listing can be sorted by a field. */
export type OrderClaim<Field extends string> = `list ordered by ${Field}`

/** The claim that a batch can do all or nothing. */
export type AtomicClaim<Op extends string> = `${Op} all or nothing`

/** Everything that the client of an adapter claims. */
export type ClaimsOf<A extends AnyAdapter> =
  | { [Op in DeclaredOperation<A>]: ClaimsOfOperation<A, Op> }[DeclaredOperation<A>]
  | OrderClaim<OrderFields<A>>

type ClaimsOfOperation<A extends AnyAdapter, Op extends OperationName> =
  | KeyClaim<Op, NativeKeys<A, Op>>
  | ScanClaim<Op, NativeKeys<A, Op> | ScanKeys<A, Op>>
  | FieldClaim<Op, FieldsOf<A, Op>>
  | (CapabilityOf<A, Op> extends { readonly atomic: true } ? AtomicClaim<Op> : never)
