import type { Contact } from '@anycontact/core'

/** What became of a contact since the last reading. */
export type ContactChange =
  | {
      readonly type: 'created' | 'updated'
      readonly id: string
      /** As it is now. */
      readonly contact: Contact
      /** Stays the same where the same change is told again after a stop, and is that of no other change. */
      readonly changeId: string
    }
  | {
      readonly type: 'deleted'
      readonly id: string
      readonly changeId: string
    }

/** How far a reading is. */
export interface ChangesProgress {
  /** Contacts that were read, those before a stop included. */
  readonly read: number
  /** How many there are, where the provider tells. */
  readonly total: number | undefined
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
}

/** What a reading came to. The counts are those of this reading since it was last taken up. */
export interface ChangesSummary extends Omit<ChangesProgress, 'total'> {
  /** Whether every contact was read, so that all that are gone were told. */
  readonly complete: boolean
  /** Whether it went on where an earlier one had stopped. */
  readonly resumed: boolean
  /** How many did not come in the listing, but are still there when asked for by their id. They are not told as deleted. */
  readonly unconfirmed: number
}

/** Changes of contacts, which are read when they are iterated over. */
export interface ContactChanges extends AsyncIterable<ContactChange, void, undefined> {
  [Symbol.asyncIterator](): AsyncGenerator<ContactChange, void, undefined>
  /** What the reading came to that ended last; `undefined` before one has. */
  readonly summary: ChangesSummary | undefined
}
