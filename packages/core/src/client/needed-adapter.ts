import type { Adapter } from '../adapter/adapter.ts'
import type {
  Capabilities,
  CapabilityMode,
  ListCapability,
  OperationName,
  PlainCapability,
} from '../adapter/capabilities.ts'
import type { WritableField } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'
import type { AtomicClaim, FieldClaim, KeyClaim, OrderClaim, ScanClaim } from './claims.ts'
import type { ByOf, FieldOf, Needed, NeededOperation, NeedOf, OrderOf, ScanOf } from './needs.ts'

/** Where an operation is only named, contacts are named by id; with a scan by any key, which is looked at when the call is made. */
type Lookup<Need> = Keys<Need, 'id'>

/** Where an upsert is only named, it goes by any key, which is looked at when the call is made. */
type Upsert<Need> = Keys<Need, RefKey> & Fields<Need> & { readonly outcome: 'stored' }

type Keys<Need, ByAny extends RefKey> = {
  readonly mode: CapabilityMode
  readonly by: readonly Extract<ByOf<Need, ByAny>, RefKey>[]
  readonly scan: readonly Extract<ScanOf<Need, RefKey>, RefKey>[]
}

type Fields<Need> = {
  readonly mode: CapabilityMode
  readonly fields: readonly Extract<FieldOf<Need, WritableField>, WritableField>[]
}

type Batch<Need> = {
  readonly mode: CapabilityMode
} & (Need extends { readonly atomic: true } ? { readonly atomic: true } : unknown)

type Group<N extends Needed, Name extends OperationName> = {
  readonly [Method in NeedOf<N, Name> extends infer Need extends string
    ? Need
    : keyof NonNullable<Capabilities[Name]>]: CapabilityMode
}

/** What an adapter declares that can do what is needed and no more. */
type NeededCapabilities<N extends Needed> = {
  readonly list: Omit<ListCapability, 'orderBy'> & {
    readonly orderBy: readonly Extract<OrderOf<NeedOf<N, 'list'>, string>, string>[]
  }
  readonly get: Lookup<NeedOf<N, 'get'>>
  readonly find: Lookup<NeedOf<N, 'find'>>
  readonly create: Fields<NeedOf<N, 'create' | 'createMany'>>
  readonly update: Lookup<NeedOf<N, 'update' | 'updateMany'>> & Fields<NeedOf<N, 'update' | 'updateMany'>>
  readonly delete: Lookup<NeedOf<N, 'delete' | 'deleteMany'>>
  readonly upsert: Upsert<NeedOf<N, 'upsert' | 'upsertMany'>>
  readonly search: PlainCapability
  readonly count: PlainCapability
  readonly createMany: Batch<NeedOf<N, 'createMany'>>
  readonly updateMany: Batch<NeedOf<N, 'updateMany'>>
  readonly upsertMany: Batch<NeedOf<N, 'upsertMany'>>
  readonly deleteMany: Batch<NeedOf<N, 'deleteMany'>>
  readonly conversations: Group<N, 'conversations'>
  readonly comments: Group<N, 'comments'>
  readonly files: Group<N, 'files'>
  readonly activities: Group<N, 'activities'>
  readonly avatar: Group<N, 'avatar'>
  readonly notifications: Group<N, 'notifications'>
  readonly contactMethods: Group<N, 'contactMethods'>
  readonly request: PlainCapability
}

/** An adapter that can do what is needed and no more: what code for any provider can call follows from it. */
export interface NeededAdapter<N extends Needed>
  extends Adapter<NeededCapabilities<N>, unknown, undefined, unknown> {}

/** An adapter that declares some operations, whatever they can do: what code for any provider can ask of its `capabilities`. */
export interface CapableAdapter<Op extends OperationName>
  extends Adapter<Capabilities & Required<Pick<Capabilities, Op>>, unknown, undefined, unknown> {}

/** The operations that do for many contacts what another one does for one, and have their keys and fields from it. */
interface Single {
  readonly createMany: 'create'
  readonly updateMany: 'update'
  readonly upsertMany: 'upsert'
  readonly deleteMany: 'delete'
}

type SingleOf<Op extends OperationName> = Op extends keyof Single ? Single[Op] : Op

/** What a client must claim to do what is needed. */
export type ClaimsOfNeeds<N extends Needed> = {
  [Op in NeededOperation<N>]:
    | ClaimsOfNeed<SingleOf<Op>, NeedOf<N, Op>>
    | (NeedOf<N, Op> extends { readonly atomic: true } ? AtomicClaim<Op> : never)
    | OrderClaim<Extract<OrderOf<NeedOf<N, Op>, never>, string>>
}[NeededOperation<N>]

type ClaimsOfNeed<Op extends string, Need> =
  | (Op extends 'get' | 'find' | 'update' | 'delete' ? KeyClaims<Op, Need, 'id'> : never)
  | (Op extends 'upsert' ? KeyClaims<Op, Need, never> : never)
  | (Op extends 'create' | 'update' | 'upsert'
      ? FieldClaim<Op, Extract<FieldOf<Need, never>, string>>
      : never)

type KeyClaims<Op extends string, Need, ByAny extends RefKey> =
  | KeyClaim<Op, Extract<ByOf<Need, ByAny>, string>>
  | ScanClaim<Op, Extract<ByOf<Need, ByAny> | ScanOf<Need, never>, string>>
