import type {
  FetchFunction as CoreFetch,
  CredentialOption,
  HeadersOption,
  HttpOptions,
} from '@anycontact/core'

/** What the vendor's client passes to `fetchFn` beside the usual; here never set, because retries and time-outs are done around it. */
export interface FetchHints {
  timeout?: number
  retries?: number
  retryDelay?: number
  retryTimeout?: boolean
}

/** A replacement for `fetch`, as the vendor types it. Its `headers` are a plain object with lower-case names. */
export type FetchFunction = (url: string | URL, options?: RequestInit & FetchHints) => Promise<Response>

/**
 * The options of the vendor's client under the vendor's names, and beside them ours, which go further. Where both say the same
 * thing, ours count: `timeoutMs` over `timeout`, `retry` over `retries` and `retryDelay`, `fetch` over `fetchFn`.
 *
 * Four things are not as with the vendor's client. Requests that must not be applied twice, such as `create`, are not sent again
 * when their answer is lost. Attempts time out, after 30 s unless told otherwise, body included. Waits between attempts are
 * random and obey `Retry-After`. An aborted stream throws the signal's reason, where the vendor's ends as if it were complete.
 */
export interface ChatBotKitClientOptions extends HttpOptions {
  /** A secret key (`sk-…`) or another bearer token; a function is asked before each attempt. */
  readonly secret: CredentialOption
  /** Scheme, host and port of the API; a path in it is ignored. @default 'https://api.chatbotkit.com' */
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
  /** An IANA time zone, sent along; no contacts route reads it. */
  readonly timezone?: string | undefined
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

/** What a client keeps of its options: ours, and the vendor's for which there is nothing of ours. */
export type ClientSettings = Omit<ChatBotKitClientOptions, 'timeout' | 'retries' | 'retryDelay' | 'fetchFn'>

/** The request options that the vendor has a name of its own for. */
type VendorNames = Pick<ChatBotKitClientOptions, 'timeout' | 'retries' | 'retryDelay' | 'fetchFn'>

/** Puts the vendor's names into ours; members that are absent stay absent. */
export function fromVendorNames({
  timeout,
  retries,
  retryDelay,
  fetchFn,
}: VendorNames): Pick<HttpOptions, 'timeoutMs' | 'retry' | 'fetch'> {
  const again = retries !== undefined || retryDelay !== undefined
  return {
    ...(timeout !== undefined && { timeoutMs: timeout > 0 ? timeout : Number.POSITIVE_INFINITY }),
    ...(again && {
      retry: {
        ...(retries !== undefined && { attempts: retries + 1 }),
        ...(retryDelay !== undefined && { baseDelayMs: retryDelay }),
      },
    }),
    ...(fetchFn !== undefined && { fetch: fetchFrom(fetchFn) }),
  }
}

/** The settings that options come down to: the vendor's names in ours, and ours over them. */
export function settingsOf<Options extends Partial<ChatBotKitClientOptions>>(
  options: Options,
): Omit<Options, keyof VendorNames> & Pick<HttpOptions, 'timeoutMs' | 'retry' | 'fetch'> {
  const { timeout, retries, retryDelay, fetchFn, ...own } = options
  const vendor = fromVendorNames({ timeout, retries, retryDelay, fetchFn })
  return {
    ...own,
    ...vendor,
    ...(own.timeoutMs !== undefined && { timeoutMs: own.timeoutMs }),
    ...(own.retry !== undefined && { retry: own.retry }),
    ...(own.fetch !== undefined && { fetch: own.fetch }),
  }
}

/** The settings of a client made from another one by `extend`: headers, endpoints and retry are merged, the rest is replaced. */
export function extendSettings(
  current: ClientSettings,
  extension: Partial<ChatBotKitClientOptions>,
): ClientSettings {
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

/** The vendor's kind of `fetch` as the web's. */
function fetchFrom(fetchFn: FetchFunction): CoreFetch {
  return (input, init) => {
    const url = typeof input === 'string' || input instanceof URL ? input : input.url
    return fetchFn(url, { ...init, headers: Object.fromEntries(new Headers(init?.headers)) })
  }
}
