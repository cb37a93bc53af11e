import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator } from '@anycontact/emulator'
import { type Postgres, startPostgres } from '@anycontact/postgres'
import type { SyncReport } from '@anycontact/sync'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { postgresLedger } from '../ledger/postgres-ledger.ts'
import { copied } from '../testing/copied.ts'
import { syncStarter } from './sync-starter.ts'
import { type SyncWorkerOptions, syncWorker } from './sync-worker.ts'

const RESOLVE = new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url).href
const WORKER = fileURLToPath(new URL('../testing/killed-worker.ts', import.meta.url))

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** Two emulated providers at an address, of which one has contacts, and a database. */
async function setUp(contacts: number) {
  const connectionString = await postgres.createDatabase()
  const emulator = createEmulator()
  emulator.cognipeer.seed(
    Array.from({ length: contacts }, (_, at) => ({ integrationId: `u${at}`, name: `Name ${at}` })),
  )
  const server = await emulator.listen()
  const sync = copied(server.url)
  const quick = { connectionString, syncs: [sync], lookMs: 200, pollMs: 20, leaseMs: 3000, settleMs: 2000 }
  return { connectionString, emulator, server, sync, quick }
}

async function externalIds({ chatbotkit: vendor }: Emulator): Promise<readonly unknown[]> {
  const stored = await chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: vendor.fetch }).list().toArray()
  return stored.map(({ externalId }) => externalId)
}

test('workers that are woken up do a run together, and one after it writes nothing', {
  timeout: 60_000,
}, async () => {
  const { connectionString, emulator, server, sync, quick } = await setUp(600)
  const reports: SyncReport[] = []
  const errors: unknown[] = []
  const told: unknown[] = []
  const options: SyncWorkerOptions = {
    ...quick,
    onReport: (_sync, report) => reports.push(report),
    onContact: ({ name }, { outcome, key }) => told.push([name, outcome, key].join(' ')),
    onError: (_sync, error) => errors.push(error),
  }
  const workers = [syncWorker(options), syncWorker(options), syncWorker(options)]
  await using starter = syncStarter({ connectionString })
  await starter.start(sync)
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0), 30_000)
  expect(reports[0]).toMatchObject({ run: 1, created: 600, failed: 0, complete: true })
  // Each contact was told once, by the worker that made it.
  const expected = Array.from({ length: 600 }, (_, at) => `${sync.name} created u${at}`)
  expect(told.toSorted()).toEqual(expected.toSorted())
  const { writes } = emulator.audit()
  await starter.start(sync)
  await vi.waitFor(() => expect(reports.some(({ run }) => run === 2)).toBe(true), 30_000)
  expect(reports.find(({ run }) => run === 2)).toMatchObject({ created: 0, updated: 0, unchanged: 600 })
  expect(emulator.audit().writes).toBe(writes)
  expect(emulator.audit()).toMatchObject({ doubled: [], equal: [] })
  await Promise.all(workers.map((worker) => worker.close()))
  expect(errors).toEqual([])
  await server.close()
})

test('workers that are killed again and again leave nothing out and nothing twice', {
  timeout: 180_000,
}, async () => {
  const CONTACTS = 1200
  const { connectionString, emulator, server, sync } = await setUp(CONTACTS)
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, ['--import', RESOLVE, WORKER, server.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, LEDGER_URL: connectionString },
    })
    children.add(child)
    return child
  }
  const workers = [start(), start(), start(), start()]
  await using starter = syncStarter({ connectionString })
  await starter.start(sync)
  await using ledger = postgresLedger({ connectionString })
  const name = 'Cognipeer to ChatBotKit: tried'
  let kills = 0
  let killedAt = 0
  for (;;) {
    const [run] = await ledger.runs(name, 1)
    if (run?.state === 'done') break
    const written = emulator.chatbotkit.contacts.length
    // Each time that a fourth more is there, one of them goes, and another one comes.
    if (written >= killedAt + CONTACTS / 4) {
      killedAt = written
      kills += 1
      const [oldest] = workers.splice(0, 1)
      oldest?.kill('SIGKILL')
      workers.push(start())
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(kills).toBeGreaterThanOrEqual(3)
  const ids = await externalIds(emulator)
  expect(ids).toHaveLength(CONTACTS)
  expect(new Set(ids).size).toBe(CONTACTS)
  expect(emulator.audit()).toMatchObject({ doubled: [] })
  await Promise.all(
    workers.map(async (worker) => {
      const ended = once(worker, 'exit')
      worker.kill('SIGKILL')
      await ended
    }),
  )
  await server.close()
})

test('a run that nobody is woken up for is found in the ledger', { timeout: 60_000 }, async () => {
  const { connectionString, emulator, server, sync, quick } = await setUp(400)
  const first = syncWorker({ ...quick, onProgress: () => void first.close() })
  await using starter = syncStarter({ connectionString })
  await starter.start(sync)
  await using ledger = postgresLedger({ connectionString })
  const name = 'Cognipeer to ChatBotKit: tried'
  await vi.waitFor(async () => expect(await ledger.runs(name, 1)).toHaveLength(1), 20_000)
  await first.close()
  expect(await ledger.runs(name, 1)).toMatchObject([{ state: 'running' }])
  const reports: SyncReport[] = []
  const second = syncWorker({ ...quick, onReport: (_sync, report) => reports.push(report) })
  await vi.waitFor(() => expect(reports).toMatchObject([{ run: 1, created: 400 }]), 30_000)
  expect(emulator.audit()).toMatchObject({ doubled: [] })
  await second.close()
  await server.close()
})

test('a sync runs by its schedule', { timeout: 60_000 }, async () => {
  const { connectionString, server, sync, quick } = await setUp(20)
  const reports: SyncReport[] = []
  const worker = syncWorker({ ...quick, onReport: (_sync, report) => reports.push(report) })
  await using starter = syncStarter({ connectionString })
  await starter.schedule(sync, { everyMs: 300 })
  await vi.waitFor(() => expect(reports.some(({ run }) => run >= 2)).toBe(true), 30_000)
  await starter.unschedule(sync)
  await worker.close()
  await server.close()
})
