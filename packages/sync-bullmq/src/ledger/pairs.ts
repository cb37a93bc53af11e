import {
  type Pair,
  type PairQuery,
  pairOf,
  requiredNumber,
  type Side,
  storedText,
} from '@anycontact/sync/ledger-kit'
import type { Statements } from '../postgres/database.ts'
import { PAIR_COLUMNS } from './pair-row.ts'

const SELECT = `select ${PAIR_COLUMNS} from @.pair join @.pair_values on pair_values.id = pair.id where sync = $1`

const HAVING = {
  both: 'source_id is not null and target_id is not null',
  'source-only': 'target_id is null',
  'target-only': 'source_id is null',
  problem: 'problem is not null',
} as const

/** The pairs that a query asks for. */
export async function readPairs(
  statements: Statements,
  sync: number,
  query: PairQuery,
): Promise<readonly Pair[]> {
  const [condition, values, limit] = conditionOf(query)
  const text = `${SELECT} and ${condition} order by pair.id${limit === undefined ? '' : ` limit ${Number(limit)}`}`
  return (await statements.rows(text, sync, ...values)).map(pairOf)
}

function conditionOf(query: PairQuery): [condition: string, values: readonly unknown[], limit?: number] {
  if ('ids' in query) return [`${query.side}_id = any($2::text[])`, [query.ids.map(storedText)]]
  if ('keyHashes' in query) return ['key_hash = any($2::text[])', [query.keyHashes]]
  const values: unknown[] = [query.after ?? 0]
  const conditions = ['pair.id > $2']
  if (query.shard !== undefined) conditions.push(`shard = $${values.push(query.shard) + 1}`)
  if ('missing' in query) {
    conditions.push(missing(query.missing, `$${values.push(query.generation) + 1}`))
  } else if (query.having) {
    conditions.push(HAVING[query.having])
  }
  return [conditions.join(' and '), values, query.limit]
}

/** Those that have a side, are not gone there, and did not come in a generation. */
function missing(side: Side, generation: string): string {
  return `${side}_id is not null and ${side}_seen <> ${generation} and not ${side}_gone`
}

/** How many pairs there are that a query asks for. */
export async function countPairs(
  statements: Statements,
  sync: number,
  query: {
    readonly missing?: { readonly side: Side; readonly generation: number }
    readonly having?: 'both'
  },
): Promise<number> {
  const conditions = ['sync = $1']
  if (query.having) conditions.push(HAVING[query.having])
  if (query.missing) conditions.push(missing(query.missing.side, '$2'))
  const [row] = await statements.rows(
    `select count(*) from @.pair where ${conditions.join(' and ')}`,
    sync,
    ...(query.missing ? [query.missing.generation] : []),
  )
  return row ? requiredNumber(row, 0) : 0
}
