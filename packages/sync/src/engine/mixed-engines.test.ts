import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'
import { work } from './worker.ts'

async function worldOf(count: number) {
  const world = createWorld()
  await world.memory.createMany(
    Array.from({ length: count }, (_, at) => ({ externalId: `u${at}`, name: `N${at}` })),
  )
  const sync = defineSync({
    name: 'mixed',
    source: world.memory,
    target: world.chatbotkit,
    by: 'externalId',
    deletions: 'mirror',
    maxDeletions: 1,
    lost: LOST_AT_CHATBOTKIT,
  })
  return { ...world, sync }
}

it('what workers have left in line, a run in one process brings into step', async () => {
  const { ledger, clock, chatbotkit, sync } = await worldOf(300)
  const stop = new AbortController()
  const onProgress = ({ read }: { readonly read: { readonly source: number } }): void => {
    if (read.source === 300) stop.abort()
  }
  const worker = work(sync, { ledger, clock, start: true, onProgress, signal: stop.signal })
  await expect(clock.settle(worker)).rejects.toThrow()
  expect((await ledger.lines('mixed')).length).toBeGreaterThan(0)
  expect(await clock.settle(runSync(sync, { ledger, clock }))).toMatchObject({
    run: 1,
    created: 300,
    deleted: 0,
  })
  expect((await chatbotkit.list().toArray()).length).toBe(300)
})

it('a run in one process is refused while workers are at it, and workers wait while one is at it', async () => {
  const { ledger, clock, sync } = await worldOf(50)
  await ledger.open({ name: 'mixed', definition: {} })
  const reader = await ledger.claim('mixed', { task: 'reader', holder: 'a worker', leaseMs: 60_000 })
  await expect(runSync(sync, { ledger, clock, changedDefinition: 'continue' })).rejects.toMatchObject({
    reason: 'locked',
    message: expect.stringContaining('a worker'),
  })
  if ('fence' in reader) await ledger.release(reader)
  await ledger.claim('mixed', { task: 'run', holder: 'one process', leaseMs: 60_000 })
  const startedAt = clock.now()
  const report = await clock.settle(work(sync, { ledger, clock, start: true, changedDefinition: 'continue' }))
  expect(report).toMatchObject({ created: 50 })
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(60_000)
})
