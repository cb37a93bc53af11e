import { type Clock, ContactsError, type ContactsPolicy } from '@anycontact/core'
import { readFactoryOptions } from '@anycontact/core/adapter-kit'
import { PROVIDER } from './mapping.ts'
import { invalidInput, type MemoryClock, type MemoryIds, type MemorySeed } from './store/index.ts'

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

/** Reads the options of a client once. @throws ContactsError `config` for what is no option, or cannot be one */
export function readOptions(options: MemoryOptions): MemoryOptions {
  return readFactoryOptions(options, PROVIDER, { ...SEEDS, ids: 'function', clock: 'timeSource' }, 'none')
}

const SEEDS = {
  contacts: 'records',
  conversations: 'records',
  comments: 'records',
  files: 'records',
  activities: 'records',
  notifications: 'records',
  avatars: 'list',
} as const

/** Reads what a store is given later, once. @throws ContactsError `invalid_input` */
export function readSeed(seed: MemorySeed): MemorySeed {
  try {
    return readFactoryOptions<MemorySeed>(seed, PROVIDER, SEEDS, 'none')
  } catch (error) {
    throw ContactsError.is(error) && error.issues ? invalidInput(error.issues) : error
  }
}
