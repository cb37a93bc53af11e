import type { Clock, ContactsPolicy } from '@anycontact/core'
import type { MemoryClock, MemoryIds, MemorySeed } from './store/index.ts'

/** The options of the plain adapter. */
export interface MemoryAdapterOptions extends MemorySeed {
  /** Tells the time, for `createdAt` and `updatedAt`. @default the system's clock */
  readonly clock?: MemoryClock | undefined
  /**
   * Gives the id of each new contact, contact method, avatar and so on. One that is taken is asked for again.
   * @default `mem_000001`, `mem_000002`, … for contacts, `contactMethod_000001` and so on for the rest
   */
  readonly ids?: MemoryIds | undefined
}

/** The options of a memory client: what it begins with, its sources of time and ids, and the policy that every client has. */
export interface MemoryOptions extends MemoryAdapterOptions, Omit<ContactsPolicy, 'clock'> {
  /** Tells the time, for `createdAt` and `updatedAt`; one that can also wait is the clock of `deadlineMs`. @default the system's clock */
  readonly clock?: MemoryClock | Clock | undefined
}
