import type { PairQuery } from '../ledger.ts'
import { type Pair, type PairWrite, SIDES, type Side } from '../pair.ts'
import { pairOf, VALUE_COLUMNS, valueCells } from '../rows/pair-row.ts'
import { requiredNumber } from '../rows/row.ts'
import { storedText } from '../text.ts'
import type { Database } from './database.ts'
import type { SqlValue } from './driver.ts'
import { GONE, IDENTITY_COLUMNS, narrowValues, PAIR_COLUMNS, STATE_COLUMNS } from './pair-row.ts'

// In what follows, `+sync` keeps SQLite from reading all of a sync by an index of it where numbers of rows are given.
const SELECT = `SELECT ${PAIR_COLUMNS} FROM pair JOIN pair_values ON pair_values.id = pair.id`

/** Pages follow the numbers of the pairs, so that the next one begins where the last one ended: no index is to be taken instead. */
const SELECT_IN_ORDER = `SELECT ${PAIR_COLUMNS} FROM pair NOT INDEXED CROSS JOIN pair_values ON pair_values.id = pair.id`

const ALL_VALUES = VALUE_COLUMNS.map((column) => `${column} = ?`).join()

const HAVING = {
  both: 'source_id IS NOT NULL AND target_id IS NOT NULL',
  'source-only': 'target_id IS NULL',
  'target-only': 'source_id IS NULL',
  problem: 'problem IS NOT NULL',
} as const

const MISSING = {
  source: `source_id IS NOT NULL AND source_seen <> ? AND flags & ${GONE.source} = 0`,
  target: `target_id IS NOT NULL AND target_seen <> ? AND flags & ${GONE.target} = 0`,
} as const

/** The pairs that a query asks for. */
export function readPairs(database: Database, sync: number, query: PairQuery): readonly Pair[] {
  if ('ids' in query) {
    const ids = JSON.stringify(query.ids.map(storedText))
    const where = `sync = ? AND ${query.side}_id IN (SELECT value FROM json_each(?))`
    return database.all(`${SELECT} WHERE ${where} ORDER BY pair.id`, sync, ids).map(pairOf)
  }
  if ('keyHashes' in query) {
    const where = 'sync = ? AND key_hash IN (SELECT value FROM json_each(?))'
    return database
      .all(`${SELECT} WHERE ${where} ORDER BY pair.id`, sync, JSON.stringify(query.keyHashes))
      .map(pairOf)
  }
  const values: SqlValue[] = [sync, query.after ?? 0]
  const conditions = ['+sync = ?', 'pair.id > ?']
  if (query.shard !== undefined) {
    conditions.push('shard = ?')
    values.push(query.shard)
  }
  if ('missing' in query) {
    conditions.push(MISSING[query.missing])
    values.push(query.generation)
  } else if (query.having) {
    conditions.push(HAVING[query.having])
  }
  // Problems are few, and have an index in the order of the numbers.
  const hasProblem = 'having' in query && query.having === 'problem'
  if (hasProblem) conditions[0] = 'sync = ?'
  const select = hasProblem ? SELECT : SELECT_IN_ORDER
  return database
    .all(`${select} WHERE ${conditions.join(' AND ')} ORDER BY pair.id LIMIT ?`, ...values, query.limit)
    .map(pairOf)
}

/** How many pairs there are that a query asks for. */
export function countPairs(
  database: Database,
  sync: number,
  query: {
    readonly missing?: { readonly side: Side; readonly generation: number }
    readonly having?: 'both'
  },
): number {
  const conditions = ['+sync = ?']
  const values: SqlValue[] = [sync]
  if (query.having) conditions.push(HAVING[query.having])
  if (query.missing) {
    conditions.push(MISSING[query.missing.side])
    values.push(query.missing.generation)
  }
  const row = database.first(
    `SELECT count(*) FROM pair NOT INDEXED WHERE ${conditions.join(' AND ')}`,
    ...values,
  )
  return row ? requiredNumber(row, 0) : 0
}

/** Stores a pair that has no number yet. */
export function insertPair(database: Database, sync: number, id: number, pair: PairWrite): void {
  const { identity, state } = narrowValues(pair)
  const into = `INTO pair (id, sync, ${[...IDENTITY_COLUMNS, ...STATE_COLUMNS].join()}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  const values = [id, sync, ...identity, ...state]
  // Only an id that another pair has can be in the way, which is rare: nobody is asked beforehand.
  if (database.run(`INSERT OR IGNORE ${into}`, ...values) === 0) {
    takeIds(database, sync, id, pair)
    database.run(`INSERT ${into}`, ...values)
  }
  database.run(
    'INSERT INTO pair_values VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    ...valueCells(pair),
  )
}

/** Replaces a pair. One that is gone, because it was forgotten or dropped, stays gone. */
export function replacePair(database: Database, sync: number, id: number, pair: PairWrite): void {
  const { identity, state } = narrowValues(pair)
  const known = database.first(
    `SELECT ${IDENTITY_COLUMNS.join()} FROM pair WHERE id = ? AND sync = ?`,
    id,
    sync,
  )
  if (!known) return
  // A column that is set has its index written anew, also where its value is the same.
  const changed = IDENTITY_COLUMNS.map((column, index) => ({
    column,
    value: identity[index] ?? null,
  })).filter(({ value }, index) => value !== known[index])
  const set = [...changed.map(({ column }) => column), ...STATE_COLUMNS].map((column) => `${column} = ?`)
  const values = [...changed.map(({ value }) => value), ...state, id]
  if (database.run(`UPDATE OR IGNORE pair SET ${set.join()} WHERE id = ?`, ...values) === 0) {
    takeIds(database, sync, id, pair)
    database.run(`UPDATE pair SET ${set.join()} WHERE id = ?`, ...values)
  }
  database.run(`UPDATE pair_values SET ${ALL_VALUES} WHERE id = ?`, ...valueCells(pair), id)
}

/** Takes the ids of a pair away from whoever has them: a pair without its other side is none, and its conflicts are none either. */
function takeIds(database: Database, sync: number, id: number, pair: PairWrite): void {
  for (const side of SIDES) {
    const wanted = pair[side]
    if (!wanted) continue
    for (const owner of readPairs(database, sync, { side, ids: [wanted.id] })) {
      if (owner.id === id) continue
      const { source, target, ...rest } = owner
      const left = side === 'source' ? target && { ...rest, target } : source && { ...rest, source }
      if (left) {
        dropConflicts(database, sync, [owner.id])
        replacePair(database, sync, owner.id, left)
      } else {
        dropPairs(database, sync, [owner.id])
      }
    }
  }
}

/** Notes that pairs came in a generation of a side. */
export function markSeen(
  database: Database,
  sync: number,
  change: { readonly side: Side; readonly generation: number; readonly pairs: readonly number[] },
): void {
  const { side, generation, pairs } = change
  database.run(
    `UPDATE pair SET ${side}_seen = ?
    WHERE id IN (SELECT value FROM json_each(?)) AND +sync = ? AND ${side}_id IS NOT NULL`,
    generation,
    JSON.stringify(pairs),
    sync,
  )
}

/** Removes pairs, with their conflicts. */
export function dropPairs(database: Database, sync: number, pairs: readonly number[]): void {
  const ids = JSON.stringify(pairs)
  dropConflicts(database, sync, pairs)
  database.run(
    `DELETE FROM pair_values
    WHERE id IN (SELECT pair.id FROM json_each(?) CROSS JOIN pair ON pair.id = value WHERE +sync = ?)`,
    ids,
    sync,
  )
  database.run('DELETE FROM pair WHERE id IN (SELECT value FROM json_each(?)) AND +sync = ?', ids, sync)
}

function dropConflicts(database: Database, sync: number, pairs: readonly number[]): void {
  database.run(
    'DELETE FROM conflict WHERE pair IN (SELECT value FROM json_each(?)) AND +sync = ?',
    JSON.stringify(pairs),
    sync,
  )
}
