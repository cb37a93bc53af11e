import { type Postgres, startPostgres } from '@anycontact/postgres'
import fc from 'fast-check'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../ledger/migrate.ts'
import { Database } from '../postgres/database.ts'
import { worstWindow } from '../testing/worst-window.ts'
import { type Turns, takeTurns } from './turns.ts'

let postgres: Postgres
let pool: Pool
let database: Database
beforeAll(async () => {
  postgres = await startPostgres()
  pool = new Pool({ connectionString: postgres.url, max: 1 })
  // The server ends connections that are just being ended.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query('create table moved (clock double precision); insert into moved values (1e12)')
  database = new Database(pool, 'limits', '(select clock from moved)')
  await migrate(database)
}, 120_000)
afterAll(async () => {
  await pool?.end()
  await postgres?.stop()
})

/** What happens: time passes, turns are taken, and some of the latest ones are given back, used by nobody. */
const STEP = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('take' as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    kind: fc.constant('give' as const),
    which: fc.nat({ max: 50 }),
    count: fc.integer({ min: 1, max: 3 }),
  }),
)

test('turns keep the pace in every window, whatever is given back', { timeout: 120_000 }, async () => {
  let run = 0
  let given = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(STEP, { minLength: 5, maxLength: 40 }),
      fc.constantFrom(0, 10, 20, 40, 70),
      async (steps, aheadMs) => {
        run += 1
        const name = `limit ${run}`
        const held: { turns: Turns; times: number[] }[] = []
        for (const step of steps) {
          if (step.kind === 'wait') {
            await pool.query(`update moved set clock = clock + ${step.ms}`)
          } else if (step.kind === 'take') {
            const { rows } = await pool.query('select clock from moved')
            const turns = await takeTurns(database, name, { everyMs: 20, aheadMs }, step.count)
            held.push({ turns, times: turns.waitsMs.map((ms) => Number(rows[0].clock) + ms) })
          } else {
            const some = held[step.which % Math.max(1, held.length)]
            const unused = some?.times.splice(-step.count).length ?? 0
            if (unused > 0) {
              given += 1
              await some?.turns.giveBack(unused)
            }
          }
        }
        const times = held.flatMap((some) => some.times).sort((one, other) => one - other)
        const { above } = worstWindow(times, { requests: 50, perMs: 1000 })
        expect(above).toBeLessThanOrEqual(1 + aheadMs / 20 + 1e-6)
      },
    ),
    { numRuns: 150 },
  )
  expect(given).toBeGreaterThan(100)
})

test('turns that are given back are taken by others', async () => {
  const pace = { everyMs: 20, aheadMs: 40 }
  const first = await takeTurns(database, 'again', pace, 10)
  expect(first.waitsMs).toEqual([0, 0, 0, 20, 40, 60, 80, 100, 120, 140])
  await first.giveBack(2)
  expect((await takeTurns(database, 'again', pace, 1)).waitsMs).toEqual([120])
})

test('a clock that is put back holds nobody up for longer than a minute', async () => {
  await takeTurns(database, 'put back', { everyMs: 20, aheadMs: 0 }, 1)
  await pool.query('update moved set clock = clock - 86400000')
  const { waitsMs } = await takeTurns(database, 'put back', { everyMs: 20, aheadMs: 0 }, 1)
  expect(waitsMs).toEqual([60_000])
})
