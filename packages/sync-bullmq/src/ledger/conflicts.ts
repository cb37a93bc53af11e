import type { JsonValue } from '@anycontact/core'
import {
  type Conflict,
  type ConflictDecision,
  givenText,
  type LedgerChange,
  storedText,
} from '@anycontact/sync/ledger-kit'
import type { Statements } from '../postgres/database.ts'
import type { Row } from '../postgres/pool.ts'
import { columns, givenAt, jsonAt, requiredNumber, requiredText, textAt } from '../postgres/row.ts'
import type { Cell } from './pair-row.ts'
import type { StoredPairs } from './store-pairs.ts'

const COLUMNS = {
  id: 'text',
  pair: 'bigint',
  shard: 'integer',
  key: 'text',
  field: 'text',
  source: 'text',
  target: 'text',
  base: 'text',
  found_at: 'bigint',
  decision: 'text',
} as const

const NAMES = Object.keys(COLUMNS)

/** What conflicts are asked for. */
export interface ConflictQuery {
  readonly after?: string
  readonly limit?: number
  readonly pairs?: readonly number[]
}

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
  const arrays = Object.values(COLUMNS).map((type, column) => `$${column + 2}::${type}[]`)
  const kept = NAMES.filter((name) => name !== 'id' && name !== 'found_at')
  await statements.run(
    `insert into @.conflict (sync, ${NAMES.join(', ')})
    select $1::integer, ${NAMES.join(', ')} from unnest(${arrays.join(', ')}) with ordinality as given (${NAMES.join(', ')}, n) order by n
    on conflict (sync, id) do update set ${kept.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    sync,
    ...columns(conflicts.map(cellsOf), NAMES.length),
  )
}

function carriedOn(known: Conflict | undefined, next: Conflict): Conflict {
  if (known?.decision === undefined || !isSameConflict(known, next)) return next
  return { ...next, decision: known.decision }
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
    json(decision),
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

function cellsOf({ id, pair, shard, key, field, source, target, base, foundAt, decision }: Conflict): Cell[] {
  return [
    storedText(id),
    pair,
    shard,
    key === undefined ? null : storedText(key),
    storedText(field),
    ...[source, target, base].map(json),
    foundAt,
    json(decision),
  ]
}

function conflictOf(row: Row): Conflict {
  const key = givenAt(row, 3)
  const source = jsonAt(row, 5)
  const target = jsonAt(row, 6)
  const base = jsonAt(row, 7)
  const decision = decisionAt(row, 9)
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

function decisionAt(row: Row, column: number): ConflictDecision | undefined {
  const text = textAt(row, column)
  // What stands there was stored as a decision.
  return text === undefined ? undefined : JSON.parse(text)
}

function json(value: JsonValue | ConflictDecision | undefined): string | null {
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
