import type { RefKey } from '@anycontact/core'
import type { PlainField } from '../project/places.ts'
import type { ConflictChoice, ConflictPolicy, FieldConflict, SyncClient } from '../project/plan.ts'

/** A field that can be synced, by its path: a field of every contact, or `customFields.` and the key of a custom field. */
export type FieldPath = PlainField | `customFields.${string}`

/** Where fields of the source are placed at the target. */
export type FieldPlaces = Readonly<Partial<Record<FieldPath, FieldPath>>>

/** A field that can be left out: `customFields` stands for all custom fields that `fields` does not place. */
export type LostField = FieldPath | 'customFields'

/** The key by which contacts of both sides find each other: the same on both, or one for each. */
export type SyncKey = RefKey | { readonly source: RefKey; readonly target: RefKey }

/** How contacts of two providers are kept in step. */
export interface SyncDefinition<
  Source = SyncClient,
  Target = SyncClient,
  By = SyncKey,
  Fields = FieldPlaces,
  Lost = readonly LostField[],
  Direction = 'one-way' | 'both',
  Deletions = 'keep' | 'mirror',
  Keep = 'values' | 'hashes',
  Absent = 'clear' | 'leave',
> {
  /** The name that a ledger knows the sync by. */
  readonly name: string
  /** Where contacts come from. */
  readonly source: Source
  /** Where they are written to. Both sides are read in every run. */
  readonly target: Target
  /**
   * The key by which contacts of both sides find each other at first; afterwards their ids are known. A contact that has no external id
   * goes by its provider and id, `chatbotkit:cm4…`. Where one side's ids are its caller's own, it is
   * `{ source: 'externalId', target: 'id' }` or the other way round. An email or
   * phone that is the key on both sides is kept in step as other fields are; an id is not.
   */
  readonly by: By
  /**
   * Fields of the source that stand elsewhere at the target: `{ status: 'customFields.status' }`. They come back from there, too. All
   * others stand under their own names.
   * @default none
   */
  readonly fields?: Fields
  /**
   * The fields that are left out. Each field of the source that the target cannot hold, or cannot change later, has to be named here or
   * placed by `fields`: then nothing is lost that nobody knew of.
   * @default none
   */
  readonly lost?: Lost
  /**
   * `one-way`: the source is right, and what was edited at the target is put back, but for custom fields that the source never had.
   * `both`: edits of either side come to the other, merged field by field.
   * @default 'one-way'
   */
  readonly direction?: Direction
  /**
   * What becomes of a field at the target that the source does not have. `clear`: it is cleared there, too. `leave`: it is left as it is,
   * also where the source had it before: what an import wants, where a blank cell says nothing. Lists, such as tags and contact methods,
   * are taken whole where the source has them. With `leave` the inputs of an `inputSource` do what they would do as those of an upsert:
   * one that has only an `email` leaves other contact methods, and `null` or an empty list clears. For one direction.
   * @default 'clear'
   */
  readonly absent?: Absent
  /** Whether contacts that were deleted are deleted on the other side, too. @default 'keep' */
  readonly deletions?: Deletions
  /**
   * Who wins where a field was changed on both sides since they last agreed, with `direction: 'both'`. `newest` goes by the contacts'
   * `updatedAt`, and is `review` where a time is missing. What is in review stays as it is on both sides until somebody decides it.
   * @default 'review'
   */
  readonly conflicts?: ConflictPolicy | ((conflict: FieldConflict) => ConflictChoice)
  /**
   * What the ledger keeps of contacts: the values of the synced fields and the keys, or only hashes of them, for one direction.
   * @default 'values'
   */
  readonly keep?: Keep
  /** What becomes of a contact that was edited on one side and deleted on the other. @default 'edit' */
  readonly editedAndDeleted?: 'edit' | 'deletion'
  /**
   * The largest share of the linked contacts that a run may delete without being asked, from 0 to 1. A run that would delete more stops.
   * @default 0.1
   */
  readonly maxDeletions?: number
}
