import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { createWorld } from './testing/world.ts'
import { work } from './worker.ts'

describe('workers', () => {
  it('share one run, and write each contact once', async () => {
    const world = createWorld()
    const { cognipeer, chatbotkit, ledger, clock } = world
    await cognipeer.createMany(
      Array.from({ length: 700 }, (_, at) => ({ externalId: `u${at}`, name: `Name ${at}`, tags: ['a'] })),
    )
    const sync = defineSync({
      name: 'many',
      source: cognipeer,
      target: chatbotkit,
      by: 'externalId',
      lost: ['tags', 'status'],
    })
    const options = { ledger, clock, start: true }
    const reports = await Promise.all([1, 2, 3].map(() => work(sync, options)))
    for (const report of reports) expect(report).toMatchObject({ created: 700, failed: 0, complete: true })
    expect((await chatbotkit.list().toArray()).length).toBe(700)
    expect(world.emulator.audit()).toMatchObject({ doubled: [], equal: [] })
    const before = world.writes()
    expect(await work(sync, options)).toMatchObject({ run: 2, created: 0, unchanged: 700 })
    expect(world.writes()).toBe(before)
  })

  it('have nothing to do where no run is under way', async () => {
    const { cognipeer, chatbotkit, ledger, clock } = createWorld()
    const sync = defineSync({
      name: 'idle',
      source: cognipeer,
      target: chatbotkit,
      by: 'externalId',
      lost: ['tags', 'status'],
    })
    expect(await work(sync, { ledger, clock })).toBeUndefined()
  })
})
