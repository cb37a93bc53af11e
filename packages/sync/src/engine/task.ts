import type { Contact } from '@anycontact/core'
import type { FieldValues, PairWrite } from '../ledger/pair.ts'
import type { Conflict, Intent } from '../ledger/records.ts'
import type { Decision } from './decide.ts'

/** A contact of the source that is to be brought into step, with what was decided. */
export interface Task {
  readonly contact: Contact
  readonly key: string
  readonly values: FieldValues
  /** Its pair, with the contact of the target that it is linked to now. */
  readonly pair: PairWrite | undefined
  /** A pair that goes, because its contact has become part of this one. */
  readonly absorbed: number | undefined
  readonly decision: Decision
  readonly conflicts: readonly Conflict[]
  /** What was stored before anything is sent: one for each side that may be written to. */
  readonly intents: readonly Intent[]
  readonly now: number
}
