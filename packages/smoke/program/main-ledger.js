// For Node and Bun: the suite of ledgers, with the SQLite of the runtime where it has one, and with libsql, and a sync with one. Given a
// path and a driver, it is the program that the suite kills.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteLedger } from '@anycontact/sync'
import { ledgerTests, runLedgerWriter } from '@anycontact/sync/ledger-kit'
import { runChecks } from './checking.js'
import { syncChecks } from './checks/syncs.js'

/** @typedef {'node:sqlite' | 'libsql'} Driver */

/** @param {Driver | undefined} driver The runtime's own choice when absent */
function testsWith(driver) {
  return ledgerTests({
    prefix: `${driver ?? 'whichever is there'}: `,
    create() {
      const folder = mkdtempSync(join(tmpdir(), 'anycontact-ledger-'))
      const path = join(folder, 'contacts.db')
      let time = Date.parse('2026-01-31T09:00:00Z')
      return {
        open: () => sqliteLedger(path, { driver, clock: { now: () => time } }),
        advance: (ms) => {
          time += ms
        },
        writer: () => ({
          command: process.execPath,
          args: [fileURLToPath(import.meta.url), path, driver ?? ''],
        }),
        dispose: () => rmSync(folder, { recursive: true }),
      }
    },
  })
}

/** @param {string | undefined} text @returns {Driver | undefined} */
function driverOf(text) {
  return text === 'node:sqlite' || text === 'libsql' ? text : undefined
}

const [, , path, driver] = process.argv
if (path === undefined) {
  console.log(
    JSON.stringify(
      await runChecks([
        ...syncChecks(() => sqliteLedger(':memory:')),
        ...testsWith(undefined),
        ...testsWith('libsql'),
      ]),
    ),
  )
} else {
  await runLedgerWriter(sqliteLedger(path, { driver: driverOf(driver) }))
}
