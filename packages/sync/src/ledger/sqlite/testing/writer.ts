import { runLedgerWriter } from '../../../testing/ledger-writer.ts'
import type { SqliteDriver } from '../driver.ts'
import { sqliteLedger } from '../sqlite-ledger.ts'

// The program that is killed while it writes: `writer.ts <path> <driver>`.
const [, , path = '', driver] = process.argv
await runLedgerWriter(sqliteLedger(path, { driver: driverOf(driver) }))

function driverOf(text: string | undefined): SqliteDriver {
  if (text === 'node:sqlite' || text === 'libsql') return text
  throw new TypeError('Give a path and a driver.')
}
