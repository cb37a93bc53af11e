import type { Clock } from '@anycontact/core'
import { systemClock } from '@anycontact/core/adapter-kit'
import {
  abortSignal,
  callback,
  checkOptions,
  clock,
  flag,
  ledger,
  type OptionCheck,
  oneOf,
  positive,
  share,
  wholeNumber,
} from '../check-options.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ContactEvent } from './contact-event.ts'
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
  /**
   * Told what came of each contact once that is stored, or, in a dry run, what would come of it. What it throws ends the run. A contact
   * is told once, but for one of which more comes before the end of the run: it got a key that it had to wait for, or is deleted because
   * the other side's is gone. What an earlier process of the same run has stored is not told again; where it was killed between the two,
   * nobody is told.
   */
  readonly onContact?: ((event: ContactEvent) => void) | undefined
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

const CHECKS = {
  ledger,
  signal: abortSignal,
  onProgress: callback,
  onContact: callback,
  dryRun: flag,
  changedDefinition: oneOf('throw', 'continue', 'restart'),
  maxDeletions: share,
  concurrency: wholeNumber(1),
  chunkSize: wholeNumber(1, CHUNK_SIZE),
  settleMs: positive,
  keepHistoryMs: positive,
  leaseMs: positive,
  clock,
  random: callback,
} as const satisfies Readonly<Record<keyof RunOptions, OptionCheck>>

/** Checks how a sync is to be run. @throws ContactsError `invalid_input` */
export function checkRunOptions(options: unknown): void {
  checkOptions(options, CHECKS, { operation: 'runSync', cannot: 'The sync cannot be run' })
}

/**
 * Checks how a worker is to work: what `work` does first, for an engine that is to say at once what is wrong.
 *
 * @param options - of `WorkerOptions`, as a program without types may give them
 * @throws ContactsError `invalid_input`
 */
export function checkWorkerOptions(options: unknown): void {
  const { dryRun: _, ...checks } = CHECKS
  const ofWorkers = { ...checks, start: flag, pollMs: positive }
  checkOptions(options, ofWorkers, { operation: 'work', cannot: 'The sync cannot be worked on' })
}

/** The settings of a run, whose options have been checked. */
export function readSettings(
  options: Omit<RunOptions, 'ledger'>,
  maxDeletions: number,
): WorkSettings & { readonly keepHistoryMs: number } {
  return {
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    concurrency: options.concurrency ?? 8,
    settleMs: options.settleMs ?? 60_000,
    leaseMs: options.leaseMs ?? 60_000,
    keepHistoryMs: options.keepHistoryMs ?? 90 * 24 * 3_600_000,
    chunkSize: options.chunkSize ?? CHUNK_SIZE,
    maxDeletions: options.maxDeletions ?? maxDeletions,
  }
}
