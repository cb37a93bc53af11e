import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

function worldOf(options: { readonly direction?: 'both'; readonly deletions?: 'mirror' }) {
  const world = createWorld()
  const { memory, chatbotkit, ledger, clock } = world
  const sync = defineSync({
    name: 'gone',
    source: memory,
    target: chatbotkit,
    by: 'externalId',
    maxDeletions: 1,
    lost: LOST_AT_CHATBOTKIT,
    ...options,
  })
  return { ...world, run: () => clock.settle(runSync(sync, { ledger, clock })) }
}

describe('a contact that is gone from the source', () => {
  it('leaves its place to one that has its key now, in the same run', async () => {
    const { memory, chatbotkit, run } = worldOf({ deletions: 'mirror' })
    const { id } = await memory.create({ externalId: 'a', name: 'A' })
    await run()
    const [before] = await chatbotkit.list().toArray()
    await memory.delete({ id })
    await memory.create({ externalId: 'a', name: 'A2' })
    expect(await run()).toMatchObject({ created: 0, updated: 1, failed: 0, deleted: 0 })
    expect((await chatbotkit.list().toArray()).map(({ id, name }) => [id, name])).toEqual([
      [before?.id, 'A2'],
    ])
    expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
  })

  it('leaves its key to another one also where it is gone from both sides', async () => {
    const { memory, chatbotkit, run } = worldOf({ deletions: 'mirror' })
    const { id } = await memory.create({ externalId: 'a', name: 'A' })
    await run()
    const [there] = await chatbotkit.list().toArray()
    await memory.delete({ id })
    await chatbotkit.delete({ id: there?.id ?? '' })
    await memory.create({ externalId: 'a', name: 'A2' })
    expect(await run()).toMatchObject({ created: 1, failed: 0 })
    expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
  })

  it('stays at the target where deletions are kept, and is made again once it is edited there', async () => {
    const { memory, chatbotkit, run } = worldOf({ direction: 'both' })
    const { id } = await memory.create({ externalId: 'a', name: 'A' })
    await run()
    await memory.delete({ id })
    expect(await run()).toMatchObject({ created: 0, deleted: 0 })
    expect(await run()).toMatchObject({ created: 0, writes: { source: 0, target: 0 } })
    expect(await memory.list().toArray()).toEqual([])
    const [there] = await chatbotkit.list().toArray()
    await chatbotkit.update({ id: there?.id ?? '' }, { name: 'A2' })
    expect(await run()).toMatchObject({ created: 1 })
    expect((await memory.list().toArray()).map(({ name }) => name)).toEqual(['A2'])
    expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
  })
})
