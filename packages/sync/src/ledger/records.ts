import type { Contact, JsonObject, JsonValue } from '@anycontact/core'
import type { FieldValues, Side } from './pair.ts'

/** What a ledger knows of a sync before anything else: by it a ledger of another sync, or a changed definition, is told. */
export interface SyncIdentity {
  readonly name: string
  /** What decides how contacts are compared and written, as plain data. It holds no credentials. */
  readonly definition: JsonObject
}

/** One reading of a whole side. */
export interface Generation {
  readonly side: Side
  readonly number: number
  /**
   * `reading`: not at its end. `complete`: it ended by itself and reached every contact. `partial`: it ended, and may lack contacts:
   * nothing follows from a contact's not being in it.
   */
  readonly state: 'reading' | 'complete' | 'partial'
  /** Where the listing goes on; absent at its start and after its end. */
  readonly cursor?: string
  /** How many contacts came so far. */
  readonly read: number
  /** Whether it went on from a cursor after a stop. @default false */
  readonly resumed?: boolean
  /** Records that could not be read, which make it `partial`. @default 0 */
  readonly unreadable?: number
  /** When it began, by the ledger's clock, in milliseconds since the epoch. */
  readonly startedAt: number
}

/** Which part of a run is under way. Parts follow each other in this order. */
export const PHASES = ['target', 'source', 'leftovers', 'settling', 'done'] as const

/** One of {@link PHASES}. */
export type Phase = (typeof PHASES)[number]

/** One run of a sync, from its start to its end, over all interruptions. */
export interface Run {
  readonly number: number
  readonly phase: Phase
  /** `stopped`: it waits for a decision, or met an error that ends it; the next start goes on with it. */
  readonly state: 'running' | 'stopped' | 'done'
  /** By the ledger's clock, in milliseconds since the epoch. */
  readonly startedAt: number
  readonly endedAt?: number
  /** How often it was taken up again. */
  readonly resumes: number
  /** What its parts need to remember beyond that, as plain data. */
  readonly notes?: JsonObject
}

/** A write that may have been sent. It is stored before the write is sent, and goes when its outcome is known. */
export interface Intent {
  /** Made by who stores it; unique. */
  readonly id: string
  readonly keyHash: string
  readonly shard: number
  /** The side that is written to. */
  readonly side: Side
  readonly operation: 'create' | 'update' | 'delete'
  /** The key that the contact is found by on that side; of a create, and only where the sync keeps values. */
  readonly key?: string
  /** The provider's id there; absent for a create. */
  readonly recordId?: string
  /** The provider's id on the other side, where the values come from; absent where there is none. */
  readonly otherId?: string
  /**
   * What is written, by field in the source's terms; `null` clears. By it what this sync wrote is told from an edit of others, where its
   * answer did not come. Only in both directions, where edits of either side count.
   */
  readonly written?: FieldValues
}

/** An intent as a ledger gives it back. */
export interface OpenIntent extends Intent {
  /** How long ago the write can have been sent at the latest, by the ledger's clock: since it was stored, or its claim ended. */
  readonly ageMs: number
  /** The fence of the claim under which it was stored. */
  readonly fence: number
}

/** A contact of a generation that waits for its turn, where reading and writing are apart. */
export interface StagedContact {
  /** Its place: contacts of a shard have their turn in this order. */
  readonly sequence: number
  readonly shard: number
  readonly side: Side
  readonly generation: number
  /** As it was read; without `raw`, but for an input whose `raw` says what it leaves as it is. */
  readonly contact: Contact
}

/** A field that was changed on both sides since they last agreed, which somebody is to decide. */
export interface Conflict {
  /** Made of the pair and the field: stays the same while the conflict lasts. */
  readonly id: string
  readonly pair: number
  readonly shard: number
  /** The key of the contact. */
  readonly key?: string
  /** The field, in the source's terms. */
  readonly field: string
  readonly source?: JsonValue
  readonly target?: JsonValue
  /** What both had agreed on last. */
  readonly base?: JsonValue
  /** When it was found, by the ledger's clock, in milliseconds since the epoch. */
  readonly foundAt: number
  /** What was decided; the next run carries it out. */
  readonly decision?: ConflictDecision
}

/** How a conflict is decided: one side's value, or another one (`null` clears the field). */
export type ConflictDecision = 'source' | 'target' | { readonly value: JsonValue }

/** Counts of a run by name, such as `created`; what each run adds up to. */
export type RunCounts = Readonly<Record<string, number>>
