import type { ImbraceClient } from './api/client.ts'
import type { ImbraceDialect } from './api/types.ts'

/** What the adapter's parts work with. */
export interface ChannelInboxRuntime {
  readonly client: ImbraceClient
  readonly dialect: ImbraceDialect
  /** The time now, in milliseconds. */
  readonly now: () => number
  readonly deadlineMs: number | undefined
}
