import { ContactsError } from '@anycontact/core'
import { expect, it } from 'vitest'
import { defineSync, planOf } from '../define/define-sync.ts'
import { Counts } from './counts.ts'
import { intentOf } from './intents.ts'
import { Lease } from './lease.ts'
import { readSettings } from './run-options.ts'
import { sendAll } from './send-tasks.ts'
import { LOST_AT_CHATBOTKIT } from './testing/lost.ts'
import { createWorld } from './testing/world.ts'

it('a write that may be under way is as old as its sender has given it up, however long it took to send it', async () => {
  const { memory, chatbotkit, ledger, clock } = createWorld()
  const sync = defineSync({
    name: 'slow',
    source: memory,
    target: chatbotkit,
    by: 'externalId',
    lost: LOST_AT_CHATBOTKIT,
  })
  const plan = planOf(sync)
  const { salt } = await ledger.open({ name: 'slow', definition: {} })
  const leaseMs = 600_000
  const claim = await ledger.claim('slow', { task: 'run', holder: 'me', leaseMs })
  if (!('fence' in claim)) throw new Error('not mine')
  const lease = new Lease(claim, clock.now(), { ledger, clock, leaseMs })
  const work = {
    ...readSettings({ clock }, 0.1),
    plan,
    ledger,
    salt,
    lease,
    run: { number: 1, phase: 'source', state: 'running', startedAt: 0, resumes: 0 },
    generations: {},
    counts: new Counts(),
    signal: undefined,
    onCommit: () => {},
    onWait: () => {},
    onContact: undefined,
    failures: { inARow: 0 },
  } as const
  const intent = (side: 'source' | 'target') =>
    intentOf(work, {
      side,
      operation: 'create',
      keyHash: 'k',
      shard: 0,
      key: undefined,
      recordId: undefined,
      otherId: undefined,
    })
  const intents = [intent('target'), intent('source')]
  const error = new ContactsError({ code: 'timeout', message: 'No answer.', applied: 'unknown' })
  const run = async () => {
    for (let wait = 0; wait < 10; wait++) await clock.sleep(9_000)
    const settled = { type: 'settled', intents: intents.slice(1).map(({ id }) => id) } as const
    return { changes: [settled], counts: new Counts(), error }
  }
  await sendAll(work, [{ intents, run }], [])
  const [open, another] = await ledger.intents('slow')
  expect(open).toMatchObject({ side: 'target' })
  expect(open?.ageMs).toBeLessThan(1_000)
  expect(another).toBeUndefined()
  await lease.release()
})
