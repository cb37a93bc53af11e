import type { CallOptions } from '@anycontact/core'

/** A call that can be made again and again, each time about something of its own. */
export interface TimedCall {
  /** The call in words, for messages. */
  readonly what: string
  /** Whether it changes something. */
  readonly isWrite: boolean
  /** Whether it reads the listing, which takes longer the more contacts there are. */
  readonly isScan: boolean
  /** Makes what one such call is about, and gives what makes the call. */
  prepare(): Promise<(options: CallOptions) => PromiseLike<unknown>>
}
