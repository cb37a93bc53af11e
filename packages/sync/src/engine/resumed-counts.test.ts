import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { createWorld } from './testing/world.ts'

/** More than are sent between two commits, so that a run can end within a chunk. */
const MANY = 200

it('a run that ended within a chunk counts each contact once when it goes on', async () => {
  const { cognipeer, chatbotkit, emulator, ledger, clock } = createWorld()
  const sync = defineSync({
    name: 'counted',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    fields: { status: 'customFields.status' },
    lost: ['tags'],
  })
  const seed = (prefix: string) =>
    emulator.cognipeer.seed(
      Array.from({ length: MANY }, (_, at) => ({
        integrationId: `${prefix}${at}`,
        name: 'Ana',
        tags: ['a'],
      })),
    )
  seed('old')
  await runSync(sync, { ledger, clock })
  seed('new')
  // ChatBotKit refuses a number that nobody can have.
  emulator.cognipeer.seed([{ integrationId: 'bad', phone: '+15550100' }])

  const stop = new Error('killed')
  const before = emulator.chatbotkit.contacts.length
  const killed = runSync(sync, {
    ledger,
    clock,
    onProgress: () => {
      if (emulator.chatbotkit.contacts.length > before) throw stop
    },
  })
  await expect(killed).rejects.toBe(stop)
  const created = emulator.chatbotkit.contacts.length - before
  expect(created).toBeGreaterThan(0)
  expect(created).toBeLessThan(MANY)

  const report = await runSync(sync, { ledger, clock })
  expect(report).toMatchObject({
    resumes: 1,
    created: MANY,
    unchanged: MANY,
    failed: 1,
    lost: { tags: 2 * MANY },
  })
})
