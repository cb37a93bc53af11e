import type { Conflict, ConflictDecision } from '../records.ts'
import {
  CONFLICT_COLUMNS,
  type ConflictQuery,
  carriedOn,
  conflictCells,
  conflictOf,
  decisionCell,
} from '../rows/conflict-row.ts'
import { storedText } from '../text.ts'
import type { Database } from './database.ts'
import type { SqlValue } from './driver.ts'

const COLUMNS = CONFLICT_COLUMNS.join()

const PLACES = CONFLICT_COLUMNS.map(() => '?').join()

const CHANGED = CONFLICT_COLUMNS.filter((column) => column !== 'id')
  .map((column) => `${column} = excluded.${column}`)
  .join()

/** Stores a conflict. It keeps its place, and when it was found; it keeps what was decided while its values are the same. */
export function putConflict(database: Database, sync: number, conflict: Conflict): void {
  const row = database.first(
    `SELECT ${COLUMNS} FROM conflict WHERE sync = ? AND id = ?`,
    sync,
    storedText(conflict.id),
  )
  database.run(
    `INSERT INTO conflict (sync, ${COLUMNS}) VALUES (?, ${PLACES}) ON CONFLICT (sync, id) DO UPDATE SET ${CHANGED}`,
    sync,
    ...conflictCells(carriedOn(row && conflictOf(row), conflict)),
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
      decisionCell(decision),
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
