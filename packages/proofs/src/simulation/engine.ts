import type { Clock, FetchFunction, RateLimiter } from '@anycontact/core'
import type { Ledger } from '@anycontact/sync/ledger-kit'
import type { Side } from './hands.ts'
import type { Route } from './route.ts'

/** How a sync of a simulation is defined. */
export interface Definition {
  readonly route: Route
  readonly direction: 'one-way' | 'both'
  readonly absent: 'clear' | 'leave'
  readonly deletions: 'keep' | 'mirror'
  readonly conflicts: 'newest' | 'source' | 'target' | 'review'
  readonly keep: 'values' | 'hashes'
  /** How many contacts are dealt with between two commits, at most. */
  readonly chunkSize: number
  /** How many processes work at once; 0 for one that does it all alone. */
  readonly workers: number
  /** The largest share of the contacts that a run deletes without being asked. */
  readonly maxDeletions: number
}

/** What a process that runs a sync has of the world. */
export interface Means {
  readonly definition: Definition
  readonly fetch: Readonly<Record<Side, FetchFunction>>
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: () => number
  /** For all requests to a side. */
  readonly rateLimit: Readonly<Record<Side, RateLimiter | undefined>>
  /** Ends the run where it stands. */
  readonly signal: AbortSignal
  /** Of one worker among several: whether it is to begin a run. */
  readonly start: boolean
  /** Allows this run to delete as many contacts as there are. */
  readonly isAllowedToDelete: boolean
}

/** What syncs: the engine itself, or in tests of the simulation one that is known to be wrong. */
export interface Engine {
  /** Where it keeps what it knows; outlives its processes. */
  openLedger(now: () => number, random: () => number): Promise<Ledger>
  /** Runs a sync to its end. Rejects where it stops before. */
  run(means: Means): Promise<void>
  /** The newest run that a ledger knows. */
  newestRun(ledger: Ledger, definition: Definition): Promise<NewestRun | undefined>
  /** Decides conflicts that wait for it. @param choose - whose value is taken; `undefined` leaves one */
  decide(ledger: Ledger, definition: Definition, choose: () => Side | undefined): Promise<readonly Decided[]>
  /** Contacts that it says are not in step, and why not. */
  problems(ledger: Ledger, definition: Definition): Promise<readonly Problem[]>
}

/** How far the newest run is. */
export interface NewestRun {
  readonly number: number
  readonly state: 'running' | 'stopped' | 'done'
}

/** A conflict that was decided. */
export interface Decided {
  /** The id of its contact on each side. */
  readonly source: string | undefined
  readonly target: string | undefined
  readonly field: string
  /** Whose value both are to have. */
  readonly side: Side
}

/** A contact that an engine says is not in step. */
export interface Problem {
  /** Its id on each side, where it is there. */
  readonly source: string | undefined
  readonly target: string | undefined
  readonly why: string
  /** The field, where it is in doubt what that is to be. */
  readonly field?: string | undefined
}
