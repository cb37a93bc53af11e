/** What the vendor's client passes to `fetchFn` beside the usual; here never set, because retries and time-outs are done around it. */
export type FetchHints = {
  timeout?: number
  retries?: number
  retryDelay?: number
  retryTimeout?: boolean
  retryStatuses?: number[]
}

/** A replacement for `fetch`, as the vendor types it. Its `headers` are a plain object, with names as the vendor's client spells them and yours as you do. */
export type FetchFunction = (url: string | URL, options?: RequestInit & FetchHints) => Promise<Response>

/** The options of a client as the vendor declares them. The clients of this package take more: {@link ClientOptions}. */
export type ChatBotKitClientOptions = {
  /** A secret key (`sk-…`) or another bearer token. */
  secret: string
  /** Where the API is. @default 'https://api.chatbotkit.com' */
  baseUrl?: string | URL | undefined
  /** Replaces the host of `baseUrl`, port included. */
  host?: string | undefined
  /** Replaces the scheme of `baseUrl`. */
  protocol?: 'http:' | 'https:' | undefined
  /** Other paths for single endpoints. */
  endpoints?: Record<string, string> | undefined
  /** Acts as a child account, named by its id. */
  runAsUserId?: string | undefined
  /** Acts as a child account, named by its email address. */
  runAsChildUserEmail?: string | undefined
  /** An IANA time zone. */
  timezone?: string | undefined
  /** Sent with every request. */
  headers?: Record<string, string> | undefined
  /** How long one attempt may take, in milliseconds. */
  timeout?: number | undefined
  /** How often a request is sent again. */
  retries?: number | undefined
  /** The wait before the first repetition, in milliseconds. */
  retryDelay?: number | undefined
  /** Whether an attempt that timed out is repeated. */
  retryTimeout?: boolean | undefined
  /** Replaces `fetch`. */
  fetchFn?: FetchFunction | undefined
}
