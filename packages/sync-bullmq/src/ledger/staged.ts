import {
  type LedgerChange,
  type Line,
  lineOf,
  type StagedContact,
  stagedOf,
  storedText,
} from '@anycontact/sync/ledger-kit'
import { columns } from '../postgres/columns.ts'
import type { Statements } from '../postgres/database.ts'

/** Puts contacts in line, and takes them out of it. */
export async function storeStaged(
  statements: Statements,
  sync: number,
  changes: readonly LedgerChange[],
): Promise<void> {
  const staged = changes.flatMap((change) => (change.type === 'stage' ? change.contacts : []))
  const done = changes.flatMap((change) => (change.type === 'unstage' ? change.sequences : []))
  if (staged.length > 0) {
    const rows = staged.map(({ shard, side, generation, contact }) => [
      shard,
      side,
      generation,
      storedText(contact.id),
      JSON.stringify(contact),
    ])
    await statements.run(
      `insert into @.staged (sync, shard, side, generation, contact_id, contact)
      select $1::integer, shard, side, generation, contact_id, contact
      from unnest($2::integer[], $3::text[], $4::integer[], $5::text[], $6::text[])
        with ordinality as given (shard, side, generation, contact_id, contact, n) order by n`,
      sync,
      ...columns<string | number>(rows, 5),
    )
  }
  if (done.length === 0) return
  await statements.run('delete from @.staged where sync = $1 and sequence = any($2::bigint[])', sync, done)
}

/** Contacts of a shard that wait, in order. */
export async function readStaged(
  statements: Statements,
  sync: number,
  { shard, limit }: { readonly shard: number; readonly limit: number },
): Promise<readonly StagedContact[]> {
  const rows = await statements.rows(
    'select sequence, side, generation, contact from @.staged where sync = $1 and shard = $2 order by sequence limit $3',
    sync,
    shard,
    limit,
  )
  return rows.map((row) => stagedOf(row, shard))
}

/** The lines in which contacts wait, counted by the index alone. */
export async function readLines(statements: Statements, sync: number): Promise<readonly Line[]> {
  const rows = await statements.rows(
    'select shard, count(*) from @.staged where sync = $1 group by shard order by shard',
    sync,
  )
  return rows.map(lineOf)
}
