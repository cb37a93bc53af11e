import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import type { Clock } from '@anycontact/core'
import { type Postgres, startPostgres } from '@anycontact/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureLimit } from '../testing/measure-limit.ts'
import type { SharedRate } from './pace.ts'
import { type SharedRateLimiter, sharedRateLimit } from './shared-rate-limit.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

const FOREVER = new AbortController().signal
const RATE = { requests: 50, perMs: 1000, burst: 5 }

function limitOf(
  options: Partial<SharedRate> & { name?: string; jitterMs?: number; connectionString?: string } = {},
): SharedRateLimiter {
  return sharedRateLimit({ connectionString: postgres.url, name: 'one', ...RATE, ...options })
}

/** How long the trial with processes lasts; the published figure is of 30 s. */
const MS = Number(process.env.LIMIT_MS ?? 5000)

test('four processes keep one limit, in windows of any length', { timeout: MS + 60_000 }, async () => {
  const { requests, burst } = RATE
  const trial = { url: postgres.url, processes: 4, ms: MS, requests, burst }
  const measured = await measureLimit({ ...trial, kind: 'shared' })
  if (process.env.LIMIT_MS) console.log(measured)
  // The law, where nothing but the limit is measured: at the moment in which each request may go out.
  expect(measured.worstOfTurns.above).toBeLessThanOrEqual(burst)
  // At the server what is on its way comes closer together by what the server itself was late.
  expect(measured.worst.above).toBeLessThanOrEqual(burst + (measured.stallMs * requests) / 1000)
  // And what is allowed gets through, on a machine that does other things too.
  expect(measured.arrivals).toBeGreaterThan((requests * MS) / 1000 / 2)
})

test('the same processes with a limit each break it', { timeout: 60_000 }, async () => {
  const { requests, burst } = RATE
  const measured = await measureLimit({
    url: postgres.url,
    kind: 'own',
    processes: 4,
    ms: 1500,
    requests,
    burst,
  })
  expect(measured.worstOfTurns.above).toBeGreaterThan(3 * burst)
})

test('takes of one process have their turns in order, and what is aborted uses up nothing', async () => {
  await using limit = limitOf({ name: 'aborted', requests: 4, burst: 2, jitterMs: 250 })
  await limit.take(FOREVER)
  const order: number[] = []
  const gone = new AbortController()
  const begun = performance.now()
  const takes = [0, 1, 2, 3].map(async (n) => {
    await limit.take(n === 1 || n === 2 ? gone.signal : FOREVER)
    order.push(n)
  })
  gone.abort(new Error('given up'))
  const ends = await Promise.allSettled(takes)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(order).toEqual([0, 3])
  // Two turns after the first one, not four.
  expect(performance.now() - begun).toBeGreaterThan(490)
  expect(performance.now() - begun).toBeLessThan(990)
})

test('a turn for which the process is too late is given back, and another one taken', async () => {
  let time = 0
  const sleeps: number[] = []
  const clock: Clock = {
    now: () => time,
    async sleep(ms) {
      sleeps.push(ms)
      // The first time the process is held up for far longer than requests may be late.
      time += sleeps.length === 1 ? ms + 100_000 : ms
    },
  }
  await using limit = sharedRateLimit({
    connectionString: postgres.url,
    name: 'late',
    requests: 1,
    perMs: 10_000,
    burst: 3,
    clock,
  })
  for (let n = 0; n < 3; n += 1) await limit.take(FOREVER)
  expect(sleeps).toHaveLength(2)
  // The database's clock has hardly moved: it is the same turn again, not the one after it.
  for (const ms of sleeps) expect(ms).toBeLessThanOrEqual(10_000)
})

test('a take that is aborted before it begins asks nobody', async () => {
  await using limit = limitOf({ connectionString: 'postgresql://127.0.0.1:1/none' })
  await expect(limit.take(AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up')
})

test('limits of other names are apart', async () => {
  await using one = limitOf({ name: 'apart', requests: 1, perMs: 60_000, burst: 1 })
  await using other = limitOf({ name: 'apart from it', requests: 1, perMs: 60_000, burst: 1 })
  await one.take(FOREVER)
  await other.take(FOREVER)
  const late = one.take(AbortSignal.timeout(100))
  await expect(late).rejects.toThrow()
})

test('closing refuses who waits, and who comes', async () => {
  const limit = limitOf({ name: 'closed', requests: 1, perMs: 60_000, burst: 1 })
  await limit.take(FOREVER)
  const waiting = limit.take(FOREVER)
  await sleep(50)
  await limit.close()
  await expect(waiting).rejects.toMatchObject({ code: 'config' })
  await expect(limit.take(FOREVER)).rejects.toMatchObject({ code: 'config' })
})

test('a database that is not there is told of, without the password', async () => {
  await using limit = limitOf({ connectionString: 'postgresql://someone:hidden-word@127.0.0.1:1/none' })
  const error = await limit.take(FOREVER).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('ECONNREFUSED') })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hidden-word|someone|127\.0\.0\.1/)
})

test.each([
  [{ requests: 0 }, 'requests'],
  [{ perMs: Number.NaN }, 'perMs'],
  [{ burst: 0.5 }, 'burst'],
  [{ jitterMs: 81 }, 'jitterMs'],
])('a limit that cannot work is refused: %o', (options, name) => {
  expect(() => limitOf(options)).toThrow(`\`${name}\``)
})
