import { createTestClock } from '@anycontact/core/adapter-kit'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { DEAD, mortalLedger } from '../changes/testing/mortal-ledger.ts'
import { defineSync } from '../define/define-sync.ts'
import { inputSource } from '../inputs/input-source.ts'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'
import type { ContactEvent } from './contact-event.ts'
import type { RunOptions } from './run-options.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'
import { work } from './worker.ts'

/** Forty contacts to be copied, a few at a time. */
async function copying() {
  const world = createWorld()
  await world.memory.createMany(
    Array.from({ length: 40 }, (_, at) => ({ externalId: `u${at}`, name: `Name ${at}` })),
  )
  const sync = defineSync({
    name: 'told',
    source: world.memory,
    target: world.chatbotkit,
    by: 'externalId',
    lost: LOST_AT_CHATBOTKIT,
  })
  const told: ContactEvent[] = []
  const run = (options: Partial<RunOptions> = {}) =>
    runSync(sync, {
      ledger: world.ledger,
      clock: world.clock,
      chunkSize: 10,
      onContact: (event) => told.push(event),
      ...options,
    })
  return { ...world, sync, told, run }
}

const keysOf = (told: readonly ContactEvent[]): string[] => told.map(({ key }) => key ?? '').sort()

describe('what a run tells of contacts', () => {
  it('is what came of each, with the fields that were written', async () => {
    const clock = createTestClock({ waits: (ms) => ms < 10_000 })
    const clients = { source: memory({ clock }), target: memory({ clock }) }
    await using ledger = sqliteLedger(':memory:', { clock })
    const sync = defineSync({ ...clients, name: 'x', by: 'email', deletions: 'mirror', maxDeletions: 1 })
    const run = async () => {
      const told: ContactEvent[] = []
      await runSync(sync, { ledger, clock, onContact: (event) => told.push(event) })
      return told
    }
    const ana = await clients.source.create({ email: 'Ana@example.com', name: 'Ana' })
    const nobody = await clients.source.create({ name: 'Nobody' })
    const bea = await clients.source.create({ email: 'bea@example.com' })
    const first = await run()
    expect(first).toEqual([
      {
        key: 'ana@example.com',
        outcome: 'created',
        side: 'target',
        sourceId: ana.id,
        targetId: expect.any(String),
        changes: expect.arrayContaining([{ field: 'name', side: 'target', after: 'Ana' }]),
        contact: expect.objectContaining({ id: ana.id }),
      },
      expect.objectContaining({ key: 'bea@example.com', outcome: 'created' }),
      {
        outcome: 'skipped',
        side: 'source',
        sourceId: nobody.id,
        problem: { code: 'no_key', message: expect.any(String) },
        contact: expect.objectContaining({ name: 'Nobody' }),
      },
    ])
    await clients.source.update(ana, { name: null, nickname: 'An' })
    await clients.source.delete(bea)
    const twin = await clients.source.create({ email: 'ana@example.com' })
    const second = await run()
    const [targetId, beaId] = first.map((event) => event.targetId)
    expect(second).toEqual([
      {
        key: 'ana@example.com',
        outcome: 'updated',
        side: 'target',
        sourceId: ana.id,
        targetId,
        changes: [
          { field: 'name', side: 'target', before: 'Ana' },
          { field: 'nickname', side: 'target', after: 'An' },
        ],
        contact: expect.objectContaining({ nickname: 'An' }),
      },
      expect.objectContaining({ outcome: 'skipped', sourceId: nobody.id }),
      expect.objectContaining({
        key: 'ana@example.com',
        outcome: 'failed',
        sourceId: twin.id,
        problem: { code: 'conflict', message: expect.any(String) },
      }),
      { key: 'bea@example.com', outcome: 'deleted', side: 'target', sourceId: bea.id, targetId: beaId },
    ])
    expect((await run()).map(({ outcome }) => outcome)).toEqual(['unchanged', 'skipped', 'failed'])
  })

  it.each([false, true])(
    'is stored by then, and told once over all processes (killed with the commit stored: %s)',
    async (stored) => {
      for (let atCommit = 1, kills = 0; ; atCommit++, kills++) {
        const { ledger, clock, told, run } = await copying()
        const ended = await run({ ledger: mortalLedger(ledger, { atCommit, stored }) }).catch(
          (error) => error,
        )
        const before = told.splice(0)
        const pairs = await ledger.pairs('told', { having: 'both', after: 0, limit: 100 })
        const known = new Set(pairs.map(({ key }) => key))
        expect(before.filter(({ key }) => !known.has(key))).toEqual([])
        if (ended !== DEAD) {
          expect(keysOf(before)).toHaveLength(40)
          expect(kills).toBeGreaterThan(5)
          return
        }
        await clock.advance(600_000)
        const report = await run()
        // The commit that ends the run was the last one: this is another run.
        if (report.run > 1) continue
        const all = keysOf([...before, ...told])
        expect(new Set(all).size).toBe(all.length)
        // Of a commit that the process has not lived to see, nobody was told.
        if (!stored) expect(all).toHaveLength(40)
      }
    },
  )

  it('ends the run where it throws, and the next one goes on', async () => {
    const { told, run } = await copying()
    const reason = new Error('the pipe is closed')
    const onContact = (): void => {
      throw reason
    }
    await expect(run({ onContact })).rejects.toBe(reason)
    expect(await run()).toMatchObject({ run: 1, resumes: 1, created: 40 })
    expect(told.length).toBeGreaterThan(0)
  })

  it('is told by each worker of what it has done itself', async () => {
    const { ledger, clock, sync, told } = await copying()
    const options = { ledger, clock, start: true, onContact: (event: ContactEvent) => told.push(event) }
    await Promise.all([work(sync, options), work(sync, options)])
    expect(new Set(keysOf(told)).size).toBe(40)
    expect(told).toHaveLength(40)
  })

  it('has the input that a contact was made of', async () => {
    const { chatbotkit, ledger, clock } = createWorld()
    const inputs = [{ externalId: 'u1', email: 'ana@example.com' }]
    const source = inputSource({
      provider: 'inputs',
      by: 'externalId',
      fields: ['email'],
      open: () => inputs.map((contact) => ({ contact })),
    })
    const told: ContactEvent[] = []
    const sync = defineSync({ name: 'x', source, target: chatbotkit, by: 'externalId' })
    await runSync(sync, { ledger, clock, onContact: (event) => told.push(event) })
    expect(told.map(({ contact }) => contact?.raw)).toEqual(inputs)
    expect(told[0]?.contact?.raw).toBe(inputs[0])
  })
})
