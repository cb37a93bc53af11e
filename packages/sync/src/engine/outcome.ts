import type { LedgerChange } from '../ledger/change.ts'
import type { FieldValues, PairSide, PairWrite, Side, Snapshot } from '../ledger/pair.ts'
import type { Conflict } from '../ledger/records.ts'
import { agreedAfter, type Merged, type MergeWrite } from '../merge/merge.ts'
import { snapshot } from '../merge/snapshot.ts'
import type { ContactEvent } from './contact-event.ts'
import type { Counts } from './counts.ts'
import type { Work } from './work.ts'

/** What came of the work on one contact. */
export interface Outcome {
  readonly changes: readonly LedgerChange[]
  readonly counts: Counts
  /** What is said of it. */
  readonly told?: ContactEvent | undefined
  /** What failed, where something did. */
  readonly error?: unknown
  /** What ends the run. */
  readonly fatal?: unknown
  /** Whether a contact was made: then nothing is sent again, whatever failed after it. @default false */
  readonly hasMade?: boolean
}

/** A snapshot as the sync keeps it. */
export function shot({ plan, salt }: Pick<Work, 'plan' | 'salt'>, values: FieldValues): Snapshot {
  return snapshot(values, { projection: plan.projection, keep: plan.keep, salt })
}

/** What was written to a side, and what the provider has made of it; without `stored` where the write failed. */
export interface DoneWrite {
  readonly write: MergeWrite
  readonly stored?: FieldValues | undefined
}

/**
 * What both sides have agreed on after the writes of a merge. What was not written after all stays as it was before, on both sides, so
 * that the next run sees the same difference again.
 */
export function agreedBases(
  { agreed }: Merged,
  before: Readonly<Record<Side, FieldValues | undefined>>,
  done: Readonly<Partial<Record<Side, DoneWrite>>>,
): Readonly<Record<Side, FieldValues>> {
  const bases = { source: { ...agreed.source }, target: { ...agreed.target } }
  for (const side of ['source', 'target'] as const) {
    const { write, stored } = done[side] ?? {}
    if (!write) continue
    if (stored) bases[side] = agreedAfter(bases[side], write, stored)
    else for (const field of write.fields) takeBack(bases, before, field)
  }
  return bases
}

function takeBack(
  bases: Record<Side, FieldValues>,
  before: Readonly<Record<Side, FieldValues | undefined>>,
  field: string,
): void {
  for (const side of ['source', 'target'] as const) {
    const value = before[side]?.[field]
    if (value === undefined) Reflect.deleteProperty(bases[side], field)
    else bases[side][field] = value
  }
}

/** A side of a pair after a merge: with what is there now, where that is not what was agreed. */
export function sideAfter(
  side: Omit<PairSide, 'base' | 'read'>,
  base: Snapshot | undefined,
  now: Snapshot,
): PairSide {
  return { ...side, ...(base && { base }), ...(base?.hash !== now.hash && { read: now }) }
}

/** The conflicts of a pair: those that are to be decided, and those that are no more. */
export function conflictChanges(
  { review }: Pick<Merged, 'review'>,
  known: readonly Conflict[],
  pair: Pick<PairWrite, 'shard' | 'key'> & { readonly id: number | undefined },
  foundAt: number,
): readonly LedgerChange[] {
  const { id } = pair
  // A pair that is new has no number yet: the next run finds its conflicts.
  if (id === undefined) return []
  const open = new Set(review.map(({ field }) => field))
  const settled = known.filter(({ field }) => !open.has(field)).map((conflict) => conflict.id)
  return [
    ...review.map(({ field, source, target, base }): LedgerChange => {
      const before = known.find((conflict) => conflict.field === field)
      return {
        type: 'conflict',
        conflict: {
          id: `${id}:${field}`,
          pair: id,
          shard: pair.shard,
          field,
          foundAt: before?.foundAt ?? foundAt,
          ...(pair.key !== undefined && { key: pair.key }),
          ...(source !== undefined && { source }),
          ...(target !== undefined && { target }),
          ...(base !== undefined && { base }),
        },
      }
    }),
    ...resolved(settled),
  ]
}

/** That conflicts are no more. */
export function resolved(conflicts: readonly string[]): readonly LedgerChange[] {
  return conflicts.length > 0 ? [{ type: 'resolved', conflicts }] : []
}

/** Some of values. */
export function pick(values: FieldValues, fields: readonly string[]): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)))
}
