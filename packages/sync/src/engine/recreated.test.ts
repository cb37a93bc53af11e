import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('a contact that others have made anew at the target, with the same key, is taken for the one that is gone', async () => {
  const { memory, chatbotkit, ledger, clock } = createWorld()
  await memory.create({ externalId: 'a', name: 'A' })
  const sync = defineSync({
    name: 'anew',
    source: memory,
    target: chatbotkit,
    by: 'externalId',
    lost: LOST_AT_CHATBOTKIT,
  })
  const run = () => clock.settle(runSync(sync, { ledger, clock }))
  await run()
  const [first] = await chatbotkit.list().toArray()
  await chatbotkit.delete({ id: first?.id ?? '' })
  await chatbotkit.create({ externalId: 'a', name: 'Anew' })
  expect(await run()).toMatchObject({ created: 0, updated: 1 })
  expect((await chatbotkit.list().toArray()).map(({ name }) => name)).toEqual(['A'])
  expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
})
