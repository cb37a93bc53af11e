import { SIDES } from '../pair.ts'
import { givenAt, requiredNumber, requiredText } from '../rows/row.ts'
import type { Database } from './database.ts'
import { dropPairs, readPairs } from './pairs.ts'

/** Removes all that is kept of the contacts with a key, in every sync. @returns how many pairs it were */
export function forget(database: Database, keyHashOf: (sync: string, salt: string) => string): number {
  return database.transaction(() => {
    let forgotten = 0
    for (const row of database.all('SELECT id, name, salt FROM sync')) {
      const sync = requiredNumber(row, 0)
      const keyHash = keyHashOf(givenAt(row, 1) ?? '', requiredText(row, 2))
      const pairs = readPairs(database, sync, { keyHashes: [keyHash] })
      for (const side of SIDES) {
        const ids = pairs.flatMap((pair) => pair[side]?.id ?? [])
        if (ids.length === 0) continue
        database.run(
          `DELETE FROM staged WHERE sync = ? AND side = ? AND json_extract(contact, '$.id') IN (SELECT value FROM json_each(?))`,
          sync,
          side,
          JSON.stringify(ids),
        )
      }
      database.run('DELETE FROM intent WHERE sync = ? AND key_hash = ?', sync, keyHash)
      const numbers = pairs.map(({ id }) => id)
      dropPairs(database, sync, numbers)
      forgotten += numbers.length
    }
    return forgotten
  })
}
