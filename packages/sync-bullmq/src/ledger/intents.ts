import {
  type Intent,
  type LedgerChange,
  type OpenIntent,
  type Side,
  storedText,
} from '@anycontact/sync/ledger-kit'
import type { Statements } from '../postgres/database.ts'
import { columns, givenAt, objectAt, requiredNumber, requiredText, wordAt } from '../postgres/row.ts'
import type { Cell } from './pair-row.ts'

const COLUMNS = {
  id: 'text',
  key_hash: 'text',
  shard: 'integer',
  side: 'text',
  operation: 'text',
  key: 'text',
  record_id: 'text',
  other_id: 'text',
  written: 'text',
} as const

const NAMES = Object.keys(COLUMNS)

/** Stores intents, and removes those whose outcome is known. One that is there already is sent again: it begins anew. */
export async function storeIntents(
  statements: Statements,
  sync: number,
  fence: number,
  changes: readonly LedgerChange[],
): Promise<void> {
  const settled = new Set<string>()
  const sent = new Map<string, Intent>()
  for (const change of changes) {
    if (change.type === 'intent') {
      // Once more: it comes last.
      sent.delete(change.intent.id)
      sent.set(change.intent.id, change.intent)
    } else if (change.type === 'settled') {
      for (const id of change.intents) {
        settled.add(id)
        sent.delete(id)
      }
    }
  }
  if (settled.size > 0) {
    await statements.run('delete from @.intent where sync = $1 and id = any($2::text[])', sync, [...settled])
  }
  if (sent.size === 0) return
  const arrays = Object.values(COLUMNS).map((type, column) => `$${column + 3}::${type}[]`)
  const renewed = [...NAMES.filter((name) => name !== 'id'), 'fence', 'sent_until']
  await statements.run(
    `insert into @.intent (sync, fence, sent_until, ${NAMES.join(', ')})
    select $1::integer, $2::bigint, @now, ${NAMES.join(', ')}
    from unnest(${arrays.join(', ')}) with ordinality as given (${NAMES.join(', ')}, n) order by n
    on conflict (sync, id) do update set place = nextval('@.intent_place'), ${renewed.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    sync,
    fence,
    ...columns([...sent.values()].map(cellsOf), NAMES.length),
  )
}

/** Writes whose outcome is not known, oldest first. */
export async function readIntents(
  statements: Statements,
  sync: number,
  shard: number | undefined,
): Promise<readonly OpenIntent[]> {
  // A claim that nobody has taken over ended with its lease.
  const rows = await statements.rows(
    `select id, key_hash, intent.shard, side, operation, key, record_id, other_id, written, intent.fence,
      greatest(0, now - greatest(sent_until, case when claim.ends_at <= now then claim.ends_at end))
    from (select @now as now) as clock, @.intent
    left join @.claim on claim.sync = intent.sync and claim.fence = intent.fence
    where intent.sync = $1${shard === undefined ? '' : ' and intent.shard = $2'} order by place`,
    sync,
    ...(shard === undefined ? [] : [shard]),
  )
  return rows.map((row) => {
    const key = givenAt(row, 5)
    const recordId = givenAt(row, 6)
    const otherId = givenAt(row, 7)
    const written = objectAt(row, 8)
    return {
      id: requiredText(row, 0),
      keyHash: requiredText(row, 1),
      shard: requiredNumber(row, 2),
      side: wordAt<Side>(row, 3, ['source', 'target']),
      operation: wordAt(row, 4, ['create', 'update', 'delete']),
      ...(key !== undefined && { key }),
      ...(recordId !== undefined && { recordId }),
      ...(otherId !== undefined && { otherId }),
      ...(written && { written }),
      fence: requiredNumber(row, 9),
      ageMs: requiredNumber(row, 10),
    }
  })
}

function cellsOf({ id, keyHash, shard, side, operation, key, recordId, otherId, written }: Intent): Cell[] {
  return [
    id,
    keyHash,
    shard,
    side,
    operation,
    ...[key, recordId, otherId].map((text) => (text === undefined ? null : storedText(text))),
    written === undefined ? null : JSON.stringify(written),
  ]
}
