import type { Random } from '../random.ts'
import type { Sleep } from '../sleep.ts'
import { refuseUnknownOptions, refuseUnknownOptionsIn } from '../strict-names.ts'

/** What a token may do. */
export interface ChatBotKitToken {
  /** The id of the account it belongs to. */
  readonly account: string
  /**
   * A secret key and an OAuth access token honour the run-as headers, a JWT session token ignores them, an OAuth
   * refresh token is refused.
   * @default 'secret'
   */
  readonly kind?: 'secret' | 'oauth' | 'refresh' | 'jwt'
  /** Whether its audience may send fingerprints. @default true */
  readonly trusted?: boolean
  /** An expired token is refused. @default false */
  readonly expired?: boolean
}

/** An account that others act for, or that acts for others. */
export interface ChatBotKitAccount {
  /** The parent whose tokens may act as this account (`x-runas-user-id`, `x-runas-child-user-email`). */
  readonly parent?: string
  /** The address that `x-runas-child-user-email` finds it by. */
  readonly email?: string
}

/** What the vendor's published facts leave open, or a deployment decides. */
export interface ChatBotKitSwitches {
  /**
   * `'mysql'`, as hosted: 191 and 65,535 bytes a text, and a meta filter whose key is not a plain JSON path is a
   * 500. `'sqlite'`, as self-hosted: 1,000,000,000 bytes, and any key.
   * @default 'mysql'
   */
  readonly database: 'mysql' | 'sqlite'
  /** `meta: null` in a create, ensure or update: refused by the database (500), stored as null, or left alone. @default 'error' */
  readonly nullMeta: 'error' | 'store' | 'ignore'
  /** Null for `name`, `description` or `fingerprint`: refused by the database (500), or taken as not given. @default 'error' */
  readonly nullText: 'error' | 'ignore'
  /** A phone number with other text around it: the number is taken out of it, or it is a 400. @default 'extract' */
  readonly phoneText: 'extract' | 'refuse'
  /**
   * A cursor whose row is outside the listing (its meta no longer matches, another account has it): the first row
   * after its place is lost, or nothing is.
   * @default 'skips-row'
   */
  readonly cursorOutsideListing: 'skips-row' | 'exact'
  /**
   * The listing of a contact's secrets answers the secrets' ids, but pages over the contact's secret values: the
   * second page is empty (`'stuck'`), or it works.
   * @default 'stuck'
   */
  readonly secretPaging: 'stuck' | 'works'
}

/** Options of the ChatBotKit server. */
export interface ChatBotKitOptions extends Partial<ChatBotKitSwitches> {
  /**
   * Tokens that are accepted besides the default one: token → account id, or what it may do. The accounts come into
   * being by being named.
   * @example { 'sk-other': 'other', 'widget-jwt': { account: 'emulator', kind: 'jwt', trusted: false } }
   */
  readonly secrets?: Readonly<Record<string, string | ChatBotKitToken>>
  /** Details of accounts, by account id. */
  readonly accounts?: Readonly<Record<string, ChatBotKitAccount>>
  /** How many listing requests an account and its children may make in 60 seconds. @default no limit */
  readonly pollLimit?: number
  /** How many requests `requests` keeps; the oldest are dropped beyond it. @default Infinity */
  readonly recordLimit?: number
}

/** What the server takes from the emulator. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: Sleep
  readonly random: Random
}

/** The secret that is always accepted. */
export const DEFAULT_SECRET = 'sk-emulator'

/** The account that {@link DEFAULT_SECRET} belongs to. */
export const DEFAULT_ACCOUNT = 'emulator'

/** The switches with their defaults filled in. */
export function resolveSwitches(options: ChatBotKitOptions): ChatBotKitSwitches {
  return {
    database: options.database ?? 'mysql',
    nullMeta: options.nullMeta ?? 'error',
    nullText: options.nullText ?? 'error',
    phoneText: options.phoneText ?? 'extract',
    cursorOutsideListing: options.cursorOutsideListing ?? 'skips-row',
    secretPaging: options.secretPaging ?? 'stuck',
  }
}

/** Throws an Error for an option that there is not. */
export function checkOptions(options: ChatBotKitOptions): void {
  const owner = 'createEmulator’s chatbotkit'
  refuseUnknownOptions(owner, options, {
    ...resolveSwitches({}),
    secrets: true,
    accounts: true,
    pollLimit: true,
    recordLimit: true,
  })
  refuseUnknownOptionsIn(`${owner}.secrets`, options.secrets, {
    account: true,
    kind: true,
    trusted: true,
    expired: true,
  })
  refuseUnknownOptionsIn(`${owner}.accounts`, options.accounts, { parent: true, email: true })
}
