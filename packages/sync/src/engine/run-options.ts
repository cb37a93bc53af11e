import { type Clock, ContactsError } from '@anycontact/core'
import { systemClock } from '@anycontact/core/adapter-kit'
import type { Ledger } from '../ledger/ledger.ts'
import type { RunProgress } from './report.ts'
import type { WorkSettings } from './work.ts'

/** How a sync is run. */
export interface RunOptions {
  /** Where the sync keeps what it knows. */
  readonly ledger: Ledger
  /** Ends the run once the requests under way are answered; the next one goes on there. Its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
  /** Told after each commit how far the run is. What it throws ends the run. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
  /** Whether only to tell what would be done, and to write nothing, neither to a provider nor to the ledger. @default false */
  readonly dryRun?: boolean | undefined
  /**
   * What to do where the ledger was made with another definition: throw and say what has changed, go on with it (what was agreed stays
   * agreed), or forget what was agreed and compare everything anew.
   * @default 'throw'
   */
  readonly changedDefinition?: 'throw' | 'continue' | 'restart' | undefined
  /** The largest share of the linked contacts that this run may delete, from 0 to 1. @default the definition's */
  readonly maxDeletions?: number | undefined
  /** How many writes are under way at once. @default 8 */
  readonly concurrency?: number | undefined
  /**
   * How many contacts are read, and brought into step, between two commits at most: what a crash has done again, from 1 to 500.
   *
   * @default 500
   */
  readonly chunkSize?: number | undefined
  /**
   * How long after a write was sent it cannot land any more, in milliseconds: at least twice the time limit of a request
   * (`timeoutMs` of the clients). No write is made again before.
   * @default 60000
   */
  readonly settleMs?: number | undefined
  /** How long the history of runs is kept, in milliseconds. @default 90 days */
  readonly keepHistoryMs?: number | undefined
  /** How long a claim holds without a sign of life, in milliseconds. @default 60000 */
  readonly leaseMs?: number | undefined
  /** Replaced in tests. @default the runtime's */
  readonly clock?: Clock | undefined
  /** Replaced in tests. @default Math.random */
  readonly random?: (() => number) | undefined
}

/** So many contacts are a chunk, where nobody says otherwise, and at most. */
const CHUNK_SIZE = 500

const DEFAULTS = {
  concurrency: 8,
  settleMs: 60_000,
  leaseMs: 60_000,
  keepHistoryMs: 90 * 24 * 3_600_000,
} as const

/** The settings of a run, checked. @throws ContactsError `invalid_input` */
export function readSettings(
  options: Omit<RunOptions, 'ledger'>,
  maxDeletions: number,
): WorkSettings & { readonly keepHistoryMs: number } {
  const positive = (name: keyof typeof DEFAULTS): number => {
    const value = options[name] ?? DEFAULTS[name]
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
    throw badOption(name, 'must be a number greater than 0')
  }
  const share = options.maxDeletions ?? maxDeletions
  if (typeof share !== 'number' || !(share >= 0 && share <= 1))
    throw badOption('maxDeletions', 'must be from 0 to 1')
  const concurrency = positive('concurrency')
  if (!Number.isInteger(concurrency)) throw badOption('concurrency', 'must be a whole number')
  const { chunkSize = CHUNK_SIZE } = options
  if (!(Number.isInteger(chunkSize) && chunkSize >= 1 && chunkSize <= CHUNK_SIZE))
    throw badOption('chunkSize', `must be a whole number from 1 to ${CHUNK_SIZE}`)
  return {
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    concurrency,
    settleMs: positive('settleMs'),
    leaseMs: positive('leaseMs'),
    keepHistoryMs: positive('keepHistoryMs'),
    chunkSize,
    maxDeletions: share,
  }
}

function badOption(path: string, message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    operation: 'runSync',
    message: `The sync cannot be run: ${path} ${message}.`,
    issues: [{ path, message }],
  })
}
