import type { Clock } from '@anycontact/core'
import type { Ledger } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pair.ts'
import type { Generation, Run } from '../ledger/records.ts'
import type { SyncPlan } from '../project/plan.ts'
import type { TellContact } from './contact-event.ts'
import type { Counts } from './counts.ts'
import type { Lease } from './lease.ts'

/** How the engine works; the same for one process and for many. */
export interface WorkSettings {
  readonly clock: Clock
  readonly random: () => number
  /** How long after a write was sent nothing of it can be under way any more, in milliseconds. */
  readonly settleMs: number
  /** How many writes are under way at once. */
  readonly concurrency: number
  /** The most contacts of a chunk. */
  readonly chunkSize: number
  readonly leaseMs: number
  readonly maxDeletions: number
}

/** What every part of the engine works with, under one claim. */
export interface Work extends WorkSettings {
  readonly plan: SyncPlan
  readonly ledger: Ledger
  readonly salt: string
  readonly lease: Lease
  readonly run: Run
  /** The newest generation of each side. */
  readonly generations: Readonly<Partial<Record<Side, Generation>>>
  /** What is to be added to the run's counts with the next commit. */
  readonly counts: Counts
  /** The caller's. */
  readonly signal: AbortSignal | undefined
  /** Told after each commit. */
  readonly onCommit: () => void
  /** Told how long it is waited, before it is. */
  readonly onWait: (waitMs: number) => void
  /** Told what came of each contact, once that is stored. */
  readonly onContact: TellContact | undefined
  /** Sends more than a few writes that fail in a row, and the run ends. */
  readonly failures: { inARow: number }
}

/** @throws the caller's reason when the work is to stop, or SyncError `fenced` when the claim is lost */
export function checkGoOn({ signal, lease }: Pick<Work, 'signal' | 'lease'>): void {
  signal?.throwIfAborted()
  lease.check()
}

/** Either side's other one. */
export function otherSide(side: Side): Side {
  return side === 'source' ? 'target' : 'source'
}

/** Whether work goes on, for who asks before each of many things. */
export function goesOn({ signal, lease }: Pick<Work, 'signal' | 'lease'>): () => boolean {
  return () => !signal?.aborted && !lease.signal.aborted
}
