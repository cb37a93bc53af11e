import type { JsonValue } from '@anycontact/core'
import type { Pair, PairProblem, PairSide, PairWrite, Snapshot } from '../pair.ts'
import { storedText } from '../text.ts'
import {
  givenAt,
  isTrueAt,
  jsonAt,
  numberAt,
  objectAt,
  type Row,
  requiredNumber,
  requiredText,
  textAt,
} from './row.ts'

/** A value of a column, as it is stored. */
export type Cell = string | number | null

/** Stands for what the source's column has: most contacts are spelled alike on both sides. */
export const AS_SOURCE = '='

/** The columns of {@link valueCells}, in its order. */
export const VALUE_COLUMNS = [
  'key',
  'source_base_hash',
  'source_base',
  'source_read_hash',
  'source_read',
  'source_edited_at',
  'source_own_at',
  'target_base_hash',
  'target_base',
  'target_read_hash',
  'target_read',
  'target_edited_at',
  'target_own_at',
] as const

/** What a table of values is to have of a pair, by {@link VALUE_COLUMNS}. */
export function valueCells({ key, source, target }: PairWrite): Cell[] {
  const ofSource = sideCells(source)
  const ofTarget = sideCells(target)
  for (const column of [0, 1]) {
    const cell = ofTarget[column]
    if (cell !== null && cell === ofSource[column]) ofTarget[column] = AS_SOURCE
  }
  return [key === undefined ? null : storedText(key), ...ofSource, ...ofTarget]
}

/** An id of a pair as it is stored. */
export function idCell(side: PairSide | undefined): string | null {
  return side ? storedText(side.id) : null
}

/** A value as JSON. */
export function jsonCell(value: JsonValue | PairProblem | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function sideCells(side: PairSide | undefined): Cell[] {
  const { base, read, editedAt, ownAt } = side ?? {}
  return [
    base?.hash ?? null,
    jsonCell(base?.values),
    read?.hash ?? null,
    jsonCell(read?.values),
    editedAt ?? null,
    ownAt ?? null,
  ]
}

/**
 * The pair in a row: its number, shard and key hash; for the source and then the target the id, where it was seen, and whether it is gone;
 * the problem; and {@link VALUE_COLUMNS}.
 */
export function pairOf(row: Row): Pair {
  const key = givenAt(row, 10)
  const sourceBase = snapshotAt(row, 11)
  const source = sideOf(row, { at: 3, base: sourceBase, values: 11 })
  const target = sideOf(row, { at: 6, base: snapshotAt(row, 17, sourceBase), values: 17 })
  // What stands there went through `jsonCell`.
  const problem = jsonAt(row, 9) as PairProblem | undefined
  return {
    id: requiredNumber(row, 0),
    keyHash: requiredText(row, 2),
    shard: requiredNumber(row, 1),
    ...(key !== undefined && { key }),
    ...(source && { source }),
    ...(target && { target }),
    ...(problem && { problem }),
  }
}

interface SideColumns {
  /** Of the id; how it was seen, and whether it is gone, follow. */
  readonly at: number
  readonly base: Snapshot | undefined
  /** Of the first of the values. */
  readonly values: number
}

function sideOf(row: Row, { at, base, values }: SideColumns): PairSide | undefined {
  const id = givenAt(row, at)
  if (id === undefined) return undefined
  const read = snapshotAt(row, values + 2)
  const editedAt = textAt(row, values + 4)
  const ownAt = textAt(row, values + 5)
  return {
    id,
    seen: numberAt(row, at + 1) ?? 0,
    ...(base && { base }),
    ...(read && { read }),
    ...(editedAt !== undefined && { editedAt }),
    ...(ownAt !== undefined && { ownAt }),
    ...(isTrueAt(row, at + 2) && { gone: true }),
  }
}

function snapshotAt(row: Row, column: number, source?: Snapshot): Snapshot | undefined {
  const hashText = textAt(row, column)
  const hash = hashText === AS_SOURCE ? source?.hash : hashText
  if (hash === undefined) return undefined
  const values = row[column + 1] === AS_SOURCE ? source?.values : objectAt(row, column + 1)
  return { hash, ...(values && { values }) }
}
