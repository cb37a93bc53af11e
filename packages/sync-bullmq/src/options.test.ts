import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { defineSync } from '@anycontact/sync'
import { expect, it } from 'vitest'
import { postgresLedger, sharedRateLimit, syncStarter, syncWorker } from './index.ts'

const connectionString = 'postgresql://127.0.0.1:1/nowhere'
const sync = defineSync({
  name: 'checked',
  source: cognipeer({ token: 'token', hookId: 'hook' }),
  target: chatbotkit({ secret: 'secret' }),
  by: 'externalId',
  lost: ['tags', 'status'],
})

function refusalOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

// An environment variable that is not set must not become the database that `pg` finds on this machine.
it.each([undefined, '', ' '])('no database is none: %o', (none) => {
  const rate = { name: 'a', requests: 1, perMs: 1000, burst: 1 }
  const given = { connectionString: none as string }
  for (const call of [
    () => postgresLedger(given),
    () => sharedRateLimit({ ...given, ...rate }),
    () => syncStarter(given),
    () => syncWorker({ ...given, syncs: [sync] }),
  ]) {
    expect(refusalOf(call)).toMatchObject({ code: 'config', issues: [{ path: 'connectionString' }] })
  }
})

it.each([
  ['syncs', {}],
  ['syncs', { syncs: [] }],
  ['sync', { syncs: [{ name: 'checked' }] }],
  ['pollMS', { syncs: [sync], pollMS: 5 }],
  ['settleMs', { syncs: [sync], settleMs: '60s' }],
] as const)('a worker says at once that %s is wrong', (path, options) => {
  const make = syncWorker as unknown as (options: object) => unknown
  expect(refusalOf(() => make({ connectionString, ...options }))).toMatchObject({
    code: 'invalid_input',
    issues: [{ path }],
  })
})
