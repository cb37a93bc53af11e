/**
 * A first run by several workers on PostgreSQL, each in a process of its own.
 *
 * @typedef {object} Environment
 * @property {string} url Where the emulated providers are
 * @property {string} connectionString Of an empty database
 * @property {number} count How many contacts there are
 * @property {number} workers How many workers
 * @property {{ requests: number, perMs: number, burst: number }} [limit] What ChatBotKit takes of all of them together
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('sync-worker.js', import.meta.url))

/** @param {Environment} environment */
const start = async (environment) => {
  const child = spawn(process.execPath, [program, JSON.stringify(environment)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  await lines.next()
  return async () => {
    child.stdin.end('go\n')
    const { value } = await lines.next()
    await once(child, 'close')
    if (value === undefined) throw new Error('A worker ended before the run did.')
    return JSON.parse(value)
  }
}

/** @type {(environment: Environment) => Promise<() => Promise<{ items: number, syncMs: number }>>} */
export const workers = async (environment) => {
  const { workers, count } = environment
  const ready = await Promise.all(Array.from({ length: workers }, () => start(environment)))
  return async () => {
    const startedAt = Date.now()
    const done = await Promise.all(ready.map((go) => go()))
    const [{ created, failed }] = done
    if (failed > 0) throw new Error(`${failed} of ${count} contacts failed.`)
    return { items: created, syncMs: Math.min(...done.map(({ endedAt }) => endedAt)) - startedAt }
  }
}
