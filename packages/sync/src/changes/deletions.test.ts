import { ContactsError } from '@anycontact/core'
import { SyncError } from '@anycontact/sync'
import { describe, expect, it } from 'vitest'
import type { LedgerChange } from '../ledger/change.ts'
import type { SyncClient } from '../project/plan.ts'
import { readChanges } from './read-changes.ts'
import { changedClient, listOnly } from './testing/changed-client.ts'
import { DEAD, mortalLedger } from './testing/mortal-ledger.ts'
import { memoryProvider, PROVIDERS, type Provider } from './testing/providers.ts'
import { createStore, type Store, tell } from './testing/reading.ts'

interface Known extends Store {
  readonly provider: Provider
  readonly ids: readonly string[]
}

/** Contacts that were all told. */
async function known(provider: Provider, count: number): Promise<Known> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await provider.create(`P${i}`)).id)
  const store = createStore()
  await tell(provider.contacts, store)
  return { ...store, provider, ids }
}

/** Leaves a reading of contacts whose first chunk was stored. */
async function leaveAfterFirstChunk(contacts: SyncClient, store: Store): Promise<void> {
  const options = { ledger: store.ledger, clock: store.clock, name: 'crm', chunkSize: 3 }
  const stop = new AbortController()
  const reading = readChanges(contacts, {
    ...options,
    signal: stop.signal,
    onProgress: () => stop.abort('left'),
  })
  await expect(reading[Symbol.asyncIterator]().next()).rejects.toBe('left')
}

describe('deletions', () => {
  it('are not told by a listing that does not reach every contact', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 6)
    const contacts = listOnly(provider.contacts)
    const cut = changedClient(contacts, {
      list: (query) => {
        const pager = contacts.list(query)
        const pages = async function* () {
          for await (const page of pager.pages()) yield { ...page, complete: false }
        }
        return new Proxy(pager, {
          get: (target, name) => (name === 'pages' ? pages : Reflect.get(target, name)),
        })
      },
    })
    await provider.remove(ids[0] ?? '')
    const told = await tell(cut, store, { maxDeletions: 1 })
    expect(told).toMatchObject({ short: [], error: undefined, summary: { complete: false, deleted: 0 } })
    expect((await tell(contacts, store, { maxDeletions: 1 })).short).toEqual([`deleted ${ids[0]}`])
  })

  it('are not told of contacts that moved over a border of numbered pages while nobody read', async () => {
    const make = PROVIDERS['a channel inbox, by offsets']
    if (!make) throw new Error('no such provider')
    const { provider, ids, ...store } = await known(make(), 9)
    const contacts = listOnly(provider.contacts)
    await leaveAfterFirstChunk(contacts, store)
    // Those that were read go, and the others move up, three of them over the border.
    const { items } = await provider.contacts.list({ pageSize: 3 })
    for (const { id } of items) await provider.remove(id)
    const resumed = await tell(contacts, store, { maxDeletions: 1 })
    expect(resumed).toMatchObject({ short: [], summary: { resumed: true, complete: false } })
    const whole = await tell(contacts, store, { maxDeletions: 1 })
    expect([...whole.short].sort()).toEqual(items.map(({ id }) => `deleted ${id}`).sort())
    expect(ids).toHaveLength(9)
  })

  it('are told by a reading that went on after a stop, where cursors name contacts', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 9)
    const contacts = listOnly(provider.contacts)
    await leaveAfterFirstChunk(contacts, store)
    await provider.remove(ids[5] ?? '')
    const resumed = await tell(contacts, store, { maxDeletions: 1 })
    expect(resumed.short).toEqual([`deleted ${ids[5]}`])
    expect(resumed.summary).toMatchObject({ resumed: true, complete: true })
  })

  it('are asked about where there are more than maxDeletions, and then none is told', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 10)
    for (const id of ids.slice(0, 2)) await provider.remove(id)
    await provider.create('N')
    const { short, error } = await tell(provider.contacts, store)
    expect(short).toEqual(['created N'])
    expect(error).toBeInstanceOf(SyncError)
    expect(error).toMatchObject({ reason: 'too_many_deletions', deletions: { count: 2, of: 11 } })
    expect(String(error)).toContain('None of them was told')
    const allowed = await tell(provider.contacts, store, { maxDeletions: 0.2 })
    expect(allowed.short).toEqual(ids.slice(0, 2).map((id) => `deleted ${id}`))
    expect(allowed.summary).toMatchObject({ deleted: 2, complete: true })
  })

  it('are told up to maxDeletions without being asked', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 10)
    await provider.remove(ids[3] ?? '')
    expect((await tell(provider.contacts, store)).short).toEqual([`deleted ${ids[3]}`])
  })

  it('are not told of a contact that is there when asked for, although it does not come', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 6)
    const hidden = changedClient(provider.contacts, {
      list: (query) => provider.contacts.list({ ...query, where: { name: { in: ['P0', 'P1', 'P2'] } } }),
    })
    await provider.remove(ids[4] ?? '')
    const { short, summary } = await tell(hidden, store, { maxDeletions: 1 })
    expect(short).toEqual([`deleted ${ids[4]}`])
    expect(summary).toMatchObject({ deleted: 1, unconfirmed: 2, complete: true })
    expect((await tell(provider.contacts, store)).short).toEqual([])
  })

  it('end with the error of the provider that cannot say whether a contact is there', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 4)
    await provider.remove(ids[0] ?? '')
    const unavailable = new ContactsError({ code: 'unavailable', message: 'Try again later.' })
    const failing = changedClient(provider.contacts, { get: () => Promise.reject(unavailable) })
    const { short, error } = await tell(failing, store, { maxDeletions: 1 })
    expect([short, error]).toEqual([[], unavailable])
    expect((await tell(provider.contacts, store, { maxDeletions: 1 })).short).toEqual([`deleted ${ids[0]}`])
  })

  it('are taken back where they were told, not stored, and the contact comes again', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 6)
    const contacts = listOnly(provider.contacts)
    const hidden = changedClient(contacts, {
      list: (query) => contacts.list({ ...query, where: { name: { in: ['P0', 'P1', 'P2', 'P3', 'P4'] } } }),
    })
    const atCommit = (changes: readonly LedgerChange[]): boolean =>
      changes.some(({ type }) => type === 'drop')
    const ledger = mortalLedger(store.ledger, { atCommit, stored: false })
    const killed = await tell(hidden, { ...store, ledger }, { maxDeletions: 1 })
    expect(killed).toMatchObject({ short: [`deleted ${ids[5]}`], error: DEAD })
    await store.clock.advance(60_001)
    expect((await tell(contacts, store)).short).toEqual(['created P5'])
    expect((await tell(contacts, store)).short).toEqual([])
  })

  it('are not told where only some contacts are read', async () => {
    const { provider, ids, ...store } = await known(memoryProvider(), 6)
    await provider.rename(ids[1] ?? '', 'R1')
    await provider.remove(ids[5] ?? '')
    const some = await tell(provider.contacts, store, {
      where: { name: { in: ['R1', 'P2'] } },
      maxDeletions: 1,
    })
    expect(some.short).toEqual(['updated R1'])
    expect(some.summary).toMatchObject({ read: 2, unchanged: 1, complete: false })
    expect((await tell(provider.contacts, store, { maxDeletions: 1 })).short).toEqual([`deleted ${ids[5]}`])
  })

  it('are not told of contacts that are read as deleted', async () => {
    const make = PROVIDERS['Cognipeer, by pages']
    if (!make) throw new Error('no such provider')
    const { provider, ids, ...store } = await known(make(), 3)
    await provider.remove(ids[1] ?? '')
    const { short, summary } = await tell(provider.contacts, store, { where: { deleted: true } })
    expect(short).toEqual([])
    expect(summary).toMatchObject({ read: 1, updated: 0 })
  })

  it.each(['ended', 'was killed'])(
    'are not told of what only a reading of some contacts has seen, which %s, while one of all was stopped',
    async (how) => {
      const { provider, ...store } = await known(memoryProvider(), 9)
      const contacts = listOnly(provider.contacts)
      await leaveAfterFirstChunk(contacts, store)
      // It comes before the place at which the reading of all will go on.
      const early = changedClient(contacts, {
        list: (query) => contacts.list({ ...query, where: query?.where ?? { name: { in: ['P7', 'P8'] } } }),
      })
      const { id } = await provider.create('N')
      const ledger =
        how === 'ended' ? store.ledger : mortalLedger(store.ledger, { atCommit: 2, stored: false })
      const some = await tell(contacts, { ...store, ledger }, { where: { name: 'N' }, maxDeletions: 1 })
      expect(some).toMatchObject({ short: ['created N'], error: how === 'ended' ? undefined : DEAD })
      await store.clock.advance(60_001)
      expect(await store.ledger.generations('crm')).toMatchObject([{ state: 'reading', number: 2 }])
      const resumed = await tell(early, store, { maxDeletions: 1 })
      expect(resumed).toMatchObject({ error: undefined, summary: { complete: true } })
      expect(resumed.short).not.toContain(`deleted ${id}`)
    },
  )
})
