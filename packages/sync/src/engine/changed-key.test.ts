import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('an address by which contacts have found each other is carried over when it changes', async () => {
  const { memory, chatbotkit, ledger, clock } = createWorld()
  const { id } = await memory.create({ email: 'ana@example.com', name: 'Ana' })
  const sync = defineSync({
    name: 'key',
    source: memory,
    target: chatbotkit,
    by: 'email',
    direction: 'both',
    lost: [...LOST_AT_CHATBOTKIT, 'externalId'],
  })
  const run = () => clock.settle(runSync(sync, { ledger, clock }))
  const there = async () => (await chatbotkit.list().toArray()).map(({ email }) => email)
  await run()
  await memory.update({ id }, { email: 'ana.souza@example.com' })
  expect(await run()).toMatchObject({ created: 0, updated: 1 })
  expect(await there()).toEqual(['ana.souza@example.com'])
  const [contact] = await chatbotkit.list().toArray()
  await chatbotkit.update({ id: contact?.id ?? '' }, { email: 'ana@example.org' })
  expect(await run()).toMatchObject({ created: 0, updated: 1 })
  expect((await memory.get({ id })).email).toBe('ana@example.org')
  expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
})
