import {
  CONFLICT_COLUMNS,
  type Conflict,
  type ConflictDecision,
  type ConflictQuery,
  carriedOn,
  conflictCells,
  conflictOf,
  decisionCell,
  type LedgerChange,
  requiredText,
  storedText,
} from '@anycontact/sync/ledger-kit'
import { columns } from '../postgres/columns.ts'
import type { Statements } from '../postgres/database.ts'
import type { StoredPairs } from './store-pairs.ts'

const NAMES: readonly string[] = CONFLICT_COLUMNS

/** The types of those columns that are no text. */
const TYPES: Readonly<Record<string, string>> = { pair: 'bigint', shard: 'integer', found_at: 'bigint' }

/**
 * Stores conflicts and removes settled ones, and those of pairs that have lost theirs. One that is there keeps its place and when it was
 * found; it keeps what was decided while its values are the same.
 */
export async function storeConflicts(
  statements: Statements,
  sync: number,
  changes: readonly LedgerChange[],
  lost: StoredPairs['lost'],
): Promise<void> {
  if (lost.size > 0) {
    const pairs = [...lost.keys()]
    await statements.run('delete from @.conflict where sync = $1 and pair = any($2::bigint[])', sync, pairs)
  }
  const named = changes.flatMap((change) => {
    if (change.type === 'conflict') return storedText(change.conflict.id)
    return change.type === 'resolved' ? change.conflicts.map(storedText) : []
  })
  if (named.length === 0) return
  const rows = await statements.rows(
    `select ${NAMES.join(', ')} from @.conflict where sync = $1 and id = any($2::text[]) order by place for update`,
    sync,
    named,
  )
  const known = new Map(rows.map((row) => [requiredText(row, 0), conflictOf(row)]))
  const resolved = new Set<string>()
  const stored = new Map<string, Conflict>()
  changes.forEach((change, place) => {
    if (change.type === 'resolved') {
      for (const id of change.conflicts.map(storedText)) {
        resolved.add(id)
        known.delete(id)
        stored.delete(id)
      }
    } else if (change.type === 'conflict' && (lost.get(change.conflict.pair) ?? -1) < place) {
      const id = storedText(change.conflict.id)
      const next = carriedOn(known.get(id), change.conflict)
      known.set(id, next)
      stored.set(id, next)
    }
  })
  if (resolved.size > 0) {
    await statements.run('delete from @.conflict where sync = $1 and id = any($2::text[])', sync, [
      ...resolved,
    ])
  }
  await put(statements, sync, [...stored.values()])
}

async function put(statements: Statements, sync: number, conflicts: readonly Conflict[]): Promise<void> {
  if (conflicts.length === 0) return
  const arrays = NAMES.map((name, column) => `$${column + 2}::${TYPES[name] ?? 'text'}[]`)
  const kept = NAMES.filter((name) => name !== 'id' && name !== 'found_at')
  await statements.run(
    `insert into @.conflict (sync, ${NAMES.join(', ')})
    select $1::integer, ${NAMES.join(', ')} from unnest(${arrays.join(', ')}) with ordinality as given (${NAMES.join(', ')}, n) order by n
    on conflict (sync, id) do update set ${kept.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    sync,
    ...columns(conflicts.map(conflictCells), NAMES.length),
  )
}

/** Stores what was decided of a conflict. */
export async function decideConflict(
  statements: Statements,
  sync: number,
  conflict: string,
  decision: ConflictDecision | undefined,
): Promise<boolean> {
  const changed = await statements.run(
    'update @.conflict set decision = $3 where sync = $1 and id = $2',
    sync,
    storedText(conflict),
    decisionCell(decision),
  )
  return changed > 0
}

/** Conflicts that are not settled, oldest first. */
export async function readConflicts(
  statements: Statements,
  sync: number,
  { after, limit, pairs }: ConflictQuery,
): Promise<readonly Conflict[]> {
  const values: unknown[] = []
  const conditions = ['sync = $1']
  if (after !== undefined) {
    const id = `$${values.push(storedText(after)) + 1}`
    conditions.push(`place > coalesce((select place from @.conflict where sync = $1 and id = ${id}), 0)`)
  }
  if (pairs) conditions.push(`pair = any($${values.push(pairs) + 1}::bigint[])`)
  const rows = await statements.rows(
    `select ${NAMES.join(', ')} from @.conflict where ${conditions.join(' and ')} order by place${limit === undefined ? '' : ` limit ${Number(limit)}`}`,
    sync,
    ...values,
  )
  return rows.map(conflictOf)
}
