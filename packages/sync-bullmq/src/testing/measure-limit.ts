import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Window, worstWindow } from './worst-window.ts'

/** What is measured. */
export interface LimitTrial {
  /** The database of the limit. */
  readonly url: string
  /** `shared`, or each process with a limit of its own. */
  readonly kind: 'shared' | 'own'
  readonly processes: number
  readonly ms: number
  /** How many requests are allowed a second. */
  readonly requests: number
  readonly burst: number
}

/** What was measured. */
export interface MeasuredLimit {
  /** As the server saw them. */
  readonly arrivals: number
  readonly worst: Window
  /** As the processes got their turns, together. */
  readonly worstOfTurns: Window
  /** The most in any second. */
  readonly worstSecond: number
  /** By how much the server itself was late at most, in milliseconds. */
  readonly stallMs: number
}

type Child = ChildProcessByStdio<Writable, Readable, null>

const RESOLVE = new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url).href

const SERVER = new URL('./limit-server.ts', import.meta.url)
const TAKER = new URL('./limit-taker.ts', import.meta.url)

/** Has several processes send all that a limit lets through to one server, and measures there. */
export async function measureLimit(trial: LimitTrial): Promise<MeasuredLimit> {
  const { url, kind, processes, ms, requests, burst } = trial
  const env = {
    ...process.env,
    LEDGER_URL: url,
    LIMIT_REQUESTS: String(requests),
    LIMIT_BURST: String(burst),
  }
  const start = (file: URL, ...args: string[]): Child =>
    spawn(process.execPath, ['--import', RESOLVE, fileURLToPath(file), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    })
  const server = start(SERVER)
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
  const address = String((await lines.next()).value)
  const takers = Array.from({ length: processes }, () => start(TAKER, address, kind))
  await Promise.all(takers.map(({ stdout }) => once(stdout, 'readable')))
  await sleep(ms)
  const turns = (await Promise.all(takers.map(end))).flat().sort((one, other) => one - other)
  server.stdin.end()
  const told: { arrivals: number[]; stallMs: number } = JSON.parse(String((await lines.next()).value))
  return {
    arrivals: told.arrivals.length,
    worst: worstWindow(told.arrivals, { requests, perMs: 1000 }),
    worstOfTurns: worstWindow(turns, { requests, perMs: 1000 }),
    worstSecond: mostWithin(told.arrivals, 1000),
    stallMs: told.stallMs,
  }
}

/** Ends a process, and gives what it tells. */
async function end(child: Child): Promise<number[]> {
  const told = text(child.stdout)
  child.stdin.end()
  // A blank line told that it had begun.
  return JSON.parse(await told)
}

function mostWithin(arrivals: readonly number[], ms: number): number {
  let begin = 0
  let most = 0
  arrivals.forEach((time, index) => {
    while ((arrivals[begin] ?? time) <= time - ms) begin += 1
    most = Math.max(most, index - begin + 1)
  })
  return most
}
