import type { JsonObject } from '@anycontact/core'
import type { PairWrite, Side } from './pair.ts'
import type { Conflict, Generation, Intent, Run, RunCounts, StagedContact } from './records.ts'

/** One change of a ledger; several are stored together, all or none. */
export type LedgerChange =
  /**
   * Stores a pair. It takes a side's id away from another pair that has it, because the last word is right: that one loses its
   * conflicts, and goes where it has no side left. One whose number is not there any more, because it was dropped or forgotten, is
   * not stored.
   */
  | { readonly type: 'pair'; readonly pair: PairWrite }
  /** Notes that pairs came in a generation and were as they were known: nothing else of them changes. */
  | {
      readonly type: 'seen'
      readonly side: Side
      readonly generation: number
      readonly pairs: readonly number[]
    }
  /** Removes pairs, with their conflicts. */
  | { readonly type: 'drop'; readonly pairs: readonly number[] }
  /** Notes that a write is about to be sent. One that is there already is sent again: its age begins anew. */
  | { readonly type: 'intent'; readonly intent: Intent }
  /** Notes that the outcome of writes is known. */
  | { readonly type: 'settled'; readonly intents: readonly string[] }
  /** Stores how far a generation is; one a side and number. Older ones of the side go once it is not `reading` any more. */
  | { readonly type: 'generation'; readonly generation: Generation }
  /** Puts contacts in line. */
  | { readonly type: 'stage'; readonly contacts: readonly Omit<StagedContact, 'sequence'>[] }
  /** Takes contacts out of the line. */
  | { readonly type: 'unstage'; readonly sequences: readonly number[] }
  /**
   * Stores a conflict. One that is there keeps its place and `foundAt`; a decision that is there stays, unless a value of the conflict
   * has changed.
   */
  | { readonly type: 'conflict'; readonly conflict: Conflict }
  /** Removes conflicts that are settled. */
  | { readonly type: 'resolved'; readonly conflicts: readonly string[] }
  /** Stores a run. */
  | { readonly type: 'run'; readonly run: Run }
  /** Adds to the counts of a run. */
  | { readonly type: 'count'; readonly run: number; readonly counts: RunCounts }
  /** Removes runs that ended before a moment (by the ledger's clock), with their counts. */
  | { readonly type: 'expire'; readonly endedBefore: number }
  /** Replaces the definition that the sync is known by. */
  | { readonly type: 'definition'; readonly definition: JsonObject }
