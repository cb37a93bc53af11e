import {
  type Pair,
  type PairProblem,
  type PairSide,
  type PairWrite,
  type Snapshot,
  storedText,
} from '@anycontact/sync/ledger-kit'
import type { Row } from '../postgres/pool.ts'
import {
  givenAt,
  isTrueAt,
  numberAt,
  objectAt,
  requiredNumber,
  requiredText,
  textAt,
} from '../postgres/row.ts'

/** A value of a column, as it is sent. */
export type Cell = string | number | boolean | null

/** Stands for what the source's column has: most contacts are spelled alike on both sides. */
export const AS_SOURCE = '='

/** The columns of {@link narrowCells} and their types, in its order. */
export const NARROW = {
  id: 'bigint',
  key_hash: 'text',
  shard: 'integer',
  source_id: 'text',
  target_id: 'text',
  source_seen: 'integer',
  target_seen: 'integer',
  source_gone: 'boolean',
  target_gone: 'boolean',
  problem: 'text',
} as const

/** The columns of {@link wideCells} and their types, in its order. */
export const WIDE = {
  id: 'bigint',
  key: 'text',
  source_base_hash: 'text',
  source_base: 'text',
  source_read_hash: 'text',
  source_read: 'text',
  source_edited_at: 'text',
  source_own_at: 'text',
  target_base_hash: 'text',
  target_base: 'text',
  target_read_hash: 'text',
  target_read: 'text',
  target_edited_at: 'text',
  target_own_at: 'text',
} as const

/** The columns of {@link pairOf}, in its order. */
export const PAIR_COLUMNS = `
  pair.id, shard, key_hash, source_id, source_seen, source_gone, target_id, target_seen, target_gone, problem, key,
  source_base_hash, source_base, source_read_hash, source_read, source_edited_at, source_own_at,
  target_base_hash, target_base, target_read_hash, target_read, target_edited_at, target_own_at`

/** What the small table is to have of a pair. */
export function narrowCells(id: number, { keyHash, shard, source, target, problem }: PairWrite): Cell[] {
  return [
    id,
    keyHash,
    shard,
    source ? storedText(source.id) : null,
    target ? storedText(target.id) : null,
    source?.seen ?? null,
    target?.seen ?? null,
    source?.gone ?? false,
    target?.gone ?? false,
    problem ? JSON.stringify(problem) : null,
  ]
}

/** What the table of values is to have of a pair. */
export function wideCells(id: number, { key, source, target }: PairWrite): Cell[] {
  const ofSource = sideCells(source)
  const ofTarget = sideCells(target).map((cell, column) =>
    column < 2 && cell !== null && cell === ofSource[column] ? AS_SOURCE : cell,
  )
  return [id, key === undefined ? null : storedText(key), ...ofSource, ...ofTarget]
}

function sideCells(side: PairSide | undefined): Cell[] {
  const { base, read, editedAt, ownAt } = side ?? {}
  return [
    base?.hash ?? null,
    base?.values ? JSON.stringify(base.values) : null,
    read?.hash ?? null,
    read?.values ? JSON.stringify(read.values) : null,
    editedAt ?? null,
    ownAt ?? null,
  ]
}

/** The pair in a row of {@link PAIR_COLUMNS}. */
export function pairOf(row: Row): Pair {
  const key = givenAt(row, 10)
  const sourceBase = snapshotAt(row, 11)
  const source = sideOf(row, { at: 3, base: sourceBase, values: 11 })
  const target = sideOf(row, { at: 6, base: snapshotAt(row, 17, sourceBase), values: 17 })
  const problem = problemAt(row, 9)
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

function problemAt(row: Row, column: number): PairProblem | undefined {
  const text = textAt(row, column)
  // What stands there went through `narrowCells`.
  return text === undefined ? undefined : JSON.parse(text)
}
