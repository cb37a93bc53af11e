import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('a run that goes on does not list the target for each contact, where a key is found by listing alone', async () => {
  const { memory, chatbotkit, emulator, ledger, clock } = createWorld()
  await memory.createMany(
    Array.from({ length: 150 }, (_, at) => ({ email: `u${at}@example.com`, name: `N${at}` })),
  )
  const sync = defineSync({
    name: 'scan',
    source: memory,
    target: chatbotkit,
    by: 'email',
    lost: [...LOST_AT_CHATBOTKIT, 'externalId'],
  })
  const stop = new AbortController()
  const onProgress = (): void => {
    if (emulator.audit().writes >= 60) stop.abort()
  }
  await expect(
    clock.settle(runSync(sync, { ledger, clock, onProgress, signal: stop.signal })),
  ).rejects.toThrow()
  emulator.chatbotkit.requests.clear()
  expect(await clock.settle(runSync(sync, { ledger, clock }))).toMatchObject({
    resumes: 1,
    created: 150,
    failed: 0,
  })
  const listings = emulator.chatbotkit.requests.filter(({ url }) => url.includes('/contact/list'))
  expect(listings.length).toBeLessThan(5)
})
