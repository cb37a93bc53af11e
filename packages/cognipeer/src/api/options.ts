import type { CredentialOption, FetchFunction, HttpOptions, RateLimitOptions } from '@anycontact/core'
import type { ToolResult } from './types.ts'

/**
 * The options of the vendor's client under the vendor's names, and beside them ours, which go further. Where both say the same
 * thing, ours count: `timeoutMs` over `timeout`.
 *
 * Three things are not as with the vendor's client: requests that are safe to repeat are repeated, an attempt's time covers its
 * answer's body, and errors are `ContactsError`.
 */
export interface CognipeerClientConfig extends Omit<HttpOptions, 'baseUrl' | 'fetch'> {
  /** A personal access token (`pat_…`) or an API token; a function is asked before each attempt. */
  token: CredentialOption
  /** The id of the API channel; sent as `x-hook-id` with either kind of token. A function is asked before each attempt. */
  hookId: CredentialOption
  /** Where the API is, `/v1` included. @default 'https://api.cognipeer.com/v1' */
  apiUrl?: string | URL | undefined
  /** The vendor's web application, for links. Nothing here makes any: it is taken so that programs that give it go on working. */
  baseUrl?: string | undefined
  /** What sends the requests; it is called with the URL as text and the headers as a plain object. @default the runtime's */
  fetch?: FetchFunction | undefined
  /** How long one attempt may take, in milliseconds; 0 stands for the default. @default 60000 */
  timeout?: number | undefined
  /** The vendor's, for conversations; nothing here reads it. */
  autoExecuteTools?: boolean | undefined
  /** The vendor's, for conversations; nothing here reads it. */
  maxToolExecutions?: number | undefined
  /** The vendor's, for conversations; nothing here calls it. */
  // biome-ignore lint/suspicious/noExplicitAny: the vendor's declared type
  onToolStart?: ((toolName: string, args: any) => void) | undefined
  /** The vendor's, for conversations; nothing here calls it. */
  onToolEnd?: ((toolName: string, result: ToolResult) => void) | undefined
}

/** What an attempt may take where nothing is said, as in the vendor's client. */
const VENDOR_TIMEOUT_MS = 60_000

/** The vendor's names in ours. */
export function httpOptionsOf(config: Partial<CognipeerClientConfig>): HttpOptions {
  const { apiUrl, baseUrl: _links, timeout, timeoutMs, ...rest } = config
  return { ...rest, baseUrl: apiUrl, timeoutMs: timeoutMs ?? (timeout || VENDOR_TIMEOUT_MS) }
}

/**
 * The limit that the vendor documents: 100 requests a minute for each key. Give it as `rateLimit`, to be kept on this side; what
 * the server's `X-RateLimit-Reset` asks for is waited either way. (A second one, 5,000 a day, is not counted here.)
 *
 * @example
 * ```ts
 * const contacts = cognipeer({ token, hookId, rateLimit: COGNIPEER_RATE_LIMIT })
 * ```
 */
export const COGNIPEER_RATE_LIMIT: RateLimitOptions = { requests: 100, perMs: 60_000 }
