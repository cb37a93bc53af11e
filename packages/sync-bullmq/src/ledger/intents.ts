import {
  INTENT_COLUMNS,
  type Intent,
  intentCells,
  intentOf,
  type LedgerChange,
  type OpenIntent,
} from '@anycontact/sync/ledger-kit'
import { columns } from '../postgres/columns.ts'
import type { Statements } from '../postgres/database.ts'

const NAMES = INTENT_COLUMNS

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
  const arrays = NAMES.map((name, column) => `$${column + 3}::${name === 'shard' ? 'integer' : 'text'}[]`)
  const renewed = [...NAMES.filter((name) => name !== 'id'), 'fence', 'sent_until']
  await statements.run(
    `insert into @.intent (sync, fence, sent_until, ${NAMES.join(', ')})
    select $1::integer, $2::bigint, @now, ${NAMES.join(', ')}
    from unnest(${arrays.join(', ')}) with ordinality as given (${NAMES.join(', ')}, n) order by n
    on conflict (sync, id) do update set place = nextval('@.intent_place'), ${renewed.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    sync,
    fence,
    ...columns([...sent.values()].map(intentCells), NAMES.length),
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
    `select ${NAMES.map((name) => `intent.${name}`).join(', ')}, intent.fence,
      greatest(0, now - greatest(sent_until, case when claim.ends_at <= now then claim.ends_at end))
    from (select @now as now) as clock, @.intent
    left join @.claim on claim.sync = intent.sync and claim.fence = intent.fence
    where intent.sync = $1${shard === undefined ? '' : ' and intent.shard = $2'} order by place`,
    sync,
    ...(shard === undefined ? [] : [shard]),
  )
  return rows.map(intentOf)
}
