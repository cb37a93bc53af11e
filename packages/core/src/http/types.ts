import type { CallSettings } from '../call/scope.ts'
import type { Scrubber } from '../call/scrub.ts'
import type { RetryOptions } from '../call/settings.ts'
import type { Clock } from '../call/timing.ts'
import type { ContactsErrorCode, ContactsErrorIssue } from '../errors.ts'

/** A function with the signature of the web's `fetch`. */
export type FetchFunction = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** What `fetch` is called with. */
export interface SendInit {
  readonly method: string
  /** The headers, as a plain object with names as they were given. */
  readonly sent: Readonly<Record<string, string>>
  readonly body: NonNullable<RequestInit['body']> | null
  readonly signal: AbortSignal
  readonly redirect: 'manual'
}

/** Sends a request once, and gives its answer whatever the status. */
export type Sender = (url: string, init: SendInit) => Promise<Response>

/** A client-side limit: no more than `requests` are started in any window of `perMs` milliseconds. */
export interface RateLimitOptions {
  readonly requests: number
  readonly perMs: number
  /**
   * How many may start at once; the others follow one by one, evenly spread. In any time there are then at most
   * `requests * time / perMs + burst`. If it is more than `requests`, so many can be in one window of `perMs`.
   * @default requests
   */
  readonly burst?: number | undefined
}

/**
 * A limit that is kept elsewhere: by `createRateLimiter` for the clients of one program, or by a program's own, which several
 * processes share.
 */
export interface RateLimiter {
  /**
   * Resolves when one more request may start, which is then sent at once.
   *
   * @param signal - aborted when the request is given up: then `take` is to reject, and to use up nothing
   */
  take(signal: AbortSignal): Promise<void>
}

/** A header record, or a function asked for one before each attempt. */
export type HeadersOption =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)

/** A secret as a string, or a function asked for it before each attempt, so that it can expire and be renewed. */
export type CredentialOption = string | (() => string | Promise<string>)

/** A request, as hooks see it. Credentials in headers read `[redacted]`, the URL has neither ids nor a query. */
export interface RequestEvent {
  readonly provider: string
  readonly operation: string
  readonly method: string
  /**
   * Scheme, host and path, as the route is written: `/contacts/{id}`. Ids are left out, and so is the query, because they can be
   * somebody's. Of a path that was written by hand, or that a server redirects to, segments that no route has are `{}`.
   */
  readonly url: string
  /** 1 for the first time the request is sent. */
  readonly attempt: number
  /**
   * The same object in all events of one request, its repetitions and redirects too, and in no other's: a key for a `WeakMap`. What
   * it is sent as is answered, or has failed, before it is sent again.
   */
  readonly request: object
  readonly headers: Readonly<Record<string, string>>
}

/** An answer, as hooks see it. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  /** From the start of the attempt to the answer's headers. */
  readonly durationMs: number
  /** Requests left in the provider's window, where one of `remainingHeaders` says so. */
  readonly remaining?: number
}

/** A request that got no answer, as hooks see it. */
export interface FailureEvent extends RequestEvent {
  /** Why: `network`, `timeout`, or `config` where `fetch` gave no Response; absent where the call was aborted. */
  readonly code?: ContactsErrorCode
  /** From the start of the attempt. */
  readonly durationMs: number
}

/** A repetition that is about to be waited for, as hooks see it; `attempt` is the one that failed. */
export interface RetryEvent extends RequestEvent {
  /** Why: the code that the call would have failed with. */
  readonly code: ContactsErrorCode
  readonly status?: number
  /** How long it waits first. */
  readonly delayMs: number
}

/** The options of every adapter that speaks HTTP. */
export interface HttpOptions {
  /** Scheme, host and, where the vendor's routes allow one, a path prefix. @default the vendor's */
  readonly baseUrl?: string | URL | undefined
  /** What sends. On Deno it gets the body of a write as a `Blob`, which is sent once. @default the runtime's `fetch` */
  readonly fetch?: FetchFunction | undefined
  /** Sent with every request; a function is asked before each attempt. */
  readonly headers?: HeadersOption | undefined
  /** How long one attempt may take, body included; for a stream, how long it may be silent. Milliseconds. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** How long a whole call may take, with its waits and repetitions; for a stream, up to its headers. Milliseconds. @default none */
  readonly deadlineMs?: number | undefined
  /** `false` sends everything once. */
  readonly retry?: RetryOptions | false | undefined
  /** How many requests may start in a time. The turn is taken last, when headers and credentials are there. @default none */
  readonly rateLimit?: RateLimitOptions | RateLimiter | undefined
  /** How many requests may be under way at once. A stream counts until its headers have arrived. @default 8 */
  readonly concurrency?: number | undefined
  /** An answer larger than this many bytes is refused; streams are not limited. @default 67108864 (64 MiB) */
  readonly maxResponseBytes?: number | undefined
  /** Paths or http(s) URLs for single routes, by route name, where a deployment differs; `{id}` stands for the escaped id. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined
  /** Called before each request that is sent: each attempt, and each redirect followed. What it throws is ignored. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined
  /** Called with each answer, whatever its status, when its headers are there. What it throws is ignored. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined
  /** Called in the place of `onResponse` where no answer comes: after each `onRequest` one of the two is. What it throws is ignored. */
  readonly onFailure?: ((event: FailureEvent) => void) | undefined
  /** Called before each wait for a repetition. What it throws is ignored. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined
  /** Replaced in tests. @default the runtime's */
  readonly clock?: Clock | undefined
  /** A number from 0 to 1, for the jitter of waits; replaced in tests. @default Math.random */
  readonly random?: (() => number) | undefined
}

/**
 * A response header that says when the provider's window resets, with its unit. A time since September 2001 is taken for a time,
 * anything less for a wait. A name alone is read in seconds, or in milliseconds where a time in seconds would be after the year
 * 33000.
 */
export interface ResetHeader {
  readonly name: string
  readonly unit: 'seconds' | 'milliseconds'
}

/** An answer that is an error, before it is turned into a `ContactsError`. */
export interface ErrorResponse {
  readonly status: number
  readonly headers: Headers
  /** The parsed body when it is JSON, else `undefined`. */
  readonly json: unknown
  /** The body's text, cut to a few kilobytes. */
  readonly text: string
}

/** What an adapter reads out of a vendor's error body. Absent members are filled from the status. */
export interface ErrorClassification {
  readonly code?: ContactsErrorCode | undefined
  /** The vendor's own words; what was sent is taken out of them before anyone sees them. */
  readonly message?: string | undefined
  readonly vendorCode?: string | undefined
  /** What exactly the vendor says is wrong, and where; treated as `message` is. */
  readonly issues?: readonly ContactsErrorIssue[] | undefined
  /** `false` keeps an answer from being retried although its status would be. */
  readonly retryable?: boolean | undefined
  readonly retryAfterMs?: number | undefined
}

/** How an HTTP client is set up by an adapter. */
export interface HttpConfig extends HttpOptions {
  readonly provider: string
  /** The vendor's base URL, used when `baseUrl` is absent. */
  readonly defaultBaseUrl: string
  /**
   * The vendor's authentication headers, asked for before each attempt. Must not send by the same client: the attempt already
   * holds its place under `concurrency`.
   */
  readonly authHeaders?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Names of headers whose values are no secret, for example an environment's: they may stand in messages and hooks. */
  readonly publicHeaders?: readonly string[]
  /** Reads a vendor's error body. Must not throw. */
  readonly classify?: (response: ErrorResponse) => ErrorClassification | undefined
  /**
   * Tells a refusal that came with a status of success, from a vendor that answers so: then the call fails as it says, with
   * `bad_response` where it gives no code, and is repeated only where it says `retryable`. Asked for JSON answers. Must not throw.
   * @default every answer with such a status is a success
   */
  readonly classifyAnswer?: (response: ErrorResponse) => ErrorClassification | undefined
  /**
   * The response headers that say when the provider's window resets, in the order in which they are looked for. Read after
   * `Retry-After`, and for `rate_limited` alone.
   * @default none
   */
  readonly resetHeaders?: readonly (string | ResetHeader)[]
  /** The response headers that say how many requests are left, for hooks. @default ['x-ratelimit-remaining', 'ratelimit-remaining'] */
  readonly remainingHeaders?: readonly string[]
  /** Limits that hold for a group of routes, beside `rateLimit`, by the group's name; see {@link HttpRequest.group}. @default none */
  readonly groupLimits?: Readonly<Record<string, RateLimitOptions | RateLimiter>>
  /** The paths of the vendor's routes: hooks show a path that was written by hand by the one that it matches. @default none */
  readonly routePaths?: readonly string[]
  /** Names of response headers that hold the provider's request id. @default ['x-request-id'] */
  readonly requestIdHeaders?: readonly string[]
}

/** A value in a query: scalars as they are, arrays as repeated names; `undefined` and `null` are left out. */
export type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[]

/**
 * What sending a request does to the vendor's data: nothing (`read`), the same when it is sent twice as when it is sent once
 * (`idempotent`), or something more each time (`once`).
 */
export type Effect = 'read' | 'idempotent' | 'once'

/** One request. */
export interface HttpRequest {
  /** The call that it belongs to: an adapter hands on `context.call` as it is. @default a call of its own */
  readonly call?: CallSettings | undefined
  /** What it does to the vendor's data; this decides what is repeated. @default 'read' for GET and HEAD, else 'once' */
  readonly effect?: Effect | undefined
  /** The group of routes that it belongs to, whose own limit it takes a turn of too: a key of `groupLimits`. @default none */
  readonly group?: string | undefined
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | (string & {})
  /** Path below the base URL, with `{name}` for the parts in `params`, which are escaped. */
  readonly path: string
  /** Whether a user wrote the path, so that ids can stand in it as they are: hooks are shown less of it then. @default false */
  readonly isByHand?: boolean | undefined
  /** The name by which `endpoints` can override the path, and the operation where the call has none. */
  readonly route?: string | undefined
  /** Values for `{name}` in the path, escaped as one segment each. The path must name all of them, and no others. */
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, for files; exclusive with `json`. */
  readonly body?: NonNullable<RequestInit['body']> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Overrides the client's `fetch` for this request. */
  readonly fetch?: FetchFunction | undefined
  /** Whether to send the authentication headers. @default true */
  readonly authenticate?: boolean | undefined
  /**
   * Looks at what the answer says before it counts: where this throws, the request fails with that, and of a write it is not known
   * whether it was applied.
   */
  readonly check?: ((data: unknown) => void) | undefined
}

/** An answer with its body read. */
export interface HttpResponse<T> {
  readonly status: number
  readonly headers: Headers
  readonly data: T
}

/** The request helper that adapters use: the one place where HTTP happens. */
export interface HttpClient {
  /** Sends and parses a JSON answer; an empty 2xx body gives `undefined`, any other non-JSON is `bad_response`. */
  json(request: HttpRequest): Promise<HttpResponse<unknown>>
  /** Sends and returns the body as text. */
  text(request: HttpRequest): Promise<HttpResponse<string>>
  /** Sends and returns the body's bytes, whatever they are. */
  bytes(request: HttpRequest): Promise<HttpResponse<Uint8Array<ArrayBuffer>>>
  /**
   * Sends and returns the body as it arrives. Failures before the headers are retried as for the others; a body that breaks
   * off later throws `network` (or `timeout` when silent for `timeoutMs`) from the reader, and is the caller's to resume.
   */
  stream(request: HttpRequest): Promise<HttpResponse<ReadableStream<Uint8Array<ArrayBuffer>>>>
}

/** What an error about a request needs to know of it. */
export interface FailureContext {
  readonly provider: string
  readonly operation: string
  /** What was to be sent. */
  readonly request: HttpRequest
  /** Whether sending the request twice does the same as sending it once. */
  readonly idempotent: boolean
  /** Whether it can change anything at the vendor. */
  readonly isWrite: boolean
  /** Whether an attempt before may have been applied. */
  readonly mayHaveBeenApplied: () => boolean
  /** The response headers that may hold the provider's request id. @default ['x-request-id'] */
  readonly requestIdHeaders: readonly string[] | undefined
  /** Takes out what was sent in the call. */
  readonly scrubber: () => Scrubber
}
