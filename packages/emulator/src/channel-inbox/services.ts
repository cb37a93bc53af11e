import type { NewId } from './ids.ts'
import type { ChannelInboxSwitches } from './options.ts'
import type { InboxStore } from './store.ts'

/** What the routes work with. */
export interface Services {
  readonly store: InboxStore
  readonly switches: ChannelInboxSwitches
  readonly newId: NewId
}
