import type { OwnNames } from '../fault-check.ts'
import type { Fault } from '../faults.ts'

/** What goes wrong at the contact-methods API in particular, besides what can go wrong anywhere. */
export interface ContactMethodsFault extends Fault {
  /**
   * Replaces the record at a place of a listing (of an answer with one record: that record) by what the function makes of it.
   * @example { index: 1, record: ({ id, ...rest }) => rest }
   */
  readonly malformed?: {
    readonly index: number
    /** Makes what is sent in its place. */
    readonly record: (record: Readonly<Record<string, unknown>>) => unknown
  }
}

/** The names of what only these faults have. */
export const FAULT_NAMES: OwnNames<ContactMethodsFault> = {
  malformed: { index: true, record: true },
}
