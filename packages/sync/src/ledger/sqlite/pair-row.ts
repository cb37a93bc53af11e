import type { Pair, PairProblem, PairSide, PairWrite, Snapshot } from '../pair.ts'
import { storedText } from '../text.ts'
import type { Row, SqlValue } from './driver.ts'
import { givenAt, numberAt, objectAt, requiredNumber, requiredText, textAt } from './row.ts'

/** Bits of the column `flags`. */
export const GONE = { source: 1, target: 2 } as const

/** Stands for what the source's column has: most contacts are spelled alike on both sides. */
const AS_SOURCE = '='

/** The columns of {@link pairOf}, in its order. */
export const PAIR_COLUMNS = `
  pair.id, shard, key_hash, source_id, source_seen, target_id, target_seen, flags, problem, key,
  source_base_hash, source_base, source_read_hash, source_read, source_edited_at, source_own_at,
  target_base_hash, target_base, target_read_hash, target_read, target_edited_at, target_own_at`

/** What of a pair in the small table seldom changes, and has indexes. */
export const IDENTITY_COLUMNS = ['key_hash', 'shard', 'source_id', 'target_id'] as const

/** What of a pair in the small table changes with every reading. */
export const STATE_COLUMNS = ['source_seen', 'target_seen', 'flags', 'problem'] as const

/** What the small table has of a pair. */
export interface NarrowValues {
  /** By {@link IDENTITY_COLUMNS}. */
  readonly identity: readonly SqlValue[]
  /** By {@link STATE_COLUMNS}. */
  readonly state: readonly SqlValue[]
}

/** What the small table is to have of a pair. */
export function narrowValues(pair: PairWrite): NarrowValues {
  const { keyHash, shard, source, target, problem } = pair
  return {
    identity: [keyHash, shard, idOf(source), idOf(target)],
    state: [
      source?.seen ?? null,
      target?.seen ?? null,
      (source?.gone ? GONE.source : 0) | (target?.gone ? GONE.target : 0),
      problem ? JSON.stringify(problem) : null,
    ],
  }
}

/** What the table of values is to have of a pair, `key` first. */
export function wideValues({ key, source, target }: PairWrite): readonly SqlValue[] {
  const sourceValues = sideValues(source)
  const targetValues = sideValues(target)
  for (const column of [0, 1]) {
    const value = targetValues[column]
    if (value !== null && value === sourceValues[column]) targetValues[column] = AS_SOURCE
  }
  return [key === undefined ? null : storedText(key), ...sourceValues, ...targetValues]
}

function idOf(side: PairSide | undefined): string | null {
  return side ? storedText(side.id) : null
}

function sideValues(side: PairSide | undefined): SqlValue[] {
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
  const key = givenAt(row, 9)
  const flags = requiredNumber(row, 7)
  const sourceBase = snapshotAt(row, 10)
  const source = sideOf(row, { id: 3, isGone: (flags & GONE.source) !== 0, base: sourceBase, values: 10 })
  const target = sideOf(row, {
    id: 5,
    isGone: (flags & GONE.target) !== 0,
    base: snapshotAt(row, 16, sourceBase),
    values: 16,
  })
  const problem = problemAt(row, 8)
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
  readonly id: number
  readonly isGone: boolean
  readonly base: Snapshot | undefined
  readonly values: number
}

function sideOf(row: Row, { id: column, isGone, base, values }: SideColumns): PairSide | undefined {
  const id = givenAt(row, column)
  if (id === undefined) return undefined
  const read = snapshotAt(row, values + 2)
  const editedAt = textAt(row, values + 4)
  const ownAt = textAt(row, values + 5)
  return {
    id,
    seen: numberAt(row, column + 1) ?? 0,
    ...(base && { base }),
    ...(read && { read }),
    ...(editedAt !== undefined && { editedAt }),
    ...(ownAt !== undefined && { ownAt }),
    ...(isGone && { gone: true }),
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
  // What stands there went through `narrowValues`.
  return row[column] === null ? undefined : JSON.parse(requiredText(row, column))
}
