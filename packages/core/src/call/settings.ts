import type { Hold } from './hold.ts'
import type { Clock } from './timing.ts'

/** How requests that are safe to repeat are repeated. */
export interface RetryOptions {
  /** How often a request is sent at most, the first time included. @default 4 */
  readonly attempts?: number | undefined
  /** The wait before the first repetition is random up to this; it doubles each time. Milliseconds. @default 250 */
  readonly baseDelayMs?: number | undefined
  /** No wait is longer. A provider that asks for a longer one fails the call at once with `rate_limited`. Milliseconds. @default 60000 */
  readonly maxDelayMs?: number | undefined
  /** Whether an attempt that took longer than `timeoutMs` is repeated. @default true */
  readonly afterTimeout?: boolean | undefined
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
  /** How long one attempt may take, in milliseconds; for a stream, how long it may be silent. @default the client's */
  readonly timeoutMs?: number | undefined
  /**
   * How long the call may take with all its requests, waits and repetitions, in milliseconds. In a listing it counts for each
   * page, in a batch for each item, and for a stream up to its headers.
   * @default the client's
   */
  readonly deadlineMs?: number | undefined
  /** Sent with each request, over the client's headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How requests that are safe to repeat are repeated; `false` sends each once. @default the client's */
  readonly retry?: RetryOptions | false | undefined
}

/** What one call is made with. What is absent is as the client was made. */
export interface CallSettings extends CallOptions {
  /** What errors and hooks call it. @default the name of the endpoint */
  readonly operation?: string | undefined
}

/** What a scope is opened with, beside the settings of its call. */
export interface ScopeInit {
  readonly provider: string
  readonly operation: string
  readonly clock: Clock
  /**
   * Whether the deadline counts for each request up to its headers, instead of for everything in the scope: for what is read as
   * one stream, which lasts as long as its reader takes.
   * @default false
   */
  readonly untilHeaders?: boolean | undefined
  /** When the deadline of a scope that this one is a part of passes. @default this one's own */
  readonly endsAt?: number | undefined
  /** What stops it and others that belong together, such as the pages of a listing. @default one of its own @internal */
  readonly hold?: Hold | undefined
  /** What the call was given, beside its settings. */
  readonly input?: unknown
}
