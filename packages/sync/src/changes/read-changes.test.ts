import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { SyncError, sqliteLedger } from '@anycontact/sync'
import { describe, expect, it } from 'vitest'
import type { LedgerChange } from '../ledger/change.ts'
import { hashText } from '../merge/snapshot.ts'
import type { ReadChangesOptions } from './options.ts'
import { readChanges } from './read-changes.ts'
import { changedClient } from './testing/changed-client.ts'
import { DEAD, mortalLedger } from './testing/mortal-ledger.ts'
import { memoryProvider } from './testing/providers.ts'
import { createStore, tell } from './testing/reading.ts'

describe('readChanges', () => {
  it('reads nothing and claims nothing before it is iterated over', async () => {
    const { ledger, clock } = createStore()
    const contacts = memory()
    const changes = readChanges(contacts, { ledger, clock, name: 'crm' })
    expect(await ledger.state('crm')).toBeUndefined()
    expect(changes.summary).toBeUndefined()
    await contacts.create({ name: 'Ana' })
    for await (const change of changes)
      expect(change).toMatchObject({ type: 'created', contact: { name: 'Ana' } })
    expect(changes.summary).toMatchObject({ read: 1, created: 1, complete: true })
    // The same changes can be read again, and are then those since.
    for await (const change of changes) expect(change).toBeUndefined()
    expect(changes.summary).toMatchObject({ read: 1, unchanged: 1 })
  })

  it('keeps readings of other names apart', async () => {
    const store = createStore()
    const provider = memoryProvider()
    await provider.create('Ana')
    await tell(provider.contacts, store)
    expect((await tell(provider.contacts, store, { name: 'other' })).short).toEqual(['created Ana'])
    expect((await tell(provider.contacts, store)).short).toEqual([])
  })

  it('tells how far it is', async () => {
    const provider = memoryProvider()
    for (const name of ['Ana', 'Bea', 'Cleo', 'Dora']) await provider.create(name)
    const progress: unknown[] = []
    await tell(provider.contacts, createStore(), { onProgress: (at) => progress.push([at.read, at.created]) })
    expect(progress).toEqual([
      [3, 3],
      [4, 4],
    ])
  })

  it('lets one process read at a time, and says who has it', async () => {
    const store = createStore()
    const provider = memoryProvider()
    await provider.create('Ana')
    await provider.create('Bea')
    const { ledger, clock } = store
    for await (const _ of readChanges(provider.contacts, { ledger, clock, name: 'crm' })) {
      const { error } = await tell(provider.contacts, store)
      expect(error).toBeInstanceOf(SyncError)
      expect(error).toMatchObject({ reason: 'locked' })
      expect(String(error)).toContain(`read by process ${process.pid} on ${hostname()}. Wait`)
      expect((await tell(provider.contacts, store, { name: 'other' })).error).toBeUndefined()
      break
    }
    expect((await tell(provider.contacts, store)).short).toEqual(['created Ana', 'created Bea'])
  })

  it('stores nothing any more once another process has taken over', async () => {
    const store = createStore()
    const provider = memoryProvider()
    for (const name of ['Ana', 'Bea', 'Cleo', 'Dora']) await provider.create(name)
    const { ledger, clock } = store
    const frozen = new Proxy(ledger, {
      get(target, name) {
        if (name === 'renew') return () => new Promise(() => {})
        const member: unknown = Reflect.get(target, name)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
    const reading = readChanges(provider.contacts, { ledger: frozen, clock, name: 'crm', chunkSize: 1 })
    const changes = reading[Symbol.asyncIterator]()
    expect(await changes.next()).toMatchObject({ value: { contact: { name: 'Ana' } } })
    expect((await tell(provider.contacts, store)).error).toMatchObject({ reason: 'locked' })
    await clock.advance(60_001)
    expect((await tell(provider.contacts, store)).short).toHaveLength(4)
    await expect(changes.next()).rejects.toMatchObject({ reason: 'fenced' })
  })

  it('ends with the reason of its signal, and gives its claim back', async () => {
    const store = createStore()
    const provider = memoryProvider()
    await provider.create('Ana')
    await provider.create('Bea')
    const stop = new AbortController()
    const { ledger, clock } = store
    const taken: string[] = []
    const reading = readChanges(provider.contacts, { ledger, clock, name: 'crm', signal: stop.signal })
    const all = async (): Promise<void> => {
      for await (const { id } of reading) {
        taken.push(id)
        stop.abort('enough')
      }
    }
    await expect(all()).rejects.toBe('enough')
    expect(taken).toHaveLength(2)
    expect((await tell(provider.contacts, store)).short).toEqual(['created Ana', 'created Bea'])
    const fresh = createStore()
    const none = readChanges(provider.contacts, { ...fresh, name: 'crm', signal: stop.signal })
    await expect(none[Symbol.asyncIterator]().next()).rejects.toBe('enough')
    expect(await fresh.ledger.state('crm')).toBeUndefined()
  })

  it('does not take a contact for told that changed again before it was told again', async () => {
    const store = createStore()
    const { contacts, create, rename } = memoryProvider()
    const { id } = await create('Ana')
    const { ledger, clock } = store
    const seen: string[] = []
    for (const name of ['Ana', 'Bea', 'Bea']) {
      await rename(id, name)
      for await (const { changeId } of readChanges(contacts, { ledger, clock, name: 'crm' })) {
        seen.push(changeId)
        break
      }
    }
    expect(seen[1]).not.toBe(seen[0])
    expect(seen[2]).toBe(seen[1])
  })

  it('begins anew where the provider does not know the place any more at which it was stopped', async () => {
    const store = createStore()
    const provider = memoryProvider()
    for (const name of ['Ana', 'Bea', 'Cleo', 'Dora']) await provider.create(name)
    const stop = new AbortController()
    await tell(provider.contacts, store, { signal: stop.signal, onProgress: () => stop.abort('left') })
    const forgetful = changedClient(provider.contacts, {
      list: (query) =>
        provider.contacts.list({ ...query, ...(query?.cursor !== undefined && { cursor: 'no such place' }) }),
    })
    const { short, summary, error } = await tell(forgetful, store, { chunkSize: 10 })
    expect(error).toBeUndefined()
    expect(short).toEqual(['created Dora'])
    expect(summary).toMatchObject({ read: 4, resumed: false, complete: true })
  })

  it('ends with what the provider throws, and goes on the next time', async () => {
    const store = createStore()
    const provider = memoryProvider()
    for (const name of ['Ana', 'Bea', 'Cleo', 'Dora']) await provider.create(name)
    const down = new ContactsError({ code: 'unavailable', message: 'Try again later.' })
    const failing = changedClient(provider.contacts, {
      list: (query) =>
        provider.contacts.list({
          ...query,
          signal: query?.cursor === undefined ? query?.signal : AbortSignal.abort(down),
        }),
    })
    const stop = new AbortController()
    await tell(provider.contacts, store, { signal: stop.signal, onProgress: () => stop.abort('left') })
    expect((await tell(failing, store)).error).toBe(down)
    expect((await tell(provider.contacts, store)).short).toEqual(['created Dora'])
  })

  it('tells a contact once that comes twice in a chunk, as it came last', async () => {
    const store = createStore()
    const { contacts, create } = memoryProvider()
    const ana = await create('Ana')
    const twice = changedClient(contacts, {
      list: (query) => {
        const pager = contacts.list(query)
        const pages = async function* () {
          for await (const page of pager.pages()) {
            yield { ...page, items: [...page.items, { ...ana, name: 'Ana Souza' }] }
          }
        }
        return new Proxy(pager, {
          get: (target, name) => (name === 'pages' ? pages : Reflect.get(target, name)),
        })
      },
    })
    expect((await tell(twice, store)).short).toEqual(['created Ana Souza'])
    expect((await tell(twice, store)).short).toEqual([])
  })

  it('puts right what was told, not stored, and is as it was again', async () => {
    const store = createStore()
    const { contacts, create, rename } = memoryProvider()
    const { id } = await create('Ana')
    await tell(contacts, store)
    await rename(id, 'Bea')
    const atCommit = (changes: readonly LedgerChange[]): boolean =>
      changes.some(({ type }) => type === 'generation')
    const ledger = mortalLedger(store.ledger, { atCommit, stored: false })
    expect(await tell(contacts, { ...store, ledger })).toMatchObject({ short: ['updated Bea'], error: DEAD })
    await store.clock.advance(60_001)
    await rename(id, 'Ana')
    expect((await tell(contacts, store)).short).toEqual(['updated Ana'])
    expect((await tell(contacts, store)).short).toEqual([])
  })

  it('keeps hashes alone: nothing personal is in the ledger’s file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'changes-'))
    try {
      const ledger = sqliteLedger(join(folder, 'ledger.db'))
      const contacts = memory()
      const { id } = await contacts.create({
        name: 'Anastasia',
        email: 'anastasia@example.com',
        phone: '+1 415 555 2671',
      })
      for await (const change of readChanges(contacts, { ledger, name: 'crm' })) expect(change.id).toBe(id)
      await ledger.close()
      const files = await readdir(folder)
      const bytes = (await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))).join('')
      expect(bytes).toContain(id)
      expect(bytes).not.toMatch(/anastasia|2671|555/i)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('can forget a contact by its id at the provider', async () => {
    const store = createStore()
    const provider = memoryProvider()
    const { id } = await provider.create('Ana')
    await tell(provider.contacts, store)
    expect(await store.ledger.forget((_, salt) => hashText(salt, id))).toBe(1)
    expect(await store.ledger.pairs('crm', { limit: 10 })).toEqual([])
  })
})

describe('what the ledger knows otherwise', () => {
  it('is refused where other fields are ignored, unless it is to go on', async () => {
    const store = createStore()
    const contacts = memory()
    const ana = await contacts.create({ name: 'Ana', customFields: { seen: 1 } })
    await contacts.create({ name: 'Bea' })
    await tell(contacts, store)
    const ignoring = { ignore: ['customFields.seen'] }
    const { error } = await tell(contacts, store, ignoring)
    expect(error).toMatchObject({ reason: 'changed_definition', changed: ['ignore'] })
    const told = await tell(contacts, store, { ...ignoring, changedDefinition: 'continue' })
    expect(told.short).toEqual(['updated Ana'])
    await contacts.update(ana, { customFields: { seen: 2 } })
    expect(await tell(contacts, store, ignoring)).toMatchObject({ short: [], error: undefined })
  })

  it('is refused where the name is that of a sync, or of another provider', async () => {
    const store = createStore()
    await store.ledger.open({ name: 'crm', definition: { source: 'memory', target: 'chatbotkit' } })
    const { error } = await tell(memory(), store, { changedDefinition: 'continue' })
    expect(error).toMatchObject({ reason: 'changed_definition' })
    expect(String(error)).toContain('under another name')
  })
})

describe('options of readChanges', () => {
  it('are refused where they cannot work', () => {
    const bad = { name: ' ', ledger: {}, maxDeletions: 2, chunkSize: 0, ignore: 'tags', every: 1 }
    let error: unknown
    try {
      // Programs without types may give anything.
      readChanges(memory(), bad as unknown as ReadChangesOptions)
    } catch (reason) {
      error = reason
    }
    expect(ContactsError.is(error) && [error.code, error.issues?.map(({ path }) => path)]).toEqual([
      'invalid_input',
      ['every', 'ledger', 'name', 'ignore', 'maxDeletions', 'chunkSize'],
    ])
  })
})
