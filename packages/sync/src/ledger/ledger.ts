import type { LedgerChange } from './change.ts'
import type { Pair, Side } from './pair.ts'
import type {
  Conflict,
  Generation,
  OpenIntent,
  Run,
  RunCounts,
  StagedContact,
  SyncIdentity,
} from './records.ts'

/** What is asked of {@link Ledger.claim}. */
export interface ClaimRequest {
  /** What is to be worked on: `run`, `reader`, `closer` or `shard:7`. One holder has it at a time. */
  readonly task: string
  /** Who asks, as text that tells people which process it is. */
  readonly holder: string
  /** How long it holds without being renewed, in milliseconds. */
  readonly leaseMs: number
}

/** The right to work on a task for a while. */
export interface Claim {
  readonly sync: string
  readonly task: string
  readonly holder: string
  /** Grows with every claim of any task of the sync: changes under an older one are refused. */
  readonly fence: number
}

/** Who has a task that somebody else asked for. */
export interface ClaimHolder {
  readonly holder: string
  /** How long it will hold, if it is not renewed, in milliseconds. */
  readonly leftMs: number
}

/** What a sync has in a ledger when it is opened. */
export interface SyncState {
  /** The definition that the ledger was last used with: it is for the caller to compare. */
  readonly definition: SyncIdentity['definition']
  /** Whether the sync was there before. */
  readonly isKnown: boolean
  /** Random text made with the sync, mixed into its hashes. */
  readonly salt: string
}

/** Contacts of a shard that wait for their turn. */
export interface Line {
  readonly shard: number
  /** How many wait. */
  readonly waiting: number
}

/** Which pairs are asked for; one of these. Pairs come in the order of their ids. */
export type PairQuery =
  | { readonly side: Side; readonly ids: readonly string[] }
  | { readonly keyHashes: readonly string[] }
  | {
      /** Those that have this side, and did not come in its generation of this number. Those that are `gone` there are left out. */
      readonly missing: Side
      readonly generation: number
      readonly shard?: number
      /** Those after this id. */
      readonly after?: number
      readonly limit: number
    }
  | {
      /** All, or those with one side only, or with a problem. */
      readonly having?: 'both' | 'source-only' | 'target-only' | 'problem'
      readonly shard?: number
      readonly after?: number
      readonly limit: number
    }

/**
 * The durable store of what syncs know. Every method is one transaction: it happens whole or not at all, and what has returned is
 * there after a crash. A store says in {@link Ledger.now} what time it is, for leases and for the age of intents, so that workers whose
 * clocks differ agree.
 *
 * `testLedger` of `@anycontact/sync/ledger-kit` holds a store to this.
 */
export interface Ledger extends AsyncDisposable {
  /** What it is, for messages: `SQLite` and the like. */
  readonly kind: string
  /** The time by the store's clock, in milliseconds since the epoch. */
  now(): Promise<number>
  /**
   * Opens the part of a sync; makes it where it is not there, with this definition. Brings an older schema up to date first.
   *
   * @throws SyncError `newer_schema` where a newer version of this package has written it
   */
  open(sync: SyncIdentity): Promise<SyncState>
  /**
   * What a sync has in the ledger; `undefined` where there is no sync of this name. Makes none: by it a dry run, and whoever only looks,
   * leave the ledger as it is.
   *
   * @throws SyncError `newer_schema` where a newer version of this package has written it
   */
  state(sync: string): Promise<SyncState | undefined>
  /**
   * Claims a task, where nobody has it, or whoever had it has not renewed it in time or is known to be dead.
   *
   * @returns the claim, or who has it
   */
  claim(sync: string, request: ClaimRequest): Promise<Claim | ClaimHolder>
  /**
   * Holds a claim for longer.
   *
   * @throws SyncError `fenced` where it has gone to somebody else
   */
  renew(claim: Claim, leaseMs: number): Promise<void>
  /** Gives a claim back; nothing happens where it has gone to somebody else. */
  release(claim: Claim): Promise<void>
  /**
   * Stores changes in the order in which they come, all or none.
   *
   * @returns the ids of the pairs that were new, in the order of the changes
   * @throws SyncError `fenced` where the claim has gone to somebody else
   */
  commit(claim: Claim, changes: readonly LedgerChange[]): Promise<readonly number[]>
  /** Pairs of a sync. */
  pairs(sync: string, query: PairQuery): Promise<readonly Pair[]>
  /** How many pairs have both sides, and how many have been taken from each side's generation. */
  count(
    sync: string,
    query: {
      readonly missing?: { readonly side: Side; readonly generation: number }
      readonly having?: 'both'
    },
  ): Promise<number>
  /** The newest generation of each side, where there is one. */
  generations(sync: string): Promise<readonly Generation[]>
  /** Writes whose outcome is not known, oldest first. */
  intents(sync: string, shard?: number): Promise<readonly OpenIntent[]>
  /** Contacts that wait, of one shard, or of those shards that nobody has claimed; in order. */
  staged(
    sync: string,
    query: { readonly shard: number; readonly limit: number },
  ): Promise<readonly StagedContact[]>
  /** The lines in which contacts wait: one a shard, and none without any. */
  lines(sync: string): Promise<readonly Line[]>
  /** The tasks that somebody holds now. */
  claims(sync: string): Promise<readonly (Claim & { readonly leftMs: number })[]>
  /** Conflicts that are not settled, oldest first. */
  conflicts(
    sync: string,
    query?: { readonly after?: string; readonly limit?: number; readonly pairs?: readonly number[] },
  ): Promise<readonly Conflict[]>
  /** Stores what was decided of a conflict. Takes no claim: a run may be under way. @returns whether the conflict is there */
  decide(sync: string, conflict: string, decision: Conflict['decision']): Promise<boolean>
  /** Runs, newest first, with their counts. */
  runs(sync: string, limit: number): Promise<readonly (Run & { readonly counts: RunCounts })[]>
  /** Removes everything that is kept of the contacts with a key, in every sync of the ledger. @returns how many pairs it were */
  forget(keyHashOf: (sync: string, salt: string) => string): Promise<number>
  /** Ends the use of the store. */
  close(): Promise<void>
}
