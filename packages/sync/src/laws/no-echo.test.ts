import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { LOST_AT_CHATBOTKIT } from '../engine/testing/lost.ts'
import { createWorld } from '../engine/testing/world.ts'

describe('law 4: no echo', () => {
  it('what a provider spells in its own way is no change when it is read back', async () => {
    const world = createWorld()
    const { memory, chatbotkit, ledger, clock } = world
    await memory.create({
      externalId: 'a',
      name: '  Ana  Souza ',
      email: 'ANA@Example.com',
      phone: '+55 (11) 98888-7777',
    })
    const sync = defineSync({
      name: 'spelling',
      source: memory,
      target: chatbotkit,
      by: 'externalId',
      direction: 'both',
      lost: LOST_AT_CHATBOTKIT,
    })
    const run = () => clock.settle(runSync(sync, { ledger, clock }))
    expect(await run()).toMatchObject({ created: 1 })
    const before = world.writes()
    expect(await run()).toMatchObject({ updated: 0, unchanged: 1, writes: { source: 0, target: 0 } })
    expect(world.writes()).toBe(before)
    expect(await memory.get({ externalId: 'a' })).toMatchObject({ email: 'ANA@Example.com' })
  })
})

describe('law 6: each field by itself', () => {
  it('edits of different fields on the two sides both survive', async () => {
    const { memory, chatbotkit, ledger, clock } = createWorld()
    const { id } = await memory.create({ externalId: 'a', name: 'Ana', note: 'Old' })
    const sync = defineSync({
      name: 'fields',
      source: memory,
      target: chatbotkit,
      by: 'externalId',
      direction: 'both',
      conflicts: 'review',
      lost: LOST_AT_CHATBOTKIT,
    })
    const run = () => clock.settle(runSync(sync, { ledger, clock }))
    await run()
    const there = async () => (await chatbotkit.list().toArray())[0]
    await memory.update({ id }, { name: 'Ana Souza' })
    await chatbotkit.update({ id: (await there())?.id ?? '' }, { note: 'New' })
    await run()
    expect(await memory.get({ id })).toMatchObject({ name: 'Ana Souza', note: 'New' })
    expect(await there()).toMatchObject({ name: 'Ana Souza', note: 'New' })
  })

  it('an edit is not lost to a deletion on the other side', async () => {
    const { memory, chatbotkit, ledger, clock } = createWorld()
    const { id } = await memory.create({ externalId: 'a', name: 'Ana' })
    const sync = defineSync({
      name: 'edited',
      source: memory,
      target: chatbotkit,
      by: 'externalId',
      direction: 'both',
      deletions: 'mirror',
      maxDeletions: 1,
      lost: LOST_AT_CHATBOTKIT,
    })
    const run = () => clock.settle(runSync(sync, { ledger, clock }))
    await run()
    const [there] = await chatbotkit.list().toArray()
    await chatbotkit.update({ id: there?.id ?? '' }, { name: 'Ana Souza' })
    await memory.delete({ id })
    await run()
    await run()
    expect((await memory.list().toArray()).map(({ name }) => name)).toEqual(['Ana Souza'])
    expect((await chatbotkit.list().toArray()).map(({ name }) => name)).toEqual(['Ana Souza'])
  })
})
