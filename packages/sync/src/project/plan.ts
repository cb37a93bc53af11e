import type { Contact, ContactInput, ContactPatch, ContactsWith, JsonObject, RefKey } from '@anycontact/core'
import type { FieldValues, Side } from '../ledger/pair.ts'

/** What the engine needs of a client; which of the optional operations are there was checked when the sync was defined. */
export type SyncClient = ContactsWith<'list'> & Partial<Pick<ContactsWith<MaybeOperation>, MaybeOperation>>

type MaybeOperation = 'get' | 'find' | 'create' | 'update' | 'delete' | 'upsert'

/** Who wins where a field was changed on both sides. */
export type ConflictPolicy = 'newest' | 'source' | 'target' | 'review'

/** How contacts of two sides are compared and written: all that the engine knows of fields and keys. Pure. */
export interface Projection {
  /** The key of a contact of a side, in the form that keys are compared by; `undefined` where it has none. */
  keyOf(side: Side, contact: Contact): string | undefined
  /** The key as it is written to a side, for a contact that comes from the other side. */
  writtenKey(to: Side, contact: Contact): string | undefined
  /**
   * The synced fields of a contact of a side, in the source's terms, as the side spells them; what is empty is absent. With
   * `absent: 'leave'`, what an input says to be empty is `null`, and so is `customFields` where it says so of all of them.
   */
  values(side: Side, contact: Contact): FieldValues
  /** Whether that takes the `raw` of contacts of the source: it has what an input says. */
  readonly readsRaw: boolean
  /** The form that stands for all spellings of a field's value: two values are the same where their forms are equal as JSON. */
  form(field: string, value: FieldValues[string]): FieldValues[string]
  /** Whether two values of a field are the same as people mean it: spelling of emails and phones, order of tags. */
  same(field: string, one: FieldValues[string] | undefined, other: FieldValues[string] | undefined): boolean
  /** The patch that gives fields of a side these values; a field without a value is cleared. Only the fields named are touched. */
  patch(side: Side, values: FieldValues, fields: readonly string[]): ContactPatch
  /**
   * Synced fields that a provider may make anew of those that are written, as a name of its parts. They are written along, so that
   * what it makes of them does not come back as somebody's edit.
   */
  remade(side: Side, fields: readonly string[]): readonly string[]
  /** The input that makes a contact on a side. */
  input(side: Side, values: FieldValues, key: string): ContactInput
  /** The fields that a contact of the source has and that are not synced: those named in `lost`, and custom fields without a place. */
  lost(contact: Contact): readonly string[]
}

/** A sync as the engine runs it: what `defineSync` makes of a definition. */
export interface SyncPlan {
  readonly name: string
  readonly source: SyncClient
  readonly target: SyncClient
  /** The key field of each side. */
  readonly by: Readonly<Record<Side, RefKey>>
  readonly direction: 'one-way' | 'both'
  /** What becomes of a field at the target that the source does not have. */
  readonly absent: 'clear' | 'leave'
  readonly deletions: 'keep' | 'mirror'
  /** What becomes of a contact that was edited on one side and deleted on the other. */
  readonly editedAndDeleted: 'edit' | 'deletion'
  readonly conflicts: ConflictPolicy | ((conflict: FieldConflict) => ConflictChoice)
  readonly keep: 'values' | 'hashes'
  /** The largest share of the linked contacts that a run may delete without being asked, from 0 to 1. */
  readonly maxDeletions: number
  readonly projection: Projection
  /** The definition as plain data, without credentials: what the ledger compares. */
  readonly definition: JsonObject
}

/** A field that was changed on both sides since they last agreed. */
export interface FieldConflict {
  /** The field, in the source's terms. */
  readonly field: string
  /** The key of the contact. */
  readonly key: string
  readonly source: FieldValues[string] | undefined
  readonly target: FieldValues[string] | undefined
  /** What both had agreed on last; absent where the two have just met. */
  readonly base: FieldValues[string] | undefined
  /** When others changed the contact last (ISO 8601), where the provider tells. */
  readonly sourceEditedAt: string | undefined
  readonly targetEditedAt: string | undefined
}

/** What is decided of a conflict. */
export type ConflictChoice =
  | 'source'
  | 'target'
  | 'review'
  | { readonly value: FieldValues[string] | undefined }
