import type { RetryEvent } from '@anycontact/core'

/**
 * Settings of one call: an optional last argument of every function and method here, which the vendor's own client does not
 * have. What is absent is as the client was made.
 */
export interface EndpointCall {
  /** What errors and hooks call it. @default the method's name, such as `getConversations` */
  readonly operation?: string | undefined
  /** Ends the call; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
  /** How long one attempt may take, in milliseconds; for a stream, how long it may be silent. */
  readonly timeoutMs?: number | undefined
  /** How long the call may take with its waits and repetitions, in milliseconds. */
  readonly deadlineMs?: number | undefined
  /** Sent over the client's headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Whether sending it twice does the same as sending it once, so that it may be repeated. @default what is known of the endpoint */
  readonly idempotent?: boolean | undefined
  /** Told before each repetition. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined
}
