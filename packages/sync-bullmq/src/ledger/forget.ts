import { givenText, requiredNumber, requiredText, type Side, textAt } from '@anycontact/sync/ledger-kit'
import type { Database } from '../postgres/database.ts'
import { drop } from './store-pairs.ts'

const SIDES: readonly (readonly [side: Side, column: number])[] = [
  ['source', 1],
  ['target', 2],
]

/** Removes all that is kept of the contacts with a key, in every sync. @returns how many pairs it were */
export async function forget(
  database: Database,
  keyHashOf: (sync: string, salt: string) => string,
): Promise<number> {
  return await database.transaction(async (statements) => {
    let forgotten = 0
    for (const row of await statements.rows('select id, name, salt from @.sync order by id')) {
      const sync = requiredNumber(row, 0)
      const keyHash = keyHashOf(givenText(requiredText(row, 1)), requiredText(row, 2))
      const pairs = await statements.rows(
        'select id, source_id, target_id from @.pair where sync = $1 and key_hash = $2 order by id for update',
        sync,
        keyHash,
      )
      for (const [side, column] of SIDES) {
        const ids = pairs.flatMap((pair) => textAt(pair, column) ?? [])
        if (ids.length === 0) continue
        await statements.run(
          'delete from @.staged where sync = $1 and side = $2 and contact_id = any($3::text[])',
          sync,
          side,
          ids,
        )
      }
      await statements.run('delete from @.intent where sync = $1 and key_hash = $2', sync, keyHash)
      const numbers = pairs.map((pair) => requiredNumber(pair, 0))
      await statements.run(
        'delete from @.conflict where sync = $1 and pair = any($2::bigint[])',
        sync,
        numbers,
      )
      await drop(statements, sync, numbers)
      forgotten += numbers.length
    }
    return forgotten
  })
}
