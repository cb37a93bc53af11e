import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@anycontact/postgres'
import { checkCount, type Measured, measureOnce } from '../measure/programs.ts'
import { figure, fixed, times } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const COUNT = 100_000
const MILLION = 1_000_000

const LATENCY_MS = 20
const WORKERS = [1, 2, 4] as const
/** So many contacts take one worker a quarter of a minute at 20 ms an answer. */
const SHARED_COUNT = 3_000
const LIMITED_COUNT = 500
const LIMIT = { requests: 200, perMs: 1_000, burst: 20 } as const

const RUNS = {
  first: 'the first run: all are new',
  second: 'a run in which nothing has changed',
  third: 'a run in which 1 % has changed',
}

/** Syncs from Cognipeer to ChatBotKit: in one process, and by several workers. */
async function sync({ million = false }: SuiteOptions): Promise<readonly Table[]> {
  return [await oneProcess(million ? MILLION : COUNT), await workers()]
}

/** A run of a million takes minutes, and heaps and bytes vary little: the program runs once. */
async function oneProcess(count: number): Promise<Table> {
  const measured = await measureOnce({
    module: 'sync',
    program: 'oneProcess',
    environment: { count },
    nodeOptions: ['--expose-gc'],
  })
  checkCount(measured, count)
  const of = (name: string): number => figure(measured, name).median
  return {
    id: 'sync',
    head: [
      `syncing ${fixed(count, 0)} contacts in one process`,
      'contacts a second',
      'CPU a contact, µs',
      'requests a contact',
      'writes',
      'heap halfway, MiB',
      'heap at the end, MiB',
    ],
    rows: Object.entries(RUNS).map(([name, label]) => [
      label,
      fixed((count * 1000) / of(`${name}Ms`), 0),
      fixed(of(`${name}CpuMicros`), 0),
      fixed(of(`${name}Requests`) / count, 3),
      fixed(of(`${name}Writes`), 0),
      fixed(of(`${name}HalfwayMiB`), 1),
      fixed(of(`${name}EndMiB`), 1),
    ]),
    note: `The ledger is a SQLite file, and takes ${fixed(of('ledgerBytes'), 0)} bytes a contact in the end. The emulated providers answer at once, from a thread of their own: neither their heap nor their CPU counts. Measured once.`,
  }
}

async function workers(): Promise<Table> {
  await using postgres = await startPostgres({ durable: true })
  const measure = async (count: number, workers: number, limit?: typeof LIMIT): Promise<Measured> => {
    await using providers = await startProviders(count)
    const connectionString = await postgres.createDatabase()
    const environment = { url: providers.url, connectionString, count, workers, limit }
    const measured = await measureOnce({ module: 'sync-workers', program: 'workers', environment })
    checkCount(measured, count)
    return measured
  }
  const rows: string[][] = []
  let one: number | undefined
  for (const count of WORKERS) {
    const pace = paceOf(await measure(SHARED_COUNT, count), SHARED_COUNT)
    const limited = paceOf(await measure(LIMITED_COUNT, count, LIMIT), LIMITED_COUNT)
    one ??= pace
    rows.push([String(count), fixed(pace, 0), times(pace, one), fixed(limited, 0)])
  }
  return {
    id: 'sync-workers',
    head: [
      `workers at ${LATENCY_MS} ms an answer`,
      'contacts a second',
      'times as fast',
      `contacts a second, under one limit of ${LIMIT.requests} requests a second`,
    ],
    rows,
    note: `A first run of ${fixed(SHARED_COUNT, 0)} contacts, ${fixed(LIMITED_COUNT, 0)} under the limit; a contact takes two requests that the limit counts. Each worker is a process with 8 writes under way. They, PostgreSQL, which waits for the disk, and the emulated providers share this machine's processors. Measured once.`,
  }
}

function paceOf(measured: Measured, count: number): number {
  return (count * 1000) / figure(measured, 'syncMs').median
}

const PROVIDERS = fileURLToPath(new URL('../server/emulators.ts', import.meta.url))

/** Starts the emulated providers in a process of their own. */
export async function startProviders(contacts: number): Promise<{ readonly url: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [PROVIDERS, String(contacts), String(LATENCY_MS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exit.then(([code]) =>
      Promise.reject(new Error(`The providers ended with ${code} before they were ready.`)),
    ),
  ])
  return {
    url: String(url),
    async [Symbol.asyncDispose]() {
      // It ends with its input.
      child.stdin.end()
      await exit
    },
  }
}

export const syncSuite: Suite = { name: 'sync', tables: ['sync', 'sync-workers'], run: sync }
