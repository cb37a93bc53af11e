import type { ContactMethodType } from '../model/contact-method.ts'
import type { WritableField } from '../model/input.ts'
import type { WhereOperator } from '../model/query.ts'
import type { RefKey } from '../model/ref.ts'

/** `native`: the provider does it. `emulated`: AnyContact does it with other calls, which costs more and can race. */
export type CapabilityMode = 'native' | 'emulated'

/** How a provider lists contacts. */
export interface ListCapability {
  /** Whether the provider does it itself. */
  readonly mode: CapabilityMode
  /** How its pages are addressed: by an opaque cursor, by page number, by offset, or everything at once. */
  readonly pagination: 'cursor' | 'page' | 'offset' | 'none'
  /** The most contacts it gives in one page. */
  readonly maxPageSize: number
  /** Whether a whole listing is read more cheaply than by its pages, for example from one streamed answer. @default false */
  readonly streaming?: boolean
  /** Whether a listing reaches every contact. `false` for a provider that caps it: then absence proves nothing. */
  readonly complete: boolean
  /** Whether a page tells how many contacts match in all. */
  readonly total: boolean
  /**
   * Whether the provider keeps deleted contacts and lists them: they are then left out by the condition `deleted ne true`,
   * pushed down where `where` declares it, unless the caller asks for them.
   * @default false
   */
  readonly softDeletes?: boolean
  /** Which filters the provider applies itself, by field; `customFields.*` is every custom field. The rest is filtered here. */
  readonly where: Readonly<Record<string, readonly WhereOperator[]>>
  /** The fields it can sort by. */
  readonly orderBy: readonly string[]
}

/** How a contact is looked up. */
export interface LookupCapability {
  /** Whether the provider does it itself. */
  readonly mode: CapabilityMode
  /** Keys that the provider looks up by. */
  readonly by: readonly RefKey[]
  /** Keys that are looked up by reading the listing; a caller must ask for it with `scan: true`. */
  readonly scan?: readonly RefKey[]
}

/** How contacts are created. */
export interface CreateCapability {
  /** Whether the provider does it itself. */
  readonly mode: CapabilityMode
  /** The fields that can be stored. */
  readonly fields: readonly WritableField[]
  /**
   * The types of contact methods for which the provider has one fixed place each, and no list: of these types a contact has one
   * method at most, and methods of other types cannot be stored.
   * @default a list, as long as need be
   */
  readonly slots?: readonly ContactMethodType[]
}

/** How contacts are changed. */
export interface UpdateCapability extends LookupCapability {
  /** The fields that can be changed. */
  readonly fields: readonly WritableField[]
  /**
   * The types of contact methods for which the provider has one fixed place each, and no list: of these types a contact has one
   * method at most, and methods of other types cannot be stored.
   * @default a list, as long as need be
   */
  readonly slots?: readonly ContactMethodType[]
}

/** How contacts are upserted. */
export interface UpsertCapability extends UpdateCapability {
  /** Keys that can tell which contact is meant without a scan. */
  readonly by: readonly RefKey[]
  /**
   * What an upsert tells of what it did. `'exact'`: `created`, `updated` or `unchanged`. `'stored'`: it may answer `stored` where
   * telling these apart would cost a read, unless a call asks for `{ outcome: 'exact' }`.
   * @default 'exact'
   */
  readonly outcome?: 'exact' | 'stored'
}

/** A capability with nothing more to say of it. */
export interface PlainCapability {
  /** Whether the provider does it itself. */
  readonly mode: CapabilityMode
}

/** A batch operation. */
export interface BatchCapability {
  /** Whether the provider does it itself. */
  readonly mode: CapabilityMode
  /** The most items in one request, where the provider has a batch route. */
  readonly maxItems?: number
  /** Whether the provider can do all or nothing. @default false */
  readonly atomic?: boolean
}

/** The type of a custom field. A `date` is an ISO 8601 string. */
export type CustomFieldType = 'text' | 'number' | 'boolean' | 'date'

/** The methods of a group that an adapter has, each with its mode. */
export type GroupCapability<Method extends string> = { readonly [Name in Method]?: CapabilityMode }

/**
 * What a provider can do. It is written as a literal in the adapter; the client's types follow from it, the conformance
 * suite executes it and the capability matrix is printed from it.
 */
export interface Capabilities {
  /** Listing contacts. */
  readonly list?: ListCapability
  /** Reading one contact; `not_found` when there is none. */
  readonly get?: LookupCapability
  /** Reading one contact that may not be there. */
  readonly find?: LookupCapability
  /** Creating a contact. */
  readonly create?: CreateCapability
  /** Changing a contact. */
  readonly update?: UpdateCapability
  /** Deleting a contact. */
  readonly delete?: LookupCapability
  /** Creating a contact, or changing the one that is there. */
  readonly upsert?: UpsertCapability
  /** Finding contacts by text. */
  readonly search?: PlainCapability
  /** Counting contacts. */
  readonly count?: PlainCapability
  /** Creating many contacts. */
  readonly createMany?: BatchCapability
  /** Changing many contacts. */
  readonly updateMany?: BatchCapability
  /** Upserting many contacts. */
  readonly upsertMany?: BatchCapability
  /** Deleting many contacts. */
  readonly deleteMany?: BatchCapability
  /** The conversations of a contact. */
  readonly conversations?: GroupCapability<'list'>
  /** The comments about a contact. */
  readonly comments?: GroupCapability<'list' | 'create' | 'delete'>
  /** The files exchanged with a contact. */
  readonly files?: GroupCapability<'list'>
  /** What happened in a conversation. */
  readonly activities?: GroupCapability<'list'>
  /** Pictures of contacts. */
  readonly avatar?: GroupCapability<'upload'>
  /** The notices to the account's user. */
  readonly notifications?: GroupCapability<'list' | 'markRead' | 'dismiss' | 'dismissAll'>
  /** The single addresses and numbers of contacts. */
  readonly contactMethods?: GroupCapability<
    | 'list'
    | 'get'
    | 'getByExternalId'
    | 'getByMetadata'
    | 'create'
    | 'createMany'
    | 'update'
    | 'delete'
    | 'getPrimary'
    | 'setPrimary'
    | 'sync'
  >
  /** Calling any other endpoint of the vendor. */
  readonly request?: PlainCapability
  /**
   * The custom fields that there are, by name, where they are known. The client then takes and gives only these, with their types.
   * @default any name, any JSON value
   */
  readonly customFields?: Readonly<Record<string, CustomFieldType>>
}

/** The name of an operation or of a group of operations. */
export type OperationName = Exclude<keyof Capabilities, 'customFields'>

/** Every operation and, for groups, its methods: what a client has at run time, supported or not. */
export const OPERATIONS = {
  list: [],
  get: [],
  find: [],
  create: [],
  update: [],
  delete: [],
  upsert: [],
  search: [],
  count: [],
  createMany: [],
  updateMany: [],
  upsertMany: [],
  deleteMany: [],
  conversations: ['list'],
  comments: ['list', 'create', 'delete'],
  files: ['list'],
  activities: ['list'],
  avatar: ['upload'],
  notifications: ['list', 'markRead', 'dismiss', 'dismissAll'],
  contactMethods: [
    'list',
    'get',
    'getByExternalId',
    'getByMetadata',
    'create',
    'createMany',
    'update',
    'delete',
    'getPrimary',
    'setPrimary',
    'sync',
  ],
  request: [],
} as const satisfies Record<OperationName, readonly string[]>

/** The keys that an operation goes by, as messages name them. */
export function lookupKeys({ by, scan = [] }: Pick<LookupCapability, 'by' | 'scan'>): string[] {
  return [...by, ...scan.map((key) => `${key} with { scan: true }`)]
}
