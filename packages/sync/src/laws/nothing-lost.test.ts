import type { FetchFunction } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { LOST_AT_COGNIPEER } from '../engine/testing/lost.ts'
import { createWorld } from '../engine/testing/world.ts'

/** Answers writes with 401 from the nth on, as a token that has expired has it, until it is renewed. */
function expiring(after: number) {
  const token = { isExpired: true, writes: 0 }
  const between =
    (send: FetchFunction): FetchFunction =>
    async (input, init) => {
      const isWrite = /\/(ensure|create|update)$/.test(String(input).split('?')[0] ?? '')
      if (isWrite && token.isExpired && ++token.writes > after) return new Response('{}', { status: 401 })
      return await send(input, init)
    }
  return { token, between }
}

describe('law 2: nothing is lost', () => {
  it.each([60, 140])(
    'a run that ends within a chunk has not moved on: the next start reads the chunk again (%i writes)',
    async (writes) => {
      const { token, between } = expiring(writes)
      const { cognipeer, chatbotkit, ledger, clock, emulator } = createWorld({ between })
      await cognipeer.createMany(
        Array.from({ length: 150 }, (_, at) => ({ externalId: `u${at}`, name: `N${at}` })),
      )
      const sync = defineSync({
        name: 'lost',
        source: cognipeer,
        target: chatbotkit,
        by: 'externalId',
        lost: ['tags', 'status'],
      })
      await expect(clock.settle(runSync(sync, { ledger, clock }))).rejects.toMatchObject({
        code: 'unauthenticated',
      })
      token.isExpired = false
      const report = await clock.settle(runSync(sync, { ledger, clock }))
      expect(report).toMatchObject({ run: 1, resumes: 1, created: 150, failed: 0 })
      expect((await chatbotkit.list().toArray()).length).toBe(150)
      expect(emulator.audit().doubled).toEqual([])
    },
  )

  it('each contact that was read ends as something, with the reason', async () => {
    const { memory, cognipeer, ledger, clock } = createWorld()
    await memory.createMany([
      { email: 'ana@example.com', name: 'Ana' },
      { email: 'ANA@example.com', name: 'Another Ana' },
      { name: 'Without an address' },
    ])
    const sync = defineSync({
      name: 'ends',
      source: memory,
      target: cognipeer,
      by: 'email',
      fields: {},
      lost: LOST_AT_COGNIPEER,
    })
    const report = await runSync(sync, { ledger, clock })
    expect(report).toMatchObject({ created: 1, failed: 1, skipped: 1 })
    const problems = await ledger.pairs('ends', { having: 'problem', limit: 10 })
    expect(problems.map(({ problem }) => problem?.code).sort()).toEqual(['conflict', 'no_key'])
  })
})
