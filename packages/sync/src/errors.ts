import { ContactsError, type ContactsErrorCode } from '@anycontact/core'

/**
 * What is wrong with a sync or its ledger, finer than the error's `code`.
 *
 * | reason | meaning |
 * | --- | --- |
 * | `changed_definition` | the ledger was made with another definition of the sync |
 * | `newer_schema` | a newer version of this package has written the ledger |
 * | `locked` | another process, which lives, is at work on the sync |
 * | `fenced` | the work was taken over by another process meanwhile |
 * | `too_many_deletions` | more contacts are gone than a run may delete without being asked |
 * | `ledger` | the store cannot be opened or used |
 */
export type SyncErrorReason =
  | 'changed_definition'
  | 'newer_schema'
  | 'locked'
  | 'fenced'
  | 'too_many_deletions'
  | 'ledger'

const CODES = {
  changed_definition: 'config',
  newer_schema: 'config',
  locked: 'conflict',
  fenced: 'conflict',
  too_many_deletions: 'conflict',
  ledger: 'unavailable',
} as const satisfies Record<SyncErrorReason, ContactsErrorCode>

/** What a {@link SyncError} is made from. */
export interface SyncErrorInit {
  readonly reason: SyncErrorReason
  /** What happened and what to do next; must hold nothing secret and nothing personal. */
  readonly message: string
  /** The fields of the definition that differ. */
  readonly changed?: readonly string[] | undefined
  /** How many contacts would be deleted, and of how many. */
  readonly deletions?: { readonly count: number; readonly of: number } | undefined
  /** Who is at work on the sync. */
  readonly holder?: string | undefined
  readonly cause?: unknown
}

/** What a sync throws about itself or its ledger; what providers throw is passed on as it is. */
export class SyncError extends ContactsError {
  /** What is wrong, as one of a fixed set of words. */
  readonly reason: SyncErrorReason
  /** The fields of the definition that differ, for `changed_definition`. */
  declare readonly changed?: readonly string[]
  /** How many contacts would be deleted, and of how many, for `too_many_deletions`. */
  declare readonly deletions?: { readonly count: number; readonly of: number }
  /** Who is at work on the sync, for `locked`: `process 4711 on host`. */
  declare readonly holder?: string

  constructor({ reason, message, changed, deletions, holder, cause }: SyncErrorInit) {
    super({ code: CODES[reason], message, operation: 'sync', cause })
    this.reason = reason
    if (changed) this.changed = changed
    if (deletions) this.deletions = deletions
    if (holder !== undefined) this.holder = holder
  }
}
