import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { createWorld } from './testing/world.ts'

describe('a sync in one direction', () => {
  it('copies, and writes nothing when it runs again', async () => {
    const world = createWorld()
    const { cognipeer, chatbotkit, ledger, clock } = world
    await cognipeer.createMany(
      Array.from({ length: 30 }, (_, at) => ({
        externalId: `u${at}`,
        name: `Name ${at}`,
        email: `u${at}@example.com`,
        tags: ['a'],
      })),
    )
    const sync = defineSync({
      name: 'a',
      source: cognipeer,
      target: chatbotkit,
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: ['tags'],
    })
    const first = await runSync(sync, { ledger, clock, random: () => 0.5 })
    expect(first).toMatchObject({ created: 30, updated: 0, failed: 0, complete: true, lost: { tags: 30 } })
    const before = world.writes()
    const second = await runSync(sync, { ledger, clock })
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: 30 })
    expect(world.writes()).toBe(before)
  })
})
