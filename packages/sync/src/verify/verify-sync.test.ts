import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import { verifySync } from './verify-sync.ts'

const COUNT = 40

/** Two sides in step. */
async function inStep() {
  const world = createWorld()
  const { cognipeer, chatbotkit, ledger, clock } = world
  await cognipeer.createMany(
    Array.from({ length: COUNT }, (_, at) => ({
      externalId: `u${at}`,
      name: `Name ${at}`,
      email: `U${at}@example.com`,
      ...(at % 2 === 0 && { phone: `+1415555${1000 + at}` }),
      tags: ['a'],
      customFields: { plan: 'pro' },
    })),
  )
  const sync = defineSync({
    name: 'nightly',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    fields: { status: 'customFields.status' },
    lost: ['tags'],
  })
  await runSync(sync, { ledger, clock, random: () => 0.5 })
  return { ...world, sync }
}

describe('verifySync', () => {
  it('proves that two sides agree, writing nothing', async () => {
    const { sync, ledger, clock, writes } = await inStep()
    const before = writes()
    const certificate = await verifySync(sync, { ledger, clock })
    expect(writes()).toBe(before)
    expect(certificate).toMatchObject({
      sync: 'nightly',
      proved: true,
      unproved: [],
      agrees: true,
      sides: {
        source: { provider: 'cognipeer', complete: true, contacts: COUNT, paired: COUNT, only: 0 },
        target: { provider: 'chatbotkit', complete: true, contacts: COUNT, paired: COUNT, only: 0 },
      },
      pairs: { byKey: COUNT, byLink: 0, equal: COUNT, spelled: 0, differing: 0, unequal: 0 },
      differences: { total: 0, first: [] },
    })
    const field = (name: string) => certificate.survival.find((one) => one.field === name)
    expect(field('name')).toMatchObject({ values: COUNT, same: COUNT })
    expect(field('phone')).toMatchObject({ values: COUNT / 2, same: COUNT / 2 })
    expect(field('customFields.plan')).toMatchObject({ values: COUNT, same: COUNT })
    expect(field('tags')).toMatchObject({ values: COUNT, lost: COUNT, same: 0 })
  })
})
