import type { FieldPlaces, LostField, SyncKey } from '@anycontact/sync'

/** A sync as plain data: what `defineSync` takes, with providers by their names. */
export interface SyncSettings {
  /** The name of the provider that contacts come from. */
  readonly source: string
  /** The name of the provider that they are written to. */
  readonly target: string
  /** The key by which contacts of both sides find each other. */
  readonly by: SyncKey
  /** Where fields of the source stand at the target, if not under their own names. */
  readonly fields?: FieldPlaces
  /** Fields that the target cannot hold and that are left out. */
  readonly lost?: readonly LostField[]
  /** @default 'one-way' */
  readonly direction?: 'one-way' | 'both'
  /** @default 'keep' */
  readonly deletions?: 'keep' | 'mirror'
  /** @default 'review' */
  readonly conflicts?: 'newest' | 'source' | 'target' | 'review'
  /** @default 'edit' */
  readonly editedAndDeleted?: 'edit' | 'deletion'
  /** @default 'values' */
  readonly keep?: 'values' | 'hashes'
  /** The largest share of linked contacts that a run may delete. @default 0.1 */
  readonly maxDeletions?: number
}
