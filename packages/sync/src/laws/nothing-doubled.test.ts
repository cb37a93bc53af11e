import type { Clock } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { dyingBefore } from '../engine/testing/dying.ts'
import { landingLate } from '../engine/testing/late.ts'
import { LOST_AT_COGNIPEER } from '../engine/testing/lost.ts'
import { createWorld } from '../engine/testing/world.ts'
import { work } from '../engine/worker.ts'

/** A world in which the first create lands long after its sender has given it up. */
async function lateWorld(lands: number) {
  let clock: Clock | undefined
  const clockNow = (): Clock => {
    if (!clock) throw new Error('The world is not made yet.')
    return clock
  }
  const world = createWorld({ between: landingLate(clockNow, (n) => (n === 1 ? { lands } : undefined)) })
  clock = world.clock
  const { memory, cognipeer } = world
  await memory.create({ externalId: 'a', name: 'A' })
  const sync = defineSync({
    name: 'late',
    source: memory,
    target: cognipeer,
    by: 'externalId',
    lost: LOST_AT_COGNIPEER,
  })
  return { ...world, sync }
}

describe('law 1: nothing is doubled', () => {
  it('a create that lands after its sender has given it up is found, and not made again', async () => {
    const { cognipeer, ledger, clock, emulator, sync } = await lateWorld(30_000)
    const report = await clock.settle(runSync(sync, { ledger, clock }))
    expect(report).toMatchObject({ failed: 0 })
    expect((await cognipeer.list().toArray()).map(({ name }) => name)).toEqual(['A'])
    expect(emulator.audit().doubled).toEqual([])
  })

  it('is made again once it cannot be under way any more, where it never landed', async () => {
    const { cognipeer, ledger, clock, sync } = await lateWorld(Number.MAX_SAFE_INTEGER)
    const startedAt = clock.now()
    const report = await clock.settle(runSync(sync, { ledger, clock, settleMs: 40_000 }))
    expect(report).toMatchObject({ created: 1, failed: 0 })
    expect((await cognipeer.list().toArray()).map(({ name }) => name)).toEqual(['A'])
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(40_000)
  })

  it('is made again within the run, also where who has settled it dies before', async () => {
    const { cognipeer, ledger, clock, sync } = await lateWorld(Number.MAX_SAFE_INTEGER)
    let intents = 0
    const dying = dyingBefore(ledger, ({ type }) => type === 'intent' && ++intents === 2)
    await expect(clock.settle(work(sync, { ledger: dying, clock, start: true }))).rejects.toThrow('killed')
    expect(await clock.settle(work(sync, { ledger, clock }))).toMatchObject({ run: 1, created: 1 })
    expect((await cognipeer.list().toArray()).map(({ name }) => name)).toEqual(['A'])
  })

  it('what a worker made before it died is found by another one, in both directions too', async () => {
    const { memory, cognipeer, ledger, clock, emulator } = createWorld()
    await memory.create({ externalId: 'a', name: 'A' })
    const sync = defineSync({
      name: 'both',
      source: memory,
      target: cognipeer,
      by: 'externalId',
      lost: LOST_AT_COGNIPEER,
      direction: 'both',
    })
    const dying = dyingBefore(ledger, ({ type }) => type === 'settled')
    await expect(work(sync, { ledger: dying, clock, start: true })).rejects.toThrow('killed')
    expect(emulator.cognipeer.contacts.length).toBe(1)
    expect(await clock.settle(work(sync, { ledger, clock }))).toMatchObject({ failed: 0 })
    expect(emulator.cognipeer.contacts.length).toBe(1)
  })
})
