import type { CognipeerClient } from './api/client.ts'
import type { ContactRecord } from './api/wire.ts'

/** A key that the vendor looks contacts up by, in the vendor's words. */
export type LookupKey = 'integrationId' | 'email'

/** What the adapter's parts work with. */
export interface CognipeerRuntime {
  readonly client: CognipeerClient
  /** The time now, in milliseconds. */
  readonly now: () => number
  readonly deadlineMs: number | undefined
  /** Whether a create that turned out not to have arrived may be sent once more. */
  readonly resends: boolean
  /** Keys that the caller knows to be unique. */
  readonly uniqueKeys: ReadonlySet<LookupKey>
  /** Keys whose values were just seen to be a record's alone, by the record as it was handed out. */
  readonly seenUnique: WeakMap<object, ReadonlySet<LookupKey>>
}

/** A record, and the keys whose values no other contact has, as far as that was looked at. */
export interface FoundRecord {
  readonly record: ContactRecord
  readonly unique: ReadonlySet<LookupKey>
}
