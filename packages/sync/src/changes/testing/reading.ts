import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import type { Ledger } from '../../ledger/ledger.ts'
import { sqliteLedger } from '../../ledger/sqlite/sqlite-ledger.ts'
import type { SyncClient } from '../../project/plan.ts'
import type { ChangesSummary, ContactChange } from '../changes.ts'
import type { ReadChangesOptions } from '../options.ts'
import { readChanges } from '../read-changes.ts'

/** A ledger in memory, and the clock by which its claims end. */
export interface Store {
  readonly ledger: Ledger
  readonly clock: TestClock
}

export function createStore(): Store {
  const clock = createTestClock()
  return { ledger: sqliteLedger(':memory:', { clock }), clock }
}

/** What a reading told, in short (`updated Ana`, `deleted c-1`), and how it ended. */
export interface Told {
  readonly changes: readonly ContactChange[]
  readonly short: readonly string[]
  readonly summary: ChangesSummary | undefined
  readonly error: unknown
}

/** Reads to the end, or to the error that ends it. */
export async function tell(
  contacts: SyncClient,
  { ledger, clock }: Store,
  options: Partial<ReadChangesOptions> = {},
): Promise<Told> {
  const reading = readChanges(contacts, { ledger, clock, name: 'crm', chunkSize: 3, ...options })
  const changes: ContactChange[] = []
  let error: unknown
  try {
    for await (const change of reading) changes.push(change)
  } catch (reason) {
    error = reason
  }
  return { changes, short: changes.map(inShort), summary: reading.summary, error }
}

/** A change as text for people. */
export function inShort(change: ContactChange): string {
  return `${change.type} ${change.type === 'deleted' ? change.id : change.contact.name}`
}
