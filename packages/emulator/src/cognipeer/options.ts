import type { Random } from '../random.ts'
import type { Sleep } from '../sleep.ts'
import { refuseUnknownOptions, refuseUnknownOptionsIn } from '../strict-names.ts'

/** What a token may do. */
export interface CognipeerToken {
  /** The workspace it belongs to. */
  readonly workspace: string
  /** A revoked token is refused. @default false */
  readonly revoked?: boolean
}

/** An API channel, named by its hook id. */
export interface CognipeerHook {
  /** The workspace it belongs to. */
  readonly workspace: string
  /** The channel's one peer. @default 'peer-emulator' */
  readonly peer?: string
  /** A channel that is switched off is refused. @default true */
  readonly active?: boolean
}

/** What the vendor's published facts leave open. */
export interface CognipeerSwitches {
  /**
   * How an unknown contact is answered: a 404 or a 400 whose message says so, a 200 with `success: false`, or a 200 with
   * `success: true` and `data: null`.
   * @default '404'
   */
  readonly notFound: '404' | '400' | 'success-false' | 'null-data'
  /**
   * The body of the other refusals: `{ message, statusCode }`, `{ success: false, error }`, or
   * `{ error: { code, message, status } }`.
   * @default 'flat'
   */
  readonly errorShape: 'flat' | 'envelope' | 'nested'
  /** The status of a create. @default 200 */
  readonly createStatus: 200 | 201
  /** What a create or update answers: the whole contact, only what was sent and the ids, or the ids alone. @default 'whole' */
  readonly writeReply: 'whole' | 'sent' | 'ids'
  /**
   * A create, or a change, with an email or integrationId that another contact has: a second one, a 409, or (create alone) the
   * contact that is there.
   * @default 'allowed'
   */
  readonly duplicates: 'allowed' | 'conflict' | 'existing'
  /** Whether a create wants an email or an integrationId. @default false */
  readonly createNeedsKey: boolean
  /** Which contact an email and an integrationId together name. @default 'both' */
  readonly twoIdentifiers: 'both' | 'either' | 'email' | 'integrationId'
  /** Whether emails are kept in lower case without blanks around, and looked up so. @default 'exact' */
  readonly emailCase: 'exact' | 'folded'
  /** What an update does with `properties` and `metadata`: replace them, or merge what was sent into them, at every depth. @default 'replace' */
  readonly nested: 'replace' | 'merge'
  /**
   * What a `null` in an update does: it is stored, it removes the key, it changes nothing, or it is a 400. In merged objects it
   * does the same to their keys.
   * @default 'store'
   */
  readonly nulls: 'store' | 'unset' | 'ignore' | 'refuse'
  /** What empty text in an update does: it is stored, or it changes nothing. @default 'store' */
  readonly emptyText: 'store' | 'ignore'
  /** A key with a dot in an update: stored as it is, or a path. @default 'literal' */
  readonly dottedKeys: 'literal' | 'path'
  /** What an update of `_id`, `workspaceId`, `peerId` or `createdDate` does. @default 'ignore' */
  readonly fixedFields: 'ignore' | 'refuse'
  /** What an update of `integrationId` does. @default 'write' */
  readonly integrationIdUpdate: 'write' | 'ignore' | 'refuse'
  /** What an update of `deleted` does. @default 'write' */
  readonly deletedUpdate: 'write' | 'ignore'
  /** Whether top-level keys that are not the vendor's are stored. @default 'keep' */
  readonly customKeys: 'keep' | 'drop'
  /** What a filter on `_id` does: compares it as text, matches nothing, or is a 400. @default 'text' */
  readonly idFilter: 'text' | 'nothing' | 'refuse'
  /** The operators that a filter knows: `$eq $ne $in $nin $exists $gt $gte $lt $lte $and $or`, or `$ne $in $exists`. Others are a 400. @default 'many' */
  readonly operators: 'many' | 'documented'
  /** The order without `sort`. @default 'oldest' */
  readonly defaultSort: 'oldest' | 'newest' | 'random'
  /** How many keys of a `sort` count. @default 'all' */
  readonly sortKeys: 'all' | 'first'
  /** The largest page. @default 1000 */
  readonly maxLimit: number
  /** What a larger `limit` does: it is lowered, and the reply says so; lowered, and the reply says the one asked for; a 400. @default 'clamp' */
  readonly largeLimit: 'clamp' | 'clamp-silently' | 'refuse'
  /** The smallest page; a smaller `limit` is raised. @default 1 */
  readonly minLimit: number
  /** What a `page` or `limit` that is no whole number above 0 does. @default 'refuse' */
  readonly oddPaging: 'refuse' | 'default'
  /** A page past the end: an empty one, or the last one. @default 'empty' */
  readonly pastEnd: 'empty' | 'last'
  /** Whether soft-deleted contacts are listed where the filter does not say. @default 'listed' */
  readonly deletedInList: 'listed' | 'hidden'
  /** Whether soft-deleted contacts can be got and updated. @default 'found' */
  readonly deletedInGet: 'found' | 'hidden'
  /** Whether an update makes a soft-deleted contact an undeleted one. @default false */
  readonly updateRevives: boolean
  /** Whether a hook sees the contacts of its peer alone. @default 'workspace' */
  readonly visibility: 'workspace' | 'peer'
  /** Whether a create notes the hook's peer as `peerId`. @default false */
  readonly setsPeer: boolean
  /** Whether a reply has the dates. @default true */
  readonly dates: boolean
  /** Whether an update that changes nothing moves `modifiedDate`. @default true */
  readonly touchOnNoChange: boolean
  /** Whether contacts have a key `__v`, as the likely database library adds. @default false */
  readonly versionKey: boolean
  /** The status of a wrong or revoked token. @default 401 */
  readonly badTokenStatus: 401 | 403
  /** The status of a request without a hook id. @default 400 */
  readonly missingHookStatus: 400 | 401
  /** The status of an unknown hook, one of another workspace, or one that is switched off; the message says "not found" with 404. @default 403 */
  readonly badHookStatus: 400 | 401 | 403 | 404
  /** Whether a 429 has `Retry-After` beside the vendor's own headers. @default false */
  readonly retryAfter: boolean
}

/** Options of the Cognipeer server. */
export interface CognipeerOptions extends Partial<CognipeerSwitches> {
  /** What the paths begin with. @default '/v1' */
  readonly prefix?: string
  /** Tokens of either kind that are accepted besides the default one: token → workspace, or what it may do. */
  readonly tokens?: Readonly<Record<string, string | CognipeerToken>>
  /** Hooks besides the default one: hook id → workspace, or what it is. */
  readonly hooks?: Readonly<Record<string, string | CognipeerHook>>
  /** How many requests a token may make in `perMs`; the hosted API documents 100 a minute. @default no limit */
  readonly rateLimit?: { readonly requests: number; readonly perMs: number }
  /** How many requests `requests` keeps; the oldest are dropped beyond it. @default Infinity */
  readonly recordLimit?: number
}

/** What the server takes from the emulator. */
export interface CognipeerEnvironment {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: Sleep
  readonly random: Random
}

/** The personal access token that is always accepted. */
export const DEFAULT_TOKEN = 'pat_emulator'

/** The API token, of the legacy kind, that is always accepted. */
export const DEFAULT_API_TOKEN = 'api-token-emulator'

/** The hook that is always there. */
export const DEFAULT_HOOK_ID = 'emulatorhook'

/** The workspace of the defaults. */
export const DEFAULT_WORKSPACE = 'emulator'

/** The peer of the default hook. */
export const DEFAULT_PEER = 'peer-emulator'

const DEFAULTS: CognipeerSwitches = {
  notFound: '404',
  errorShape: 'flat',
  createStatus: 200,
  writeReply: 'whole',
  duplicates: 'allowed',
  createNeedsKey: false,
  twoIdentifiers: 'both',
  emailCase: 'exact',
  nested: 'replace',
  nulls: 'store',
  emptyText: 'store',
  dottedKeys: 'literal',
  fixedFields: 'ignore',
  integrationIdUpdate: 'write',
  deletedUpdate: 'write',
  customKeys: 'keep',
  idFilter: 'text',
  operators: 'many',
  defaultSort: 'oldest',
  sortKeys: 'all',
  maxLimit: 1000,
  largeLimit: 'clamp',
  minLimit: 1,
  oddPaging: 'refuse',
  pastEnd: 'empty',
  deletedInList: 'listed',
  deletedInGet: 'found',
  updateRevives: false,
  visibility: 'workspace',
  setsPeer: false,
  dates: true,
  touchOnNoChange: true,
  versionKey: false,
  badTokenStatus: 401,
  missingHookStatus: 400,
  badHookStatus: 403,
  retryAfter: false,
}

/** The switches with their defaults filled in. */
export function resolveSwitches(options: CognipeerOptions): CognipeerSwitches {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...DEFAULTS, ...Object.fromEntries(given) }
}

/** Throws an Error for an option that there is not. */
export function checkOptions(options: CognipeerOptions): void {
  const owner = 'createEmulator’s cognipeer'
  refuseUnknownOptions(owner, options, {
    ...resolveSwitches({}),
    prefix: true,
    tokens: true,
    hooks: true,
    rateLimit: true,
    recordLimit: true,
  })
  refuseUnknownOptionsIn(`${owner}.tokens`, options.tokens, { workspace: true, revoked: true })
  refuseUnknownOptionsIn(`${owner}.hooks`, options.hooks, { workspace: true, peer: true, active: true })
}
