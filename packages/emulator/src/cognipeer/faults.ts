import type { OwnNames } from '../fault-check.ts'
import type { Fault } from '../faults.ts'

/** What goes wrong at Cognipeer in particular, besides what can go wrong anywhere. */
export interface CognipeerFault extends Fault {
  /** Answers 200 with `success: false` and this as `error`, without applying the request; `true` leaves `error` out. */
  readonly failure?: string | true
  /** Answers with `success: true` and `data: null`. */
  readonly nullData?: boolean
  /**
   * Replaces the record at a place of a listing (elsewhere: the one record) by what the function makes of it.
   * @example { index: 1, record: ({ _id, ...rest }) => rest }
   */
  readonly malformed?: {
    readonly index?: number
    /** Makes what is sent in its place. */
    readonly record: (record: Readonly<Record<string, unknown>>) => unknown
  }
}

/** The names of what only these faults have. */
export const FAULT_NAMES: OwnNames<CognipeerFault> = {
  failure: true,
  nullData: true,
  malformed: { index: true, record: true },
}
