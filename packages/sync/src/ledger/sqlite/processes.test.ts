import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDeadHolder, processHolder } from '../holder.ts'
import { sqliteLedger } from './sqlite-ledger.ts'
import { makeFolder, removeFolder } from './testing/folder.ts'

const resolveSources = new URL('../../../../../scripts/flow/resolve-sources.ts', import.meta.url).href
const program = fileURLToPath(new URL('./testing/holder.ts', import.meta.url))

let folder: string
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await makeFolder()
})

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await removeFolder(folder)
})

/** Another process that holds the task. */
async function startHolder(path: string): Promise<{ child: ChildProcess; holder: string }> {
  const child = spawn(process.execPath, ['--import', resolveSources, program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  for await (const holder of createInterface({ input: child.stdout })) return { child, holder }
  throw new Error('the process ended by itself')
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('what a living process holds is refused until its lease ends, what a dead one held is free at once', async () => {
  const path = join(folder, 'contacts.db')
  const { child, holder } = await startHolder(path)
  let time = Date.now()
  await using ledger = sqliteLedger(path, { clock: { now: () => time } })
  const request = { task: 'run', holder: processHolder(), leaseMs: 60_000 }
  expect(await ledger.claim('one', request)).toMatchObject({ holder, leftMs: expect.any(Number) })
  expect(await ledger.claims('one')).toMatchObject([{ holder }])
  await kill(child)
  expect(await ledger.claims('one')).toEqual([])
  const claim = await ledger.claim('one', request)
  expect(claim).toMatchObject({ fence: 2, holder: request.holder })
  time += 60_000
  expect(await ledger.claim('one', { ...request, holder: processHolder() })).toMatchObject({ fence: 3 })
})

test('the intents of a dead process are as old as the moment in which that was seen', async () => {
  const path = join(folder, 'contacts.db')
  let time = 1_000_000
  await using ledger = sqliteLedger(path, { clock: { now: () => time } })
  await ledger.open({ name: 'one', definition: {} })
  const { child, holder } = await startHolder(join(folder, 'other.db'))
  const claim = await ledger.claim('one', { task: 'run', holder, leaseMs: 60_000 })
  if (!('fence' in claim)) throw new Error('nobody else has it')
  await ledger.commit(claim, [
    { type: 'intent', intent: { id: 'i', keyHash: 'k', shard: 0, side: 'target', operation: 'create' } },
  ])
  await kill(child)
  time += 20_000
  await ledger.claim('one', { task: 'run', holder: processHolder(), leaseMs: 60_000 })
  time += 5_000
  expect(await ledger.intents('one')).toMatchObject([{ id: 'i', ageMs: 5_000, fence: 1 }])
})

test('a holder is dead only where this machine can tell', async () => {
  const own = processHolder()
  expect(own).toMatch(new RegExp(`^${process.pid}@`))
  expect(isDeadHolder(own)).toBe(false)
  expect(processHolder()).not.toBe(own)
  const { child, holder } = await startHolder(join(folder, 'a.db'))
  expect(isDeadHolder(holder)).toBe(false)
  await kill(child)
  expect(isDeadHolder(holder)).toBe(true)
  // The same number in another container, on another machine, or in a text of somebody else says nothing.
  expect(isDeadHolder(holder.replace('#', '#9'))).toBe(false)
  expect(isDeadHolder(holder.replace('@', '@another-'))).toBe(false)
  expect(isDeadHolder('worker 7')).toBe(false)
  expect(isDeadHolder('')).toBe(false)
})

test.runIf(process.platform === 'linux')('a number that a younger process has got is no sign of life', () => {
  const own = processHolder()
  const [, start = ''] = /\.(\d+)\./.exec(own) ?? []
  expect(isDeadHolder(own.replace(`.${start}.`, `.${Number(start) - 1}.`))).toBe(true)
})

test('processes that open a new file at once all get it, and one of them the task', async () => {
  const path = join(folder, 'contacts.db')
  const holders = await Promise.all([1, 2, 3, 4].map(() => startHolder(path)))
  expect(new Set(holders.map(({ holder }) => holder)).size).toBe(1)
  await using ledger = sqliteLedger(path)
  expect(await ledger.claims('one')).toMatchObject([{ holder: holders[0]?.holder, fence: 1 }])
})
