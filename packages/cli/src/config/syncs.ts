import type { FieldPlaces, LostField, Sync, SyncKey } from '@anycontact/sync'

/**
 * A sync as plain data: what `defineSync` takes, with providers by their names.
 *
 * @typeParam Name - the names of the providers
 */
export interface SyncSettings<Name extends string = string> {
  /** The name of the provider that contacts come from. */
  readonly source: Name
  /** The name of the provider that they are written to. */
  readonly target: Name
  /** The key by which contacts of both sides find each other. */
  readonly by: SyncKey
  /** Where fields of the source stand at the target, if not under their own names. */
  readonly fields?: FieldPlaces
  /** Fields that the target cannot hold and that are left out. */
  readonly lost?: readonly LostField[]
  /** @default 'one-way' */
  readonly direction?: 'one-way' | 'both'
  /** `'leave'`: a field that the source does not have is left as it is at the target; in one direction only. @default 'clear' */
  readonly absent?: 'clear' | 'leave'
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

/**
 * A sync: plain data, or what `defineSync` made, whose fields the compiler has checked.
 *
 * @typeParam Name - the names of the providers
 */
export type SyncConfig<Name extends string = string> = SyncSettings<Name> | Sync

/** Tells what `defineSync` made from plain data. */
export function isSync(config: SyncConfig): config is Sync {
  return 'definition' in config
}
