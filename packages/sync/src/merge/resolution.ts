import type { FieldValues } from '../ledger/pair.ts'
import type { ConflictDecision } from '../ledger/records.ts'
import type { ConflictChoice, ConflictPolicy, FieldConflict, Projection } from '../project/plan.ts'

/** What becomes of a field of a pair. */
export type Resolution =
  /** Both sides are the same, though perhaps spelled otherwise: what they have now is the new base. */
  | { readonly kind: 'agreed' }
  /** Neither changed; the base stays. Also what a side spells in its own way, and what is left alone on purpose. */
  | { readonly kind: 'kept' }
  /** A side is to be given this value; `undefined` clears the field. With `clears` where it takes a value away that was never agreed. */
  | {
      readonly kind: 'write'
      readonly to: 'source' | 'target'
      readonly value: FieldValues[string] | undefined
      readonly clears?: boolean
    }
  /** Both are to be given a value that somebody decided. */
  | { readonly kind: 'write-both'; readonly value: FieldValues[string] | undefined }
  /** Changed on both sides, and left to somebody to decide. */
  | { readonly kind: 'review' }

/** What a merge is made from. All values are in the source's terms. */
export interface MergeInput {
  readonly direction: 'one-way' | 'both'
  readonly projection: Pick<Projection, 'same'>
  readonly source: FieldValues
  readonly target: FieldValues
  /** What was agreed last, as each side spelled it; absent where the two have just met. */
  readonly sourceBase: FieldValues | undefined
  readonly targetBase: FieldValues | undefined
  readonly key: string
  /** When others changed the contact last (ISO 8601), where the provider tells. */
  readonly sourceEditedAt: string | undefined
  readonly targetEditedAt: string | undefined
  readonly conflicts: ConflictPolicy | ((conflict: FieldConflict) => ConflictChoice)
  /** Conflicts that somebody has decided, by field. */
  readonly decided?: Readonly<Record<string, ConflictDecision>> | undefined
}

/** Merges field by field: `mergeFields(input)` gives what becomes of each field that either side has or had. */
export type MergeFields = (input: MergeInput) => ReadonlyMap<string, Resolution>
