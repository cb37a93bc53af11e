import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createEmulator } from '@anycontact/emulator'
import { type Postgres, startPostgres } from '@anycontact/postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { copied } from '../testing/copied.ts'
import { syncStarter } from './sync-starter.ts'

const RESOLVE = new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url).href
const BIN = fileURLToPath(new URL('./bin.ts', import.meta.url))
const SYNCS = fileURLToPath(new URL('../testing/syncs.ts', import.meta.url))

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres?.stop())

function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawn(process.execPath, ['--import', RESOLVE, BIN, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
}

test('it works on the syncs of a module, and ends in order', { timeout: 90_000 }, async () => {
  const emulator = createEmulator()
  emulator.cognipeer.seed([{ integrationId: 'u1', name: 'Ada' }])
  const server = await emulator.listen()
  const worker = start([SYNCS], { DATABASE_URL: postgres.url, EMULATOR_URL: server.url })
  let said = ''
  worker.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await using starter = syncStarter({ connectionString: postgres.url })
  await starter.start(copied(server.url))
  await vi.waitFor(() => expect(said).toContain('"created":1'), 60_000)
  expect(said).toContain('Cognipeer to ChatBotKit: tried: {')
  const ended = once(worker, 'exit')
  worker.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  await server.close()
})

test.each([
  { what: 'no module', args: [], env: { DATABASE_URL: 'postgresql://localhost/none' } },
  { what: 'no database', args: ['syncs.js'], env: { DATABASE_URL: '' } },
])('it says how it is used where $what is given', { timeout: 60_000 }, async ({ args, env }) => {
  const worker = start(args, env)
  const ended = once(worker, 'exit')
  expect(await text(worker.stderr)).toContain('Usage: anycontact-sync-worker')
  expect(await ended).toEqual([2, null])
})
