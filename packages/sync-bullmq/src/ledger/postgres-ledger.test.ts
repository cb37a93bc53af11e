import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Postgres, startPostgres } from '@anycontact/postgres'
import { testLedger } from '@anycontact/sync/ledger-kit'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { moveClock } from '../testing/moved-clock.ts'

const resolveSources = new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url)
const writer = fileURLToPath(new URL('../testing/ledger-writer.ts', import.meta.url))

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

describe('in PostgreSQL', () => {
  testLedger({
    test,
    // Its clock goes on while the tests are at work.
    toleranceMs: 10_000,
    async create() {
      const schema = `ledger_${randomBytes(6).toString('hex')}`
      const { open, advance } = await moveClock(postgres.url, schema)
      return {
        open,
        advance,
        writer: () => ({
          command: process.execPath,
          args: ['--import', resolveSources.href, writer, schema],
          env: { LEDGER_URL: postgres.url },
        }),
      }
    },
  })
})
