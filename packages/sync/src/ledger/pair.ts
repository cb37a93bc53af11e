import type { JsonObject } from '@anycontact/core'

/** One of the two providers of a sync. */
export type Side = 'source' | 'target'

/** Both sides, in the order in which they are worked on. */
export const SIDES = ['source', 'target'] as const

/** The synced fields of a contact by their dotted path in the source's terms, such as `name` or `customFields.plan`; an absent field has no value. */
export type FieldValues = JsonObject

/** What the synced fields of a contact were at some moment. */
export interface Snapshot {
  /** A hash of the values: two snapshots with the same one are the same. */
  readonly hash: string
  /** The values; absent where the sync keeps only hashes. */
  readonly values?: FieldValues
}

/** What is known of a contact on one side. */
export interface PairSide {
  /** The provider's id. */
  readonly id: string
  /** The number of the last generation in which it came; 0 for one that this sync made and no generation has shown yet. */
  readonly seen: number
  /** What was agreed last, as this side spells it; absent before the two sides have met. */
  readonly base?: Snapshot
  /** What the last generation showed, where that is not what was agreed. */
  readonly read?: Snapshot
  /** When others changed it last, as the provider tells (ISO 8601); absent where it does not. */
  readonly editedAt?: string
  /** The `updatedAt` that this sync's own last write left behind; while the contact shows it, nobody else has changed it. */
  readonly ownAt?: string
  /** Whether the contact is gone, as a complete generation and the provider's lookup showed. @default false */
  readonly gone?: boolean
}

/** Why a contact was not brought into step in the last run. */
export interface PairProblem {
  /** `failed` is tried again in the next run; `skipped` would be skipped again. */
  readonly kind: 'failed' | 'skipped'
  /** A code of `ContactsError`, or what a contact lacks: `no_key`. */
  readonly code: string
  /** What to do about it; holds nothing personal. */
  readonly message: string
}

/**
 * One contact, on one side or on both: a *link* where it has both. Contacts that came from one side and have no counterpart yet are
 * pairs with that side alone.
 */
export interface Pair {
  /** The ledger's number of it. */
  readonly id: number
  /** The hash of the key, by which the sides find each other. */
  readonly keyHash: string
  /** The key itself; absent where the sync keeps only hashes. */
  readonly key?: string
  /** Which part of the work it belongs to: follows from the key's hash, so that a key is always one worker's. */
  readonly shard: number
  readonly source?: PairSide
  readonly target?: PairSide
  readonly problem?: PairProblem
}

/** A pair to be stored: a new one has no `id`, one that is there is replaced whole. */
export type PairWrite = Omit<Pair, 'id'> & { readonly id?: number }
