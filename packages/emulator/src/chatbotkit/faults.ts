import type { OwnNames } from '../fault-check.ts'
import type { Fault } from '../faults.ts'

/** What goes wrong at ChatBotKit in particular, besides what can go wrong anywhere. */
export interface ChatBotKitFault extends Fault {
  /** Answers 200 with an error object, as a slow listing that fails does. */
  readonly errorObject?: boolean
  /**
   * Replaces the record at a place of a listing (of a fetch: the record) by what the function makes of it.
   * @example { index: 1, record: ({ id, ...rest }) => rest }
   */
  readonly malformed?: {
    /** Which record of the answer, from 0. */
    readonly index: number
    /** Makes what is sent in its place. */
    readonly record: (record: Readonly<Record<string, unknown>>) => unknown
  }
  /** Ends a JSONL or SSE listing with an error line after so many items; a CSV listing ends early instead. */
  readonly lateError?: { readonly afterItems: number; readonly code?: string; readonly message?: string }
  /** Sends a `nop` line before every so manieth item of a JSONL listing. */
  readonly nopEvery?: number
  /** Answers a fetch with the record as it was before the last write (404 when the write created it). */
  readonly stale?: boolean
}

/** The names of what only these faults have. */
export const FAULT_NAMES: OwnNames<ChatBotKitFault> = {
  errorObject: true,
  malformed: { index: true, record: true },
  lateError: { afterItems: true, code: true, message: true },
  nopEvery: true,
  stale: true,
}
