import type { OwnNames } from '../fault-check.ts'
import type { Fault } from '../faults.ts'

/** What goes wrong at the channel inbox in particular, besides what can go wrong anywhere. */
export interface ChannelInboxFault extends Fault {
  /**
   * Replaces the row at a place of a listing by what the function makes of it.
   * @example { index: 1, record: ({ id, ...rest }) => rest }
   */
  readonly malformed?: {
    readonly index: number
    /** Makes what is sent in its place. */
    readonly record: (record: Readonly<Record<string, unknown>>) => unknown
  }
}

/** The names of what only these faults have. */
export const FAULT_NAMES: OwnNames<ChannelInboxFault> = {
  malformed: { index: true, record: true },
}

/** The rows as they are sent, a malformed one among them where the fault says so. */
export function malform(rows: readonly object[], { malformed }: ChannelInboxFault): readonly unknown[] {
  if (malformed === undefined) return rows
  return rows.map((row, index) => (index === malformed.index ? malformed.record({ ...row }) : row))
}
