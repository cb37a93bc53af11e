import type { Clock } from '@anycontact/core'
import type { ImbraceClient } from './api/client.ts'
import type { ImbraceDialect } from './api/types.ts'

/** What the adapter's parts work with. */
export interface ChannelInboxRuntime {
  readonly client: ImbraceClient
  readonly dialect: ImbraceDialect
  readonly clock: Clock
  readonly deadlineMs: number | undefined
}
