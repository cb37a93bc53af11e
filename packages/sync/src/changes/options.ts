import {
  type Clock,
  ContactsError,
  type ContactsErrorIssue,
  type JsonObject,
  type Where,
} from '@anycontact/core'
import { isPlainObject, systemClock } from '@anycontact/core/adapter-kit'
import type { Ledger } from '../ledger/ledger.ts'
import type { SyncClient } from '../project/plan.ts'
import type { ChangesProgress } from './changes.ts'

/** How changes are read. */
export interface ReadChangesOptions {
  /** Where it is kept what was told already. */
  readonly ledger: Ledger
  /** What the ledger knows this reading by. Another name begins anew; it must not be that of a sync. */
  readonly name: string
  /**
   * Which contacts are read, for example those that were changed since yesterday, where the provider can filter by that. With it no
   * deletion is told: a contact that does not come may only have ceased to match. Such a reading begins anew after a stop.
   * @default every contact
   */
  readonly where?: Where | undefined
  /**
   * Fields whose changes are none, such as `customFields.lastSeenAt`. `updatedAt` and `raw` never count.
   * @default none
   */
  readonly ignore?: readonly string[] | undefined
  /**
   * The largest share of the known contacts that may be gone without being asked, from 0 to 1. Where more are, the reading ends with
   * `too_many_deletions`, and none of them is told.
   * @default 0.1
   */
  readonly maxDeletions?: number | undefined
  /**
   * What to do where `ignore` is another than the last time: `stop` throws `changed_definition`, `continue` goes on; all contacts in
   * which what counts now is another are then told as updated.
   * @default 'stop'
   */
  readonly changedDefinition?: 'stop' | 'continue' | undefined
  /** How many contacts are read before what was told of them is stored; so many may be told again after a stop. @default 500 */
  readonly chunkSize?: number | undefined
  /** Called after each chunk. What it throws ends the reading. */
  readonly onProgress?: ((progress: ChangesProgress) => void) | undefined
  /** Ends the reading; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
  /** How long a process that has died keeps others from reading, where the ledger cannot tell that it is dead. @default 60000 */
  readonly leaseMs?: number | undefined
  /** Where time comes from. @default the system's */
  readonly clock?: Clock | undefined
}

/** Options that have been checked. */
export interface ChangesSettings extends ReadChangesOptions {
  readonly client: SyncClient
  readonly ignore: readonly string[]
  readonly maxDeletions: number
  readonly changedDefinition: 'stop' | 'continue'
  readonly chunkSize: number
  readonly leaseMs: number
  readonly clock: Clock
  /** What the ledger compares. */
  readonly definition: JsonObject
}

const KNOWN: readonly string[] = [
  'ledger',
  'name',
  'where',
  'ignore',
  'maxDeletions',
  'changedDefinition',
  'chunkSize',
  'onProgress',
  'signal',
  'leaseMs',
  'clock',
] satisfies (keyof ReadChangesOptions)[]

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0

/**
 * Checks options.
 *
 * @throws ContactsError `invalid_input` for what cannot work; tells of all that is wrong
 */
export function checkOptions(client: SyncClient, given: ReadChangesOptions): ChangesSettings {
  const issues: ContactsErrorIssue[] = []
  const expect = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  // Programs without types may give anything.
  const isObject = isPlainObject(given)
  expect(isObject, 'options', 'must be a plain object')
  const options: ReadChangesOptions = isObject ? given : { ...given }
  const { ledger, name, ignore = [], onProgress } = options
  const { maxDeletions = 0.1, changedDefinition = 'stop', chunkSize = 500, leaseMs = 60_000 } = options
  for (const key of Object.keys(options)) {
    expect(KNOWN.includes(key), key, `is not an option; the options are ${KNOWN.join(', ')}`)
  }
  expect(typeof client?.list === 'function', 'contacts', 'must be a client that has list')
  expect(
    typeof ledger?.commit === 'function',
    'ledger',
    "must be a ledger, such as sqliteLedger('contacts.db')",
  )
  expect(typeof name === 'string' && name.trim() !== '', 'name', 'must be text that is not blank')
  expect(
    Array.isArray(ignore) && ignore.every((path) => typeof path === 'string'),
    'ignore',
    'must be an array of names of fields',
  )
  expect(maxDeletions >= 0 && maxDeletions <= 1, 'maxDeletions', 'must be a number from 0 to 1')
  expect(
    changedDefinition === 'stop' || changedDefinition === 'continue',
    'changedDefinition',
    "must be 'stop' or 'continue'",
  )
  expect(isCount(chunkSize), 'chunkSize', 'must be a whole number of 1 or more')
  expect(isCount(leaseMs), 'leaseMs', 'must be a whole number of 1 or more')
  expect(onProgress === undefined || typeof onProgress === 'function', 'onProgress', 'must be a function')
  if (issues.length > 0) {
    throw new ContactsError({
      code: 'invalid_input',
      operation: 'readChanges',
      message: `readChanges cannot read as it is asked to: ${issues.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
      issues,
    })
  }
  return {
    ...options,
    client,
    ignore,
    maxDeletions,
    changedDefinition,
    chunkSize,
    leaseMs,
    clock: options.clock ?? systemClock,
    definition: { reads: 'changes', provider: client.provider, ignore: [...new Set(ignore)].sort() },
  }
}
