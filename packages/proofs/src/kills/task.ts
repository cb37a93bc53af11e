import type { LedgerPlace } from './ledgers.ts'
import type { ScenarioName } from './scenarios.ts'

/** The environment variable in which a worker is told what to do. */
export const TASK = 'KILLS_TASK'

/** What a worker is to do. */
export interface Task {
  readonly scenario: ScenarioName
  readonly ledger: LedgerPlace
  /** Of the emulator. */
  readonly baseUrl: string
  readonly limits: Limits
  /** Whether it begins a run where none is under way. */
  readonly start: boolean
}

/** How long things may take, in milliseconds. */
export interface Limits {
  readonly timeoutMs: number
  readonly settleMs: number
  readonly leaseMs: number
}

/** The limits that go with the time limit of a request. A busy machine wants longer ones: what lands after `settleMs` is no law's matter. */
export function limitsOf(timeoutMs: number): Limits {
  return { timeoutMs, settleMs: timeoutMs * 2, leaseMs: timeoutMs * 3 }
}

/** What a worker says, a line of JSON each. */
export type Said =
  /** It is at work on a run. */
  | { readonly at: 'work' }
  /** The run is over. */
  | { readonly at: 'end' }
