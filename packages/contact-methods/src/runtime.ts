import type { ComplianceSDK } from './api/client.ts'
import type { Transport } from './api/transport.ts'
import type { ClientSort } from './options.ts'

/** What the adapter's parts work with. */
export interface ContactMethodsRuntime {
  readonly sdk: ComplianceSDK
  readonly transport: Transport
  /** The time now, in milliseconds. */
  readonly now: () => number
  readonly deadlineMs: number | undefined
  readonly clientSort: ClientSort | false
  /** What was found out about the server; the same for every call. */
  readonly found: ServerTraits
}

/** What is not published of the server, and found out as it is used. */
interface ServerTraits {
  /** Whether it sorts listings by client; `undefined` until it is known. */
  sortsByClient: boolean | undefined
  /** Whether it takes several values in a filter; `undefined` until it is known. */
  filtersBySeveral: boolean | undefined
}
