import type { ChatBotKitSwitches } from './options.ts'
import type { PollLimit } from './rate-limit.ts'
import type { ResourceStore } from './resource-store.ts'
import type { ContactStore } from './store.ts'

/** What the routes work with. */
export interface Services {
  readonly store: ContactStore
  readonly resources: ResourceStore
  readonly pollLimit: PollLimit
  readonly switches: ChatBotKitSwitches
  /** Milliseconds since the epoch. */
  readonly now: () => number
}
