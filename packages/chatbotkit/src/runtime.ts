import type { ContactClient } from './api/contact-client.ts'

/** What the adapter's parts work with. */
export interface ChatBotKitRuntime {
  readonly client: ContactClient
  /** The time now, in milliseconds; `verifiedAt` of what is created. */
  readonly now: () => number
  readonly deadlineMs: number | undefined
}
