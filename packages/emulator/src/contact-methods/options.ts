import { refuseUnknownOptions, refuseUnknownOptionsIn } from '../strict-names.ts'

/** The two data sets of an account. */
export const ENVIRONMENTS = ['test', 'live'] as const

/** Which of an account's two sets of data a key works on. */
export type ContactMethodsEnvironment = (typeof ENVIRONMENTS)[number]

/** What an API key may do. */
export interface ContactMethodsApiKey {
  /** The account it belongs to. @default the default key's */
  readonly account?: string
  /**
   * What it may do: `environment:contact-methods:operation`, with operation create, read, update or delete.
   * @default everything
   * @example ['test:contact-methods:read']
   */
  readonly permissions?: readonly string[]
}

/** What the vendor's published facts leave open. */
export interface ContactMethodsSwitches {
  /**
   * What a listing makes of `sort`, whose inner names are not published: `'applied'` to entries `{ field, direction }`;
   * `'ignored'`; or `'refused'` with a 400.
   * @default 'applied'
   */
  readonly sort: 'applied' | 'ignored' | 'refused'
  /** The order of a listing without a sort: by creation time. @default 'newest' */
  readonly defaultOrder: 'newest' | 'oldest'
  /** What a listing makes of `{ in: [...] }` in a filter: published for a sibling resource alone. @default 'applied' */
  readonly inFilter: 'applied' | 'ignored' | 'refused'
  /** `nextCursor` on the last page. @default 'null' */
  readonly lastCursor: 'null' | 'absent' | 'given'
  /** Ids of clients and contact methods: anything, as the vendor's guides have it, or UUIDs alone (400), as its OpenAPI file. @default 'any' */
  readonly ids: 'any' | 'uuid'
  /**
   * Listing the methods of an id that is no client: an empty list, or a 404. Without `clients`, one without contact methods counts
   * as none.
   * @default 'empty'
   */
  readonly unknownClient: 'empty' | 'not-found'
  /** `metadata` in an update replaces the stored one, or is merged into it, where a null is stored like any value. @default 'replace' */
  readonly metadataUpdate: 'replace' | 'merge'
  /** A sync's item with an id changes what it names, or sets what it does not name back to nothing. @default 'merge' */
  readonly syncUpdate: 'merge' | 'replace'
  /** A sync's item that deletes needs its id alone, or type and value too (400 without them). @default 'id' */
  readonly syncDelete: 'id' | 'whole'
  /** `externalId: null` in an update clears it, or is a 400, because the published type is text. @default 'accept' */
  readonly nullExternalId: 'accept' | 'refuse'
  /** `isVerified` of a method whose value changes. @default 'reset' */
  readonly verification: 'reset' | 'kept'
  /** The status of a create. @default 200 */
  readonly createStatus: 200 | 201
  /** The answer to a delete: 200 without a body, 204, or 200 with JSON. @default 'empty' */
  readonly deleteAnswer: 'empty' | 'no-content' | 'json'
  /** The status of a partial batch in which something failed. @default 200 */
  readonly partialStatus: 200 | 207
  /** The error of an item in a partial batch: `message` alone, or with `code` and `status`. @default 'message' */
  readonly itemError: 'message' | 'coded'
  /** Error bodies: those of oRPC 1, of oRPC 2 (no `status`), or nothing but a `message`. @default 'orpc-1' */
  readonly errorBody: 'orpc-1' | 'orpc-2' | 'message'
}

/** Options of the contact-methods server. */
export interface ContactMethodsOptions extends Partial<ContactMethodsSwitches> {
  /**
   * API keys that are accepted besides the default one.
   * @example { 'read-only': { permissions: ['test:contact-methods:read'] } }
   */
  readonly apiKeys?: Readonly<Record<string, ContactMethodsApiKey>>
  /** The ids that are clients; a create for another one is a 404. @default a create makes any id one */
  readonly clients?: readonly string[]
  /** How many requests `requests` keeps; the oldest are dropped beyond it. @default Infinity */
  readonly recordLimit?: number
}

/** The API key that is always accepted, with every permission in both environments. */
export const DEFAULT_API_KEY = 'artu-emulator'

/** The account that {@link DEFAULT_API_KEY} belongs to. */
export const DEFAULT_ACCOUNT = 'emulator'

const DEFAULTS: ContactMethodsSwitches = {
  sort: 'applied',
  defaultOrder: 'newest',
  inFilter: 'applied',
  lastCursor: 'null',
  ids: 'any',
  unknownClient: 'empty',
  metadataUpdate: 'replace',
  syncUpdate: 'merge',
  syncDelete: 'id',
  nullExternalId: 'accept',
  verification: 'reset',
  createStatus: 200,
  deleteAnswer: 'empty',
  partialStatus: 200,
  itemError: 'message',
  errorBody: 'orpc-1',
}

/** The switches with their defaults filled in. */
export function resolveSwitches(options: ContactMethodsOptions): ContactMethodsSwitches {
  return { ...DEFAULTS, ...options }
}

/** Throws an Error for an option that there is not. */
export function checkOptions(options: ContactMethodsOptions): void {
  const owner = 'createEmulator’s contactMethods'
  refuseUnknownOptions(owner, options, {
    ...resolveSwitches({}),
    apiKeys: true,
    clients: true,
    recordLimit: true,
  })
  refuseUnknownOptionsIn(`${owner}.apiKeys`, options.apiKeys, { account: true, permissions: true })
}
