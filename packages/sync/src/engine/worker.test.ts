import type { FetchFunction } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
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

  it('begin no run of another definition while others are at work', async () => {
    const { cognipeer, chatbotkit, ledger, clock } = createWorld()
    await cognipeer.create({ externalId: 'a', name: 'A' })
    const [before, after] = definitions(cognipeer, chatbotkit)
    expect(await work(before, { ledger, clock, start: true })).toMatchObject({ created: 1 })
    await expect(work(after, { ledger, clock, start: true })).rejects.toMatchObject({
      reason: 'changed_definition',
    })
    const claim = await ledger.claim('defined', { task: 'shard:1', holder: 'another', leaseMs: 60_000 })
    const options = { ledger, clock, start: true, changedDefinition: 'continue' } as const
    await expect(work(after, options)).rejects.toMatchObject({ reason: 'locked' })
    if ('fence' in claim) await ledger.release(claim)
    const reports = await Promise.all([work(after, options), work(after, options)])
    for (const report of reports) expect(report).toMatchObject({ run: 2, unchanged: 1 })
  })

  it('stop where the definition has become another one', async () => {
    const hook = { run: async () => {} }
    const between =
      (send: FetchFunction): FetchFunction =>
      async (input, init) => {
        if (String(input).endsWith('/contact/create')) await hook.run()
        return await send(input, init)
      }
    const { cognipeer, chatbotkit, ledger, clock } = createWorld({ between })
    await cognipeer.create({ externalId: 'a', name: 'A' })
    const [before, after] = definitions(cognipeer, chatbotkit)
    hook.run = async () => {
      const claim = await ledger.claim('defined', { task: 'test', holder: 'another', leaseMs: 60_000 })
      if (!('fence' in claim)) return
      await ledger.commit(claim, [{ type: 'definition', definition: after.definition }])
      await ledger.release(claim)
    }
    await expect(work(before, { ledger, clock, start: true })).rejects.toMatchObject({
      reason: 'changed_definition',
    })
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

  it('that have all been away for long read the target again before they go on', async () => {
    const { memory, chatbotkit, ledger, clock } = createWorld()
    await memory.createMany(
      Array.from({ length: 60 }, (_, at) => ({ email: `u${at}@example.com`, name: `Name ${at}` })),
    )
    const sync = defineSync({
      name: 'away',
      source: memory,
      target: chatbotkit,
      by: 'email',
      lost: [...LOST_AT_CHATBOTKIT, 'externalId'],
    })
    const stop = new AbortController()
    const onProgress = ({ phase }: { readonly phase: string }): void => {
      if (phase === 'source') stop.abort()
    }
    const first = work(sync, { ledger, clock, start: true, onProgress, signal: stop.signal })
    await expect(clock.settle(first)).rejects.toThrow()
    await chatbotkit.create({ email: 'u7@example.com', name: 'Made by hand' })
    await clock.advance(86_400_000)
    const reports = await clock.settle(Promise.all([1, 2].map(() => work(sync, { ledger, clock }))))
    for (const report of reports) expect(report).toMatchObject({ created: 59, updated: 1, resumes: 1 })
    expect((await chatbotkit.list().toArray()).length).toBe(60)
  })

  it('end when the target does not answer, however few contacts wait in each line', async () => {
    let sent = 0
    const { memory, chatbotkit, ledger, clock } = createWorld({
      between: (send) => async (input, init) => {
        if (init?.method !== 'POST') return await send(input, init)
        sent++
        throw new TypeError('fetch failed')
      },
    })
    await memory.createMany(Array.from({ length: 60 }, (_, at) => ({ externalId: `u${at}`, name: 'Ana' })))
    const sync = defineSync({
      name: 'outage',
      source: memory,
      target: chatbotkit,
      by: 'externalId',
      lost: LOST_AT_CHATBOTKIT,
    })
    const one = work(sync, { ledger, clock, start: true, concurrency: 1 })
    await expect(clock.settle(one)).rejects.toMatchObject({ code: 'network' })
    expect(sent).toBeLessThanOrEqual(2 * 20)
  })
})

type World = ReturnType<typeof createWorld>

/** One sync, and the same with a field that has got a place. */
function definitions(source: World['cognipeer'], target: World['chatbotkit']) {
  const base = { name: 'defined', source, target, by: 'externalId' } as const
  return [
    defineSync({ ...base, lost: ['tags', 'status'] }),
    defineSync({ ...base, fields: { status: 'customFields.status' }, lost: ['tags'] }),
  ] as const
}
