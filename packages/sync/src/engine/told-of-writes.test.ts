import { isPlainObject } from '@anycontact/core/adapter-kit'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import type { RunProgress } from './report.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('a run that waits for a write whose answer was lost tells for how long', async () => {
  const { memory, chatbotkit, emulator, ledger, clock } = createWorld()
  await memory.create({ email: 'ana@example.com', name: 'Ana' })
  const sync = defineSync({
    name: 'waits',
    source: memory,
    target: chatbotkit,
    by: 'email',
    lost: LOST_AT_CHATBOTKIT,
  })
  emulator.chatbotkit.faults.add({ path: '/create', cut: 'answer' })
  const told: RunProgress[] = []
  const onProgress = (progress: RunProgress) => void told.push(progress)
  const before = clock.now()
  await clock.settle(runSync(sync, { ledger, clock, onProgress, settleMs: 20_000 }))
  const waits = told.filter(({ waitMs }) => waitMs !== undefined)
  expect(waits).toMatchObject([{ phase: 'settling', waitMs: expect.any(Number) }])
  const [{ waitMs = 0 } = {}] = waits
  expect(waitMs).toBeGreaterThan(30_000)
  expect(waitMs).toBeLessThanOrEqual(35_000)
  expect(clock.now() - before).toBeGreaterThanOrEqual(waitMs)
  expect(emulator.audit()).toMatchObject({ writes: 1, doubled: [] })
})

it('the report counts fields of which a provider keeps another spelling', async () => {
  const { memory, cognipeer, emulator, ledger, clock } = createWorld()
  await memory.createMany([
    { externalId: 'a', name: 'Ana' },
    { externalId: 'b', name: 'Ben' },
  ])
  const lost = [...LOST_AT_CHATBOTKIT, 'nickname', 'note', 'verifiedAt'] as const
  const sync = defineSync({
    name: 'respelled',
    source: memory,
    target: cognipeer,
    by: 'externalId',
    lost: lost.filter((field) => field !== 'tags' && field !== 'status'),
  })
  emulator.cognipeer.faults.add({
    path: '/contact',
    times: 1,
    rewrite: (answer) => (isPlainObject(answer) ? respelled(answer) : answer),
  })
  const report = await clock.settle(runSync(sync, { ledger, clock }))
  expect(report).toMatchObject({ created: 2, rewritten: { name: 1 }, dropped: {} })
})

/** The answer with every name in capitals, wherever it stands. */
function respelled(answer: object): object {
  return JSON.parse(
    JSON.stringify(answer).replace(/"name":"(\w+)"/g, (_, name: string) => `"name":"${name.toUpperCase()}"`),
  )
}
