import { inspect } from 'node:util'
import { type Postgres, startPostgres } from '@anycontact/postgres'
import { type Claim, type Ledger, type LedgerChange, SyncError } from '@anycontact/sync/ledger-kit'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresLedger } from './postgres-ledger.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

function pair(
  n: string | number,
  { source = `s${n}`, target = `t${n}`, id = undefined as number | undefined } = {},
) {
  const made = {
    keyHash: `k${n}`,
    shard: 0,
    source: { id: source, seen: 1 },
    target: { id: target, seen: 1 },
  }
  return { type: 'pair', pair: { ...made, ...(id !== undefined && { id }) } } as const satisfies LedgerChange
}

async function claimed(ledger: Ledger, task: string, leaseMs = 60_000): Promise<Claim> {
  const claim = await ledger.claim('shared', { task, holder: 'test', leaseMs })
  if ('fence' in claim) return claim
  throw new Error('The task is not free.')
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('what an old holder stores is there when a task is taken over, or never', {
  timeout: 120_000,
}, async () => {
  await using old = postgresLedger({ connectionString: postgres.url, schema: 'fenced' })
  await using next = postgresLedger({ connectionString: postgres.url, schema: 'fenced' })
  await old.open({ name: 'shared', definition: {} })
  await next.open({ name: 'shared', definition: {} })
  let stored = 0
  for (let round = 0; round < 20; round += 1) {
    const claim = await claimed(old, 'run', 1)
    // Over when it is asked for again: only what the commit holds is in the way.
    await new Promise((resolve) => setTimeout(resolve, 5))
    const committed = old
      .commit(
        claim,
        Array.from({ length: 200 }, (_, n) => pair(`${round}.${n}`)),
      )
      .then(
        () => 200,
        (error: unknown) => {
          if (error instanceof SyncError && error.reason === 'fenced') return 0
          throw error
        },
      )
    // At another moment of the commit each time.
    await new Promise((resolve) => setTimeout(resolve, round))
    const taken = await claimed(next, 'run')
    const seen = await next.count('shared', {})
    stored += await committed
    expect(seen).toBe(stored)
    expect(await next.count('shared', {})).toBe(stored)
    await next.release(taken)
  }
  expect(stored).toBeGreaterThan(0)
})

test('workers whose contacts take ids from each other wait, and none fails', {
  timeout: 120_000,
}, async () => {
  const ledgers = Array.from({ length: 4 }, () =>
    postgresLedger({ connectionString: postgres.url, schema: 'crossed' }),
  )
  const [first] = ledgers
  await first?.open({ name: 'shared', definition: {} })
  const work = ledgers.map(async (ledger, worker) => {
    const claim = await claimed(ledger, `shard:${worker}`)
    for (let round = 0; round < 15; round += 1) {
      // The same ids in all workers, in an order of their own.
      const order = Array.from({ length: 30 }, (_, n) => (n * (worker * 2 + 1) + round) % 30)
      await ledger.commit(
        claim,
        [...new Set(order)].map((n) =>
          pair(`${worker}.${n}`, { source: `s${n}`, target: `t${(n + worker) % 30}` }),
        ),
      )
    }
  })
  await Promise.all(work)
  const pairs = (await first?.pairs('shared', { limit: 10_000 })) ?? []
  const ids = (side: 'source' | 'target') => pairs.flatMap((one) => one[side]?.id ?? [])
  for (const side of ['source', 'target'] as const) expect(new Set(ids(side)).size).toBe(ids(side).length)
  expect(pairs.every(({ source, target }) => source ?? target)).toBe(true)
  await Promise.all(ledgers.map((ledger) => ledger.close()))
})

test('connections that break are made anew, and nothing is stored twice', { timeout: 120_000 }, async () => {
  await using ledger = postgresLedger({ connectionString: postgres.url, schema: 'broken' })
  await ledger.open({ name: 'shared', definition: {} })
  const claim = await claimed(ledger, 'run')
  let stored = 0
  let unknown = 0
  for (let round = 0; round < 30; round += 1) {
    const breaking = administer(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'anycontact-sync'`,
    )
    try {
      await ledger.commit(claim, [pair(round), { type: 'count', run: 1, counts: { created: 1 } }])
      stored += 1
    } catch (error) {
      expect(error).toMatchObject({ reason: 'ledger' })
      unknown += 1
    }
    await breaking
  }
  const count = await ledger.count('shared', {})
  expect(count).toBeGreaterThanOrEqual(stored)
  expect(count).toBeLessThanOrEqual(stored + unknown)
  expect(stored).toBeGreaterThan(15)
})

test.each([
  {
    what: 'a wrong password',
    to: (url: URL) => Object.assign(url, { password: 'hidden-word' }),
    told: '28P01',
  },
  {
    what: 'no such database',
    to: (url: URL) => Object.assign(url, { pathname: '/hidden-word' }),
    told: '3D000',
  },
  {
    what: 'no server',
    to: (url: URL) => Object.assign(url, { port: '1', password: 'hidden-word' }),
    told: 'ECONNREFUSED',
  },
])('$what is told of, and the connection string is not', async ({ to, told }) => {
  await using ledger = postgresLedger({ connectionString: to(new URL(postgres.url)).href })
  const error = await ledger.now().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ reason: 'ledger', message: expect.stringContaining(told) })
  const seen = inspect(error, { depth: 9, showHidden: true })
  expect(seen).not.toContain('hidden-word')
  expect(seen).not.toContain('127.0.0.1')
})

test('a connection string that is no URL is told of without it', async () => {
  const error = await Promise.resolve()
    .then(() => postgresLedger({ connectionString: 'postgresql://user:hidden-word@[bad' }).now())
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ reason: 'ledger' })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hidden-word')
})
