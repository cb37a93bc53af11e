import type { Contact } from '@anycontact/core'
import type { FieldValues, PairProblem, Side } from '../ledger/pair.ts'

/** What can come of a contact. */
export const CONTACT_OUTCOMES = ['created', 'updated', 'unchanged', 'deleted', 'skipped', 'failed'] as const

/** What came of a contact. */
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

/** A field that was written. */
export interface ContactFieldChange {
  /** The field, in the source's terms. */
  readonly field: string
  /** The side that it was written to. */
  readonly side: Side
  /** What it was there; absent for nothing. */
  readonly before?: FieldValues[string]
  /** What the provider has made of what was written; absent for nothing. */
  readonly after?: FieldValues[string]
}

/** What came of one contact in a run, or, in a dry run, would come of it. It holds personal data. */
export interface ContactEvent {
  /**
   * The key that it is known by, in the form that keys are compared by; absent for one that has none, or that is gone where the ledger keeps
   * only hashes.
   */
  readonly key?: string
  readonly outcome: ContactOutcome
  /** The side that it was written to, or was to be; of one that is unchanged or skipped, the side that it was read from. */
  readonly side: Side
  /** Its id at the source, where it is there, or was. */
  readonly sourceId?: string
  /** Its id at the target, where it is there, or was. */
  readonly targetId?: string
  /** The fields that were written, of a contact that was created or updated. */
  readonly changes?: readonly ContactFieldChange[]
  /** Why it was skipped or has failed. */
  readonly problem?: Pick<PairProblem, 'code' | 'message'>
  /** The contact of the source, as it was read; absent for one that came from the target, or is gone. */
  readonly contact?: Contact
}

/** Told what came of contacts. */
export type TellContact = (event: ContactEvent) => void
