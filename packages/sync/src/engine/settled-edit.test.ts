import type { FetchFunction } from '@anycontact/core'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('what a sync has written, and heard nothing of, is no edit against a newer one of the other side', async () => {
  const state = { isLosing: false, onLost: async () => {} }
  const between =
    (send: FetchFunction): FetchFunction =>
    async (input, init) => {
      const answer = await send(input, init)
      if (!state.isLosing || !String(input).endsWith('/update')) return answer
      state.isLosing = false
      await state.onLost()
      throw new TypeError('fetch failed')
    }
  const { memory, chatbotkit, ledger, clock } = createWorld({ between })
  const { id } = await memory.create({ externalId: 'a', name: 'First' })
  const sync = defineSync({
    name: 'settled',
    source: memory,
    target: chatbotkit,
    by: 'externalId',
    direction: 'both',
    conflicts: 'review',
    lost: LOST_AT_CHATBOTKIT,
  })
  const run = () => clock.settle(runSync(sync, { ledger, clock }))
  await run()
  await memory.update({ id }, { name: 'Second' })
  // The write arrives, its answer does not, and the source is edited once more.
  state.isLosing = true
  state.onLost = async () => void (await memory.update({ id }, { name: 'Third' }))
  expect(await run()).toMatchObject({ conflicts: 0 })
  expect((await chatbotkit.list().toArray()).map(({ name }) => name)).toEqual(['Third'])
  expect((await memory.get({ id })).name).toBe('Third')
})
