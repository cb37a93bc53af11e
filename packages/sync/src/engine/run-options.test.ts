import { hostname } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FetchFunction } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

type World = ReturnType<typeof createWorld>

function syncOf({ memory, chatbotkit }: World) {
  return defineSync({
    name: 'options',
    source: memory,
    target: chatbotkit,
    by: 'externalId',
    lost: LOST_AT_CHATBOTKIT,
  })
}

async function worldOf(count: number): Promise<World> {
  const world = createWorld()
  await world.memory.createMany(
    Array.from({ length: count }, (_, at) => ({ externalId: `u${at}`, name: `N${at}` })),
  )
  return world
}

describe('a run', () => {
  it('that is aborted ends with the reason, and the next one goes on with it', async () => {
    const world = await worldOf(200)
    const { ledger, clock, chatbotkit } = world
    const stop = new AbortController()
    const reason = new Error('Ctrl-C')
    let commits = 0
    const onProgress = (): void => {
      if (++commits === 4) stop.abort(reason)
    }
    const run = runSync(syncOf(world), { ledger, clock, onProgress, signal: stop.signal })
    await expect(clock.settle(run)).rejects.toBe(reason)
    const done = (await chatbotkit.list().toArray()).length
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(200)
    expect(await clock.settle(runSync(syncOf(world), { ledger, clock }))).toMatchObject({
      run: 1,
      resumes: 1,
      created: 200,
    })
  })

  it('that is aborted while a provider has asked to wait takes nobody for failed', async () => {
    const limit = { isOn: true, asked: 0 }
    const between =
      (send: FetchFunction): FetchFunction =>
      async (input, init) => {
        const isCreate = String(input).endsWith('/contact/create')
        if (!isCreate || !limit.isOn) return await send(input, init)
        limit.asked++
        return new Response('{}', { status: 429, headers: { 'retry-after': '300' } })
      }
    const world = createWorld({ between })
    const { ledger, clock, memory } = world
    await memory.create({ externalId: 'a', name: 'A' })
    const stop = new AbortController()
    const run = runSync(syncOf(world), { ledger, clock, signal: stop.signal })
    // It is looked at below; until then nobody waits for it.
    run.catch(() => undefined)
    while (limit.asked === 0) await nextTurn()
    for (let turn = 0; turn < 20; turn++) await nextTurn()
    stop.abort(new Error('Ctrl-C'))
    await expect(run).rejects.toThrow('Ctrl-C')
    expect(await ledger.pairs('options', { having: 'problem', limit: 5 })).toEqual([])
    expect(await ledger.intents('options')).toEqual([])
    limit.isOn = false
    expect(await clock.settle(runSync(syncOf(world), { ledger, clock }))).toMatchObject({
      created: 1,
      failed: 0,
    })
  })

  it('is refused while another one is at work, and says who it is', async () => {
    const world = await worldOf(5)
    const { ledger, clock } = world
    const other = runSync(syncOf(world), { ledger, clock })
    await expect(runSync(syncOf(world), { ledger, clock })).rejects.toMatchObject({
      reason: 'locked',
      message: expect.stringContaining(`run by process ${process.pid} on ${hostname()}. Wait`),
    })
    expect(await clock.settle(other)).toMatchObject({ created: 5 })
  })

  it('of a changed definition asks, and says what has changed', async () => {
    const world = await worldOf(3)
    const { ledger, clock, memory, chatbotkit } = world
    await runSync(syncOf(world), { ledger, clock })
    const changed = defineSync({
      name: 'options',
      source: memory,
      target: chatbotkit,
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: LOST_AT_CHATBOTKIT.filter((field) => field !== 'status'),
    })
    await expect(runSync(changed, { ledger, clock })).rejects.toMatchObject({
      reason: 'changed_definition',
      message: expect.stringMatching(/continue.*restart/s),
    })
    expect(await runSync(changed, { ledger, clock, changedDefinition: 'continue' })).toMatchObject({
      unchanged: 3,
    })
    expect(await runSync(changed, { ledger, clock })).toMatchObject({ run: 3 })
    // Compared anew, what the target alone has is cleared: the source is right.
    await chatbotkit.updateMany(
      (await chatbotkit.list().toArray()).map(({ id }) => ({ ref: { id }, patch: { nickname: 'Nick' } })),
    )
    const again = await runSync(syncOf(world), { ledger, clock, changedDefinition: 'restart' })
    expect(again).toMatchObject({ updated: 3, cleared: { nickname: 3 } })
    expect(await runSync(syncOf(world), { ledger, clock })).toMatchObject({ unchanged: 3 })
  })

  it('that is only tried writes nothing anywhere, and tells what would be done', async () => {
    const world = await worldOf(7)
    const { ledger, clock, memory, chatbotkit, writes } = world
    expect(await runSync(syncOf(world), { ledger, clock, dryRun: true })).toMatchObject({
      created: 7,
      dryRun: true,
    })
    expect(await ledger.state('options')).toBeUndefined()
    expect(writes()).toBe(0)
    await runSync(syncOf(world), { ledger, clock })
    await memory.update({ externalId: 'u1' }, { name: 'New' })
    const before = writes()
    expect(await runSync(syncOf(world), { ledger, clock, dryRun: true })).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 6,
    })
    expect(writes()).toBe(before)
    expect((await chatbotkit.list().toArray()).some(({ name }) => name === 'New')).toBe(false)
    expect(await runSync(syncOf(world), { ledger, clock })).toMatchObject({ run: 2, updated: 1 })
  })

  it('refuses options that cannot work', async () => {
    const world = await worldOf(1)
    const { ledger } = world
    for (const options of [{ concurrency: 0 }, { settleMs: -1 }, { maxDeletions: 2 }, { concurrency: 1.5 }]) {
      await expect(runSync(syncOf(world), { ledger, ...options })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
  })
})
