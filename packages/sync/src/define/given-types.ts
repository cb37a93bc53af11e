import type { FieldPlaces, LostField, SyncKey } from './definition.ts'

/** A definition as far as the compiler looks into it. */
export interface Given {
  readonly source: unknown
  readonly target: unknown
  readonly by: unknown
  readonly fields: unknown
  readonly lost: unknown
  readonly direction: unknown
  readonly deletions: unknown
  readonly keep: unknown
  readonly absent: unknown
}

/** Whether edits go back to the source, as far as that is known. */
export type IsBoth<D extends Given> = [D['direction']] extends ['both'] ? true : false

/** The key at the source. */
export type SourceKey<D extends Given> = D['by'] extends { readonly source: infer Key } ? Key : D['by']

/** The key at the target. */
export type TargetKey<D extends Given> = D['by'] extends { readonly target: infer Key } ? Key : D['by']

/** The options of a definition that its problems follow from, for a function that infers each of them. */
export interface InferredSync<
  Source,
  Target,
  By extends SyncKey,
  Fields extends FieldPlaces,
  Lost extends readonly LostField[],
  Direction,
  Deletions,
  Keep,
  Absent,
> extends Given {
  readonly source: Source
  readonly target: Target
  readonly by: By
  readonly fields: Fields
  readonly lost: Lost
  readonly direction: Direction
  readonly deletions: Deletions
  readonly keep: Keep
  readonly absent: Absent
}
