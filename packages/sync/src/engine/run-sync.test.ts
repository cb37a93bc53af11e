import type { ContactsWith } from '@anycontact/core'
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

describe('a sync in both directions', () => {
  const both = (world: ReturnType<typeof createWorld>) =>
    defineSync({
      name: 'both',
      source: world.memory,
      target: world.chatbotkit,
      by: 'externalId',
      direction: 'both',
      deletions: 'mirror',
      maxDeletions: 1,
      conflicts: 'review',
      lost: [
        'tags',
        'status',
        'givenName',
        'familyName',
        'avatarUrl',
        'locale',
        'timezone',
        'contactMethods',
      ],
    })

  it('brings contacts of either side to the other, and edits too', async () => {
    const world = createWorld()
    const { memory, chatbotkit, ledger, clock } = world
    await memory.create({ externalId: 'a', name: 'A' })
    await chatbotkit.create({ externalId: 'b', name: 'B', customFields: { plan: 'pro' } })
    await chatbotkit.create({ name: 'Without a key' })
    const sync = both(world)
    const run = () => runSync(sync, { ledger, clock })
    expect(await run()).toMatchObject({ created: 3, failed: 0 })
    expect(await names(memory)).toEqual(['A', 'B', 'Without a key'])
    expect(await names(chatbotkit)).toEqual(['A', 'B', 'Without a key'])
    const before = world.writes()
    expect(await run()).toMatchObject({ created: 0, updated: 0 })
    expect(world.writes()).toBe(before)

    const [a] = await chatbotkit.list({ where: { name: 'A' } }).toArray()
    const [b] = await memory.list({ where: { name: 'B' } }).toArray()
    await chatbotkit.update(a?.id ?? '', { name: 'A2' })
    await memory.update({ id: b?.id ?? '' }, { email: 'b@example.com', customFields: { plan: 'free' } })
    expect(await run()).toMatchObject({ updated: 2 })
    expect(await names(memory)).toEqual(['A2', 'B', 'Without a key'])
    const [b2] = await chatbotkit.list({ where: { name: 'B' } }).toArray()
    expect(b2).toMatchObject({ email: 'b@example.com', customFields: { plan: 'free' } })
    await chatbotkit.delete(a?.id ?? '')
    expect(await run()).toMatchObject({ deleted: 1 })
    expect(await names(memory)).toEqual(['B', 'Without a key'])
    await memory.delete({ id: b?.id ?? '' })
    expect(await run()).toMatchObject({ deleted: 1 })
    expect(await names(chatbotkit)).toEqual(['Without a key'])
    const last = world.writes()
    expect(await run()).toMatchObject({ deleted: 0, unchanged: 1 })
    expect(world.writes()).toBe(last)
  })
})

async function names(client: ContactsWith<'list'>): Promise<(string | undefined)[]> {
  return (await client.list().toArray()).map(({ name }) => name).sort()
}
