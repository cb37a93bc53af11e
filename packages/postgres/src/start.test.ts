import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { beforeEach, expect, test, vi } from 'vitest'
import { startPostgres } from './start.ts'

// What is tried here is a server of one's own, also where there is another.
beforeEach(() => void vi.stubEnv('DATABASE_URL', ''))

/** Of the first use: the programs are installed. */
const TIME = 120_000

test('a server answers, its databases are apart, and nothing is left of it', { timeout: TIME }, async () => {
  const postgres = await startPostgres()
  const data = await dataOf(postgres.url)
  expect(existsSync(data)).toBe(true)
  const second = await postgres.createDatabase()
  expect(
    await ask(
      postgres.url,
      'create table told (word text); insert into told values ($$ärger$$); select word from told',
    ),
  ).toBe('ärger')
  expect(await ask(second, 'select count(*)::int from pg_tables where tablename = $$told$$')).toBe(0)
  expect(await isListening(postgres.url)).toBe(true)
  await postgres.stop()
  expect(await isListening(postgres.url)).toBe(false)
  expect(existsSync(data)).toBe(false)
})

test('servers that are started at once are apart', { timeout: TIME }, async () => {
  const all = await Promise.all([startPostgres(), startPostgres(), startPostgres()])
  const names = await Promise.all(all.map(({ url }) => ask(url, 'select current_database()')))
  expect(new Set(names).size).toBe(3)
  expect(new Set(all.map(({ url }) => new URL(url).port)).size).toBe(3)
  await Promise.all(all.map((postgres) => postgres.stop()))
})

test('a server ends, and its data goes, when who has started it is killed', { timeout: TIME }, async () => {
  const program = `const { startPostgres } = await import(${JSON.stringify(new URL('./start.ts', import.meta.url).href)})
    const { url } = await startPostgres()
    console.log(url)
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(child.stdout), 'line')
  expect(await isListening(url)).toBe(true)
  const data = await dataOf(url)
  child.kill('SIGKILL')
  await vi.waitFor(
    async () => {
      expect(await isListening(url)).toBe(false)
      expect(existsSync(data)).toBe(false)
    },
    { timeout: 15_000, interval: 100 },
  )
})

test('a server that is there is used, and keeps none of the databases', { timeout: TIME }, async () => {
  await using server = await startPostgres()
  vi.stubEnv('DATABASE_URL', server.url)
  const postgres = await startPostgres()
  expect(new URL(postgres.url).host).toBe(new URL(server.url).host)
  const name = await ask(postgres.url, 'select current_database()')
  const count = `select count(*)::int from pg_database where datname = $$${name}$$`
  expect(await ask(server.url, count)).toBe(1)
  await postgres.stop()
  expect(await ask(server.url, count)).toBe(0)
  expect(await isListening(server.url)).toBe(true)
})

/** The folder of a server with all that is its own. */
async function dataOf(url: string): Promise<string> {
  return dirname(String(await ask(url, 'show data_directory')))
}

/** @returns the first value of the last statement's first row */
async function ask(url: string, statements: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const results = [await client.query({ text: statements, rowMode: 'array' })].flat()
    return results.at(-1)?.rows[0]?.[0]
  } finally {
    await client.end()
  }
}

async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  const result = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
    sleep(5000, false),
  ]).catch(() => false)
  socket.destroy()
  return result
}
