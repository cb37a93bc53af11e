import { memory as memoryProvider } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { landingLate } from './testing/late.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

describe('a contact of the target whose create at the source is lost', () => {
  it.each([true, false])('is counted once (it lands: %s)', async (lands) => {
    const isLost = (number: number) => (number === 1 ? { lands: lands ? 1_000 : 10 ** 12 } : undefined)
    const world: ReturnType<typeof createWorld> = createWorld({
      between: landingLate(() => world.clock, isLost),
    })
    const { chatbotkit, ledger, clock } = world
    const target = memoryProvider({ clock })
    await target.create({ email: 'ana@example.com', name: 'Ana' })
    const sync = defineSync({
      name: 'lost',
      source: chatbotkit,
      target,
      by: 'email',
      direction: 'both',
      lost: [...LOST_AT_CHATBOTKIT, 'externalId'],
    })
    const report = await clock.settle(runSync(sync, { ledger, clock }))
    expect(report).toMatchObject({ created: 1, failed: 0 })
    await clock.settle(runSync(sync, { ledger, clock }))
    expect((await chatbotkit.list().toArray()).length).toBe(1)
  })
})
