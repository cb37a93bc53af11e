import type { JsonValue } from '@anycontact/core'
import type { Conflict, ConflictDecision } from '../records.ts'
import { storedText } from '../text.ts'
import type { Database } from './database.ts'
import type { Row, SqlValue } from './driver.ts'
import { givenAt, jsonAt, requiredNumber, requiredText, textAt } from './row.ts'

const COLUMNS = 'id, pair, shard, key, field, source, target, base, found_at, decision'

/** What conflicts are asked for. */
export interface ConflictQuery {
  readonly after?: string
  readonly limit?: number
  readonly pairs?: readonly number[]
}

/** Stores a conflict. It keeps its place, and when it was found; it keeps what was decided while its values are the same. */
export function putConflict(database: Database, sync: number, conflict: Conflict): void {
  const row = database.first(
    `SELECT ${COLUMNS} FROM conflict WHERE sync = ? AND id = ?`,
    sync,
    storedText(conflict.id),
  )
  const { id, pair, shard, key, field, source, target, base } = conflict
  const known = row && conflictOf(row)
  const decision =
    known?.decision !== undefined && isSameConflict(known, conflict) ? known.decision : conflict.decision
  database.run(
    `INSERT INTO conflict (sync, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (sync, id) DO UPDATE SET pair = excluded.pair, shard = excluded.shard, key = excluded.key, field = excluded.field,
      source = excluded.source, target = excluded.target, base = excluded.base, decision = excluded.decision`,
    sync,
    storedText(id),
    pair,
    shard,
    key === undefined ? null : storedText(key),
    storedText(field),
    ...[source, target, base].map(json),
    conflict.foundAt,
    decisionText(decision),
  )
}

/** Removes conflicts that are settled. */
export function dropConflictsNamed(database: Database, sync: number, conflicts: readonly string[]): void {
  database.run(
    'DELETE FROM conflict WHERE sync = ? AND id IN (SELECT value FROM json_each(?))',
    sync,
    JSON.stringify(conflicts.map(storedText)),
  )
}

/** Stores what was decided of a conflict. */
export function decideConflict(
  database: Database,
  sync: number,
  conflict: string,
  decision: ConflictDecision | undefined,
): boolean {
  return (
    database.run(
      'UPDATE conflict SET decision = ? WHERE sync = ? AND id = ?',
      decisionText(decision),
      sync,
      storedText(conflict),
    ) > 0
  )
}

/** Conflicts that are not settled, oldest first. */
export function readConflicts(
  database: Database,
  sync: number,
  { after, limit, pairs }: ConflictQuery,
): readonly Conflict[] {
  const conditions = ['+sync = ?']
  const values: SqlValue[] = [sync]
  if (after !== undefined) {
    conditions.push('place > coalesce((SELECT place FROM conflict WHERE sync = ? AND id = ?), 0)')
    values.push(sync, storedText(after))
  }
  if (pairs) {
    conditions.push('pair IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(pairs))
  }
  const sql = `SELECT ${COLUMNS} FROM conflict WHERE ${conditions.join(' AND ')} ORDER BY place LIMIT ?`
  return database.all(sql, ...values, limit ?? -1).map(conflictOf)
}

function conflictOf(row: Row): Conflict {
  const key = givenAt(row, 3)
  const source = jsonAt(row, 5)
  const target = jsonAt(row, 6)
  const base = jsonAt(row, 7)
  const decision = decisionAt(row, 9)
  return {
    id: givenAt(row, 0) ?? '',
    pair: requiredNumber(row, 1),
    shard: requiredNumber(row, 2),
    ...(key !== undefined && { key }),
    field: givenAt(row, 4) ?? '',
    ...(source !== undefined && { source }),
    ...(target !== undefined && { target }),
    ...(base !== undefined && { base }),
    foundAt: requiredNumber(row, 8),
    ...(decision !== undefined && { decision }),
  }
}

function decisionAt(row: Row, column: number): ConflictDecision | undefined {
  // What stands there went through `decisionText`.
  return textAt(row, column) === undefined ? undefined : JSON.parse(requiredText(row, column))
}

function decisionText(decision: ConflictDecision | undefined): string | null {
  return decision === undefined ? null : JSON.stringify(decision)
}

function json(value: JsonValue | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function isSameConflict(one: Conflict, other: Conflict): boolean {
  return isSame(one.source, other.source) && isSame(one.target, other.target) && isSame(one.base, other.base)
}

/** Whether two values are the same as JSON, whatever the order of keys. */
function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key)))
  )
}
