import type { JsonValue } from '@anycontact/core'
import { sameJson } from '@anycontact/core/adapter-kit'
import type { Conflict, ConflictDecision } from '../records.ts'
import { givenText, storedText } from '../text.ts'
import { type Cell, jsonCell } from './pair-row.ts'
import { givenAt, jsonAt, type Row, requiredNumber, requiredText } from './row.ts'

/** The columns of {@link conflictOf} and {@link conflictCells}, in their order. */
export const CONFLICT_COLUMNS = [
  'id',
  'pair',
  'shard',
  'key',
  'field',
  'source',
  'target',
  'base',
  'found_at',
  'decision',
] as const

/** What conflicts are asked for. */
export interface ConflictQuery {
  readonly after?: string
  readonly limit?: number
  readonly pairs?: readonly number[]
}

/** What a table is to have of a conflict. */
export function conflictCells(conflict: Conflict): Cell[] {
  const { id, pair, shard, key, field, source, target, base, foundAt, decision } = conflict
  return [
    storedText(id),
    pair,
    shard,
    key === undefined ? null : storedText(key),
    storedText(field),
    ...[source, target, base].map(jsonCell),
    foundAt,
    decisionCell(decision),
  ]
}

/** What was decided, as JSON. */
export function decisionCell(decision: ConflictDecision | undefined): string | null {
  return decision === undefined ? null : JSON.stringify(decision)
}

/** The conflict in a row. */
export function conflictOf(row: Row): Conflict {
  const key = givenAt(row, 3)
  const source = jsonAt(row, 5)
  const target = jsonAt(row, 6)
  const base = jsonAt(row, 7)
  // What stands there went through `decisionCell`.
  const decision = jsonAt(row, 9) as ConflictDecision | undefined
  return {
    id: givenText(requiredText(row, 0)),
    pair: requiredNumber(row, 1),
    shard: requiredNumber(row, 2),
    ...(key !== undefined && { key }),
    field: givenText(requiredText(row, 4)),
    ...(source !== undefined && { source }),
    ...(target !== undefined && { target }),
    ...(base !== undefined && { base }),
    foundAt: requiredNumber(row, 8),
    ...(decision !== undefined && { decision }),
  }
}

/**
 * A conflict as it is to be stored: with when it was found first, and with what was decided, while its values are the same.
 *
 * @param known - as it is stored; absent for one that is new
 */
export function carriedOn(known: Conflict | undefined, next: Conflict): Conflict {
  if (!known) return next
  const { decision: own, ...conflict } = { ...next, foundAt: known.foundAt }
  const isKept = known.decision !== undefined && isSameConflict(known, next)
  const decision = isKept ? known.decision : own
  return decision === undefined ? conflict : { ...conflict, decision }
}

function isSameConflict(one: Conflict, other: Conflict): boolean {
  return isSame(one.source, other.source) && isSame(one.target, other.target) && isSame(one.base, other.base)
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sameJson(one, other)
}
