import type {
  FetchFunction as CoreFetch,
  CredentialOption,
  HeadersOption,
  HttpOptions,
  RetryOptions,
} from '@anycontact/core'
import { type MemberKinds, readClientOptions } from '@anycontact/core/adapter-kit'
import { badConfig, PROVIDER } from './errors.ts'
import type { FetchFunction } from './types/index.ts'

/** Where the vendor's own API is. */
export const VENDOR_HOST = 'api.chatbotkit.com'

/** How attempts are made, under the vendor's names. */
export interface AttemptOptions {
  /** How long one attempt may take, body included, in milliseconds; 0 or less: no limit. @default 30000 */
  readonly timeout?: number | undefined
  /** How often a request that is safe to repeat is sent again. @default 3 */
  readonly retries?: number | undefined
  /** The longest wait before the first repetition, in milliseconds; it doubles each time. @default 250 */
  readonly retryDelay?: number | undefined
  /** Whether an attempt that timed out is repeated. @default true */
  readonly retryTimeout?: boolean | undefined
  /** Replaces `fetch`. */
  readonly fetchFn?: FetchFunction | undefined
}

/**
 * The options of the vendor's client under the vendor's names, and beside them ours, which go further. Where both say the same
 * thing, ours count: `timeoutMs` over `timeout`, `retry` over `retries`, `retryDelay` and `retryTimeout`, `fetch` over `fetchFn`.
 *
 * Four things are not as with the vendor's client. Requests that must not be applied twice, for example `create`, are not sent
 * again when their answer is lost. Attempts time out, after 30 s unless told otherwise, body included. Waits between attempts are
 * random and obey `Retry-After`. The path of `baseUrl` is kept at any host but the vendor's own, where the vendor's client loses it.
 */
export interface ClientOptions extends HttpOptions, AttemptOptions {
  /** A secret key (`sk-…`) or another bearer token; a function is asked before each attempt. */
  readonly secret: CredentialOption
  /** Where the API is: scheme, host, and a path if it has one; at the vendor's own host none is needed, and one is passed over. @default 'https://api.chatbotkit.com' */
  readonly baseUrl?: string | URL | undefined
  /** Replaces the host of `baseUrl`, port included. */
  readonly host?: string | undefined
  /** Replaces the scheme of `baseUrl`. */
  readonly protocol?: 'http:' | 'https:' | undefined
  /**
   * Other paths, or URLs, for single endpoints: by operation id (`listContacts`), by the `endpoint` of a `clientFetch`, or by
   * path (`/api/v1/contact/{contactId}/fetch`). `{contactId}` and `{secretId}` stand for the escaped ids.
   */
  readonly endpoints?: Readonly<Record<string, string>> | undefined
  /** Acts as a child account, named by its id. */
  readonly runAsUserId?: string | undefined
  /** Acts as a child account, named by its email address. The vendor calls this experimental. */
  readonly runAsChildUserEmail?: string | undefined
  /** An IANA time zone, sent with each request; no contacts route reads it. */
  readonly timezone?: string | undefined
}

/** What a client keeps of its options: all in our names. */
export type ClientSettings = Omit<ClientOptions, keyof AttemptOptions>

/** What must stand in each option about attempts. */
export const ATTEMPTS: MemberKinds<AttemptOptions> = {
  timeout: 'number',
  retries: 'notNegative',
  retryDelay: 'notNegative',
  retryTimeout: 'flag',
  fetchFn: 'function',
}

/**
 * Reads the options of a client once; names that are no options are passed over, as by the vendor's client.
 *
 * @throws ContactsError `config`
 */
export function readSettings<Options extends Partial<ClientOptions>>(options: Options): Options {
  return readClientOptions<Partial<ClientOptions>>(options, PROVIDER, {
    secret: 'any',
    host: 'text',
    protocol: 'text',
    runAsUserId: 'text',
    runAsChildUserEmail: 'text',
    timezone: 'text',
    ...ATTEMPTS,
  }) as Options // with what it was given of them
}

/** Puts the vendor's names into ours; members that are absent stay absent. */
export function fromVendorNames(options: AttemptOptions): {
  readonly timeoutMs?: number
  readonly retry?: RetryOptions
  readonly fetch?: CoreFetch
} {
  const { timeout, retries, retryDelay, retryTimeout, fetchFn } = options
  const retry = {
    ...(retries !== undefined && { attempts: retries + 1 }),
    ...(retryDelay !== undefined && { baseDelayMs: retryDelay }),
    ...(retryTimeout !== undefined && { afterTimeout: retryTimeout }),
  }
  return {
    ...(timeout !== undefined && { timeoutMs: timeout > 0 ? timeout : Number.POSITIVE_INFINITY }),
    ...(Object.keys(retry).length > 0 && { retry }),
    ...(fetchFn !== undefined && { fetch: fetchFrom(fetchFn) }),
  }
}

/** The settings that options come down to: the vendor's names in ours, and ours over them. */
export function settingsOf<Options extends Partial<ClientOptions>>(
  options: Options,
): Omit<Options, keyof AttemptOptions> & Pick<HttpOptions, 'timeoutMs' | 'retry' | 'fetch'> {
  const { timeout, retries, retryDelay, retryTimeout, fetchFn, ...own } = options
  const vendor = fromVendorNames({ timeout, retries, retryDelay, retryTimeout, fetchFn })
  return {
    ...own,
    ...vendor,
    ...(own.timeoutMs !== undefined && { timeoutMs: own.timeoutMs }),
    ...(own.retry !== undefined && { retry: own.retry && { ...vendor.retry, ...own.retry } }),
    ...(own.fetch !== undefined && { fetch: own.fetch }),
  }
}

/** The settings of a client made from another one by `extend`: headers, endpoints and retry are merged, the rest is replaced. */
export function extendSettings(current: ClientSettings, extension: Partial<ClientOptions>): ClientSettings {
  const { headers, endpoints, retry, ...rest } = settingsOf(extension)
  const merged = { ...current, ...rest }
  return {
    ...merged,
    secret: merged.secret ?? current.secret,
    headers: mergeHeaders(current.headers, headers),
    endpoints: { ...current.endpoints, ...endpoints },
    retry: retry === undefined ? current.retry : retry && { ...(current.retry || {}), ...retry },
  }
}

/** Headers over headers; a function is asked when they are needed. */
export function mergeHeaders(
  base: HeadersOption | undefined,
  over: HeadersOption | undefined,
): HeadersOption | undefined {
  if (base === undefined || over === undefined) return over ?? base
  if (typeof base !== 'function' && typeof over !== 'function') return { ...base, ...over }
  return async () => ({
    ...(typeof base === 'function' ? await base() : base),
    ...(typeof over === 'function' ? await over() : over),
  })
}

/**
 * Where the API is: `baseUrl`, with `host` and `protocol` in the place of its own, and at the vendor's own host without a path.
 *
 * @throws ContactsError `config` for a `host` that is more or less than one. What else is wrong is left to the HTTP client
 */
export function baseUrlOf({
  baseUrl = `https://${VENDOR_HOST}`,
  host,
  protocol,
}: Partial<ClientSettings>): string {
  if (!URL.canParse(baseUrl)) return String(baseUrl)
  const given = new URL(baseUrl)
  const isVendor = (host ? host.replace(/:\d*$/, '') : given.hostname) === VENDOR_HOST
  if (!host && !protocol && !isVendor) return String(baseUrl)
  if (host && /[\s@?#/\\]/.test(host)) throw badConfig('`host` must be a host, with or without a port.')
  // What is in the place of `host` takes it away: said nothing of, it would be lost.
  if (given.username || given.password) return String(baseUrl)
  // An empty query is one too, and is refused like any other.
  const [rest = ''] = /[?#].*/s.exec(given.href) ?? []
  // The vendor's client loses every path. At the vendor's own host the API is nowhere else, so one there is a habit.
  const path = isVendor ? '/' : given.pathname
  return `${protocol || given.protocol}//${host || given.host}${path}${rest}`
}

/** The vendor's kind of `fetch` as the web's. */
function fetchFrom(fetchFn: FetchFunction): CoreFetch {
  return (input, init) =>
    fetchFn(typeof input === 'string' || input instanceof URL ? input : input.url, { ...init })
}
