import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'
import { testLedger } from '../../testing/test-ledger.ts'
import { sqliteLedger } from './sqlite-ledger.ts'
import { makeFolder, removeFolder } from './testing/folder.ts'

const resolveSources = new URL('../../../../../scripts/flow/resolve-sources.ts', import.meta.url)
const writer = fileURLToPath(new URL('./testing/writer.ts', import.meta.url))

describe.each(['node:sqlite', 'libsql'] as const)('with %s', (driver) => {
  testLedger({
    test,
    async create() {
      const folder = await makeFolder()
      const path = join(folder, 'contacts.db')
      let time = Date.parse('2026-01-31T09:00:00Z')
      return {
        open: () => sqliteLedger(path, { driver, clock: { now: () => time } }),
        advance(ms) {
          time += ms
        },
        writer: () => ({
          command: process.execPath,
          args: ['--import', resolveSources.href, writer, path, driver],
        }),
        dispose: () => removeFolder(folder),
      }
    },
  })
})
