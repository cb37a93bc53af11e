import { channelInbox } from '@anycontact/channel-inbox'
import type { FetchFunction } from '@anycontact/core'
import { CHANNEL_INBOX_API_KEY } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { createWorld } from './testing/world.ts'

const LOST = [
  'status',
  'verifiedAt',
  'tags',
  'nickname',
  'givenName',
  'familyName',
  'externalId',
  'timezone',
  'contactMethods',
  'customFields',
] as const

/** An inbox takes a note only when a contact is changed: it is made, and changed at once. The change is answered as told. */
function worldOf(status: number, times = 1) {
  const world = createWorld()
  const { clock, emulator, memory, ledger } = world
  let left = times
  const send: FetchFunction = async (input, init) => {
    const isChange = init?.method === 'PATCH' || init?.method === 'PUT'
    if (isChange && left-- > 0) return new Response('{}', { status, headers: { 'retry-after': '1' } })
    return await emulator.channelInbox.fetch(input, init)
  }
  const inbox = channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch: send, clock, retry: false })
  const sync = defineSync({ name: 'late', source: memory, target: inbox, by: 'email', lost: LOST })
  const run = () => clock.settle(runSync(sync, { ledger, clock }))
  return { ...world, inbox, run }
}

describe('a contact that is made, and of which something is refused then', () => {
  it.each([429, 400, 401])('is there once, and gets the rest (%i)', async (status) => {
    const { memory, inbox, run } = worldOf(status)
    await memory.create({ email: 'ana@example.com', name: 'Ana', note: 'Calls on Mondays' })
    // A refused credential ends the run; the next one is what is looked at.
    await run().catch(() => {})
    expect((await inbox.list().toArray()).length).toBe(1)
    await run()
    const there = await inbox.list().toArray()
    expect(there.map(({ note }) => note)).toEqual(['Calls on Mondays'])
    expect(await run()).toMatchObject({ unchanged: 1, failed: 0, writes: { target: 0 } })
  })
})

describe('a contact that is made at the source, and of which something is refused then', () => {
  it.each([429, 400, 401])('is there once, and gets the rest (%i)', async (status) => {
    const { memory, inbox, clock, ledger } = worldOf(status)
    const sync = defineSync({
      name: 'late at the source',
      source: inbox,
      target: memory,
      by: 'email',
      direction: 'both',
      lost: ['timezone'],
    })
    const run = () => clock.settle(runSync(sync, { ledger, clock }))
    await memory.create({ email: 'ana@example.com', name: 'Ana', note: 'Calls on Mondays' })
    // A refused credential ends the run; the next one is what is looked at.
    await run().catch(() => {})
    expect((await inbox.list().toArray()).length).toBe(1)
    // What a run that was stopped goes on with is the leftovers: the next one merges.
    await run()
    await run()
    const there = await inbox.list().toArray()
    expect(there.map(({ note }) => note)).toEqual(['Calls on Mondays'])
    expect(await run()).toMatchObject({ unchanged: 1, failed: 0, writes: { source: 0, target: 0 } })
  })
})
