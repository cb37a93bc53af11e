import type { FieldValues, Pair, PairSide } from '../ledger/pair.ts'
import type { Conflict, Generation } from '../ledger/records.ts'
import { type Merged, mergePair } from '../merge/merge.ts'
import type { SyncPlan } from '../project/plan.ts'

/** Where a contact stands on a side, as far as the last generation tells. */
export type Presence =
  /** It was never there. */
  | 'never'
  /** It is there. */
  | 'there'
  /** It did not come in a complete generation. */
  | 'missing'
  /** It was found gone before. */
  | 'gone'

/** Tells where a contact stands on a side. One that a partial generation did not show is taken to be there still. */
export function presence(side: PairSide | undefined, generation: Generation | undefined): Presence {
  if (!side) return 'never'
  if (side.gone) return 'gone'
  return generation?.state === 'complete' && side.seen !== generation.number ? 'missing' : 'there'
}

/** What is to be done with a contact that the source has. */
export type Decision =
  /** Nothing is written: both sides are in step, or are left as they are. With what is agreed now, where that is new. */
  | { readonly kind: 'nothing'; readonly merged?: Merged }
  /** It is to be made at the target. */
  | { readonly kind: 'create' }
  /** Fields are to be written to one side or both. */
  | { readonly kind: 'merge'; readonly merged: Merged }
  /** What the target has is not known in values: it is read first, and then merged. */
  | { readonly kind: 'read-first' }

/** A contact that the source has, and what is known of it. */
export interface DecideInput {
  readonly plan: SyncPlan
  readonly salt: string
  readonly key: string
  readonly source: FieldValues
  /** The hash of the source's values. */
  readonly sourceHash: string
  readonly pair: Pick<Pair, 'source' | 'target'> | undefined
  readonly sourceEditedAt: string | undefined
  readonly target: Presence
  readonly conflicts: readonly Conflict[]
}

/** Decides what is to be done with a contact of the source. Pure, but for a `conflicts` function of the user's. */
export function decide(input: DecideInput): Decision {
  const { plan, pair, target, sourceHash } = input
  const isEdited = pair?.source?.base?.hash !== sourceHash
  switch (target) {
    case 'never':
      return { kind: 'create' }
    case 'missing':
    case 'gone':
      return putsBack(plan, isEdited) ? { kind: 'create' } : { kind: 'nothing' }
    case 'there': {
      const side = pair?.target
      const isTargetEdited = !side?.base || (side.read !== undefined && side.read.hash !== side.base.hash)
      if (!isEdited && !isTargetEdited) return { kind: 'nothing' }
      const values = (side?.read ?? side?.base)?.values
      if (!values) return { kind: 'read-first' }
      const merged = merge(input, values, side?.editedAt)
      return { kind: merged.source || merged.target ? 'merge' : 'nothing', merged }
    }
  }
}

/** Merges a contact that both sides have. */
export function merge(
  { plan, salt, key, source, pair, sourceEditedAt, conflicts }: Omit<DecideInput, 'target' | 'sourceHash'>,
  target: FieldValues,
  targetEditedAt: string | undefined,
): Merged {
  return mergePair({
    plan,
    salt,
    key,
    source: { values: source, base: pair?.source?.base, editedAt: sourceEditedAt },
    target: { values: target, base: pair?.target?.base, editedAt: targetEditedAt },
    conflicts,
  })
}

/**
 * Whether a contact that is gone from the target is made there again. In one direction the source is right. In both, a contact that
 * was deleted on one side is put back only where the other one has edited it since.
 */
function putsBack({ direction, deletions, editedAndDeleted }: SyncPlan, isEdited: boolean): boolean {
  if (direction === 'one-way') return true
  return isEdited && (deletions === 'keep' || editedAndDeleted === 'edit')
}
