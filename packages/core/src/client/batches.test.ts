import { describe, expect, it, vi } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ContactInput } from '../model/input.ts'
import type { ContactRef } from '../model/ref.ts'
import { deferred, settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import type { BatchResult } from './batch.ts'
import { createContacts } from './create-contacts.ts'
import type { UpdateItem } from './options.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { ana, nativeClient, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf, failureOf } from './testing/failure.ts'
import { type FakeCall, fakeAdapter } from './testing/fake-adapter.ts'

failOnUnhandledRejections()

const byExternalId = { by: 'externalId', scan: true } as const

function named(count: number): ContactInput[] {
  return Array.from({ length: count }, (_, index) => ({ name: `n${index}`, externalId: `x${index}` }))
}

function codes(results: readonly BatchResult<unknown>[]): string[] {
  return results.map((result) => `${result.index}: ${result.ok ? 'ok' : result.error.code}`)
}

describe.each([
  ['native', nativeClient],
  ['emulated', scanningClient],
] as const)('%s batches', (_name, client) => {
  it('create many, the bad ones apart, each with its position', async () => {
    const { contacts, stored } = client({ contacts: [] })
    const items = [
      ...named(5),
      { name: '' },
      { externalId: 'x1' },
      null as unknown as ContactInput,
      ...named(7).slice(5),
    ]
    const { total, succeeded, failed } = await contacts.createMany(items)
    expect(total).toBe(10)
    expect(succeeded.map(({ index, contact }) => [index, contact.externalId])).toEqual([
      [0, 'x0'],
      [1, 'x1'],
      [2, 'x2'],
      [3, 'x3'],
      [4, 'x4'],
      [8, 'x5'],
      [9, 'x6'],
    ])
    expect(codes(failed)).toEqual(['5: invalid_input', '6: conflict', '7: invalid_input'])
    for (const { error } of failed) expect(error).toMatchObject({ provider: 'fake', operation: 'createMany' })
    expect(stored.size).toBe(7)
  })

  it('update many', async () => {
    const { contacts } = client()
    const items: UpdateItem[] = [
      { ref: 'c1', patch: { name: 'Ana S.' } },
      { ref: { externalId: 'user-2' }, patch: { name: '' } },
      { ref: { externalId: 'user-3' }, patch: { nickname: 'twin' } },
      { ref: 'gone', patch: { name: 'Nobody' } },
      { ref: ana, patch: { nickname: 'aninha' } },
      { ref: { ...ana, provider: 'other' }, patch: { name: 'Ana' } },
      { patch: {} } as UpdateItem,
      null as unknown as UpdateItem,
    ]
    const results = await contacts.updateMany(items as never[], { scan: true })
    expect(results.succeeded).toMatchObject([
      { index: 0, contact: { id: 'c1', name: 'Ana S.' } },
      { index: 2, contact: { id: 'c3', nickname: 'twin' } },
      { index: 4, contact: { id: 'c1', nickname: 'aninha' } },
    ])
    expect(codes(results.failed)).toEqual([
      '1: invalid_input',
      '3: not_found',
      '5: invalid_input',
      '6: invalid_input',
      '7: invalid_input',
    ])
  })

  it('upsert many, with the outcome of each', async () => {
    const { contacts, stored } = client()
    const { succeeded, failed } = await contacts.upsertMany(
      [
        { externalId: 'user-1', name: 'Ana' },
        { externalId: 'user-2', name: 'Bobby' },
        { externalId: 'user-9', name: 'Cid' },
        { name: 'Nobody' },
        { externalId: 'user-9', name: 'Cid' },
        { externalId: 'user-9', name: 'Cid S.' },
      ],
      byExternalId,
    )
    expect(succeeded.map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, 'unchanged'],
      [1, 'updated'],
      [2, 'created'],
      [4, 'unchanged'],
      [5, 'updated'],
    ])
    expect(codes(failed)).toEqual(['3: invalid_input'])
    expect(stored.size).toBe(4)
  })

  it('delete many', async () => {
    const { contacts, stored } = client()
    const refs: ContactRef[] = ['c1', { externalId: 'user-2' }, 'gone', '', ana]
    const { succeeded, failed } = await contacts.deleteMany(refs as string[], { scan: true, concurrency: 1 })
    expect(succeeded).toEqual([
      { ok: true, index: 0 },
      { ok: true, index: 1 },
    ])
    expect(codes(failed)).toEqual(['2: not_found', '3: invalid_input', '4: not_found'])
    expect([...stored.keys()]).toEqual(['c3'])
  })

  it('take their items from an async iterable, and tell the progress', async () => {
    const { contacts } = client({ contacts: [] })
    async function* rows() {
      for (const row of named(4)) yield row
    }
    const done: number[] = []
    await contacts.createMany(rows(), { onProgress: (progress) => done.push(progress.done) })
    expect(done).toEqual([1, 2, 3, 4])
  })

  it('refuse what cannot be iterated over', async () => {
    const { contacts, calls } = client()
    for (const items of [undefined, null, 'text', 7, {}] as unknown as ContactInput[][]) {
      const error = await contactsErrorOf(() => contacts.createMany(items))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'createMany' })
    }
    expect(calls).toEqual([])
  })

  it('run once', async () => {
    const batch = client().contacts.createMany([])
    await batch
    const error = await contactsErrorOf(() => batch[Symbol.asyncIterator]().next())
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'createMany' })
  })

  it('send nothing before they are used', async () => {
    const { contacts, calls } = client()
    contacts.createMany(named(3))
    contacts.upsertMany(named(3), byExternalId)
    contacts.deleteMany(['c1'])
    await settle()
    expect(calls).toEqual([])
  })

  it('stop sending when the credential is refused', async () => {
    const { contacts, calls } = client({
      before() {
        throw new ContactsError({ code: 'unauthenticated', message: 'The key is wrong.' })
      },
    })
    const { failed } = await contacts.createMany(named(30), { concurrency: 1 })
    expect(failed).toHaveLength(30)
    expect(new Set(failed.map(({ error }) => error.code))).toEqual(new Set(['unauthenticated']))
    expect(calls).toHaveLength(1)
  })

  it('throw the reason of an abort, and leave what was not sent', async () => {
    const controller = new AbortController()
    const reason = { why: 'left' }
    const { contacts, calls } = client({ before: () => controller.abort(reason) })
    const batch = contacts.createMany(named(30), { signal: controller.signal, concurrency: 1 })
    expect(await failureOf(() => batch)).toBe(reason)
    expect(calls).toHaveLength(1)
  })

  it('keep going past failures that nobody foresaw', async () => {
    const cause = new TypeError('a slip in the adapter')
    const { contacts } = client({
      contacts: [],
      before() {
        throw cause
      },
    })
    const { failed } = await contacts.createMany(named(2))
    expect(codes(failed)).toEqual(['0: bad_response', '1: bad_response'])
    for (const { error } of failed) expect(error).toMatchObject({ operation: 'createMany', cause })
  })
})

describe('native batches', () => {
  it('go in requests of as many items as the provider takes', async () => {
    const { contacts, calls } = nativeClient({ contacts: [] })
    await contacts.createMany(named(7))
    expect(calls.map(({ args }) => args[0])).toEqual([
      named(7).slice(0, 3),
      named(7).slice(3, 6),
      named(7).slice(6),
    ])
    expect(calls.map(({ method, args }) => [method, args[1]])).toEqual(
      Array.from({ length: 3 }, () => ['createMany', { atomic: false }]),
    )
  })

  it('leave invalid items out of the request, which is not made for none', async () => {
    const { contacts, calls } = nativeClient({ contacts: [] })
    await contacts.createMany([{ name: 'a' }, { name: '' }, { name: 'c' }, { name: '' }])
    expect(calls.map(({ args }) => args[0])).toEqual([[{ name: 'a' }, { name: 'c' }]])
  })

  it('fail item by item when the request fails', async () => {
    const before = ({ args: [items] }: FakeCall): void => {
      if (JSON.stringify(items).includes('n3'))
        throw new ContactsError({ code: 'unavailable', message: 'Down.' })
    }
    const { contacts } = nativeClient({ contacts: [], before })
    const { succeeded, failed } = await contacts.createMany(named(7))
    expect(succeeded.map(({ index }) => index)).toEqual([0, 1, 2, 6])
    expect(codes(failed)).toEqual(['3: unavailable', '4: unavailable', '5: unavailable'])
  })

  it('do not take a missing answer for a success', async () => {
    const { contacts } = nativeClient({ contacts: [], answers: (all) => all.slice(0, 1) })
    const { succeeded, failed } = await contacts.createMany(named(2))
    expect(succeeded.map(({ index }) => index)).toEqual([0])
    expect(codes(failed)).toEqual(['1: bad_response'])
    expect(failed[0]?.error.message).toContain('did not say what became of this item')
  })

  it('never have one key twice in a request', async () => {
    const { contacts, calls } = nativeClient({ contacts: [] })
    const items = ['a', 'a', 'b', 'a', 'c'].map((externalId, index) => ({ externalId, name: `n${index}` }))
    const { succeeded } = await contacts.upsertMany(items, { by: 'externalId' })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual([
      'created',
      'updated',
      'created',
      'updated',
      'created',
    ])
    for (const { args } of calls) {
      const keys = (args[0] as ContactInput[]).map(({ externalId }) => externalId)
      expect(new Set(keys).size).toBe(keys.length)
    }
    expect((await contacts.get({ externalId: 'a' })).name).toBe('n3')
  })

  it('never have one key in two requests at once', async () => {
    const gates: (() => void)[] = []
    const underWay: string[][] = []
    const before = async ({ args }: FakeCall): Promise<void> => {
      const keys = (args[0] as ContactInput[]).map(({ externalId }) => String(externalId))
      underWay.push(keys)
      const gate = deferred()
      gates.push(gate.resolve)
      await gate.promise
    }
    const { contacts } = nativeClient({ contacts: [], before })
    const items = ['a', 'b', 'c', 'd', 'a', 'e', 'f', 'g', 'h'].map((externalId) => ({ externalId }))
    const run = contacts.upsertMany(items, { by: 'externalId' }).then((totals) => totals)
    await settle()
    expect(underWay).toEqual([
      ['a', 'b', 'c'],
      ['f', 'g', 'h'],
    ])
    gates[0]?.()
    await settle()
    expect(underWay.at(-1)).toEqual(['d', 'a', 'e'])
    for (const open of gates) open()
    expect((await run).failed).toEqual([])
  })

  it('tell the items of a failed round from those of a round that went through', async () => {
    let requests = 0
    const before = (): void => {
      if (++requests === 2) throw new ContactsError({ code: 'unavailable', message: 'Down.' })
    }
    const { contacts } = nativeClient({ contacts: [], before })
    const items = ['a', 'b', 'a'].map((externalId, index) => ({ externalId, name: `n${index}` }))
    const { succeeded, failed } = await contacts.upsertMany(items, { by: 'externalId' })
    expect(succeeded.map(({ index }) => index)).toEqual([0, 1])
    expect(codes(failed)).toEqual(['2: unavailable'])
  })
})

describe('atomic batches', () => {
  it('go in one request, all or nothing', async () => {
    const { contacts, calls } = nativeClient({ contacts: [] })
    const onProgress = vi.fn()
    const { succeeded } = await contacts.createMany(named(3), { atomic: true, onProgress })
    expect(succeeded).toHaveLength(3)
    expect(calls.map(({ args }) => args[1])).toEqual([{ atomic: true }])
    expect(onProgress.mock.calls[0]?.[0]).toMatchObject({ done: 1, total: 3 })
  })

  it('keep items with one key together', async () => {
    const { contacts, calls } = nativeClient({ contacts: [] })
    const items = ['a', 'a'].map((externalId) => ({ externalId }))
    await contacts.upsertMany(items, { by: 'externalId', atomic: true })
    expect(calls.map(({ args }) => args[0])).toEqual([items])
  })

  it('send nothing when one item is bad', async () => {
    const { contacts, calls } = nativeClient()
    const error = await contactsErrorOf(() =>
      contacts.createMany([{ name: 'a' }, { name: '' }], { atomic: true }),
    )
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'createMany' })
    expect(calls).toEqual([])
  })

  it('fail as a whole when the request fails, or an answer does', async () => {
    const before = (): never => {
      throw new ContactsError({ code: 'conflict', message: 'Taken.' })
    }
    const refused = nativeClient({ before })
    const run = () => refused.contacts.createMany(named(2), { atomic: true })
    expect(await contactsErrorOf(run)).toMatchObject({ code: 'conflict', operation: 'createMany' })
    const part = nativeClient({ contacts: people })
    const items = [{ externalId: 'new' }, { externalId: 'user-1' }]
    expect((await contactsErrorOf(() => part.contacts.createMany(items, { atomic: true }))).code).toBe(
      'conflict',
    )
    const silent = nativeClient({ contacts: [], answers: () => [] })
    const unanswered = await contactsErrorOf(() => silent.contacts.createMany(named(2), { atomic: true }))
    expect(unanswered.code).toBe('bad_response')
  })

  it('cannot be larger than one request', async () => {
    const { contacts, calls } = nativeClient()
    const error = await contactsErrorOf(() => contacts.createMany(named(4), { atomic: true }))
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'createMany' })
    expect(error.message).toContain('3 items at most')
    expect(calls).toEqual([])
  })

  it('are refused where the provider has them not, before an item is taken', async () => {
    const { contacts, calls } = scanningClient()
    const next = vi.fn()
    const source = { [Symbol.iterator]: () => ({ next }) }
    const runs = [
      () => contacts.createMany(source, { atomic: true }),
      () => contacts.updateMany(source, { atomic: true }),
      () => contacts.upsertMany(source, { ...byExternalId, atomic: true }),
      () => contacts.deleteMany(source, { atomic: true }),
    ]
    for (const run of runs) {
      const error = await contactsErrorOf(run)
      expect(error).toMatchObject({ code: 'unsupported', provider: 'fake' })
      expect(error.message).toContain(String(error.operation))
    }
    expect(next).not.toHaveBeenCalled()
    expect(calls).toEqual([])
  })
})

describe('emulated batches', () => {
  it('read the listing once for all their items, not once an item', async () => {
    const upserting = scanningClient()
    await upserting.contacts.upsertMany(named(20), byExternalId)
    expect(upserting.methods().filter((method) => method === 'list')).toHaveLength(2)
    const deleting = scanningClient()
    const refs = ['user-1', 'user-2', 'user-3'].map((externalId) => ({ externalId }))
    await deleting.contacts.deleteMany(refs, { scan: true })
    expect(deleting.methods().filter((method) => method === 'list')).toHaveLength(2)
    const updating = scanningClient()
    const items = refs.map((ref) => ({ ref, patch: { nickname: 'n' } }))
    await updating.contacts.updateMany(items, { scan: true })
    expect(updating.methods().filter((method) => method === 'list')).toHaveLength(2)
    expect(updating.methods().filter((method) => method === 'update')).toHaveLength(3)
  })

  it('read it again when it failed', async () => {
    let listings = 0
    const before = ({ method }: FakeCall): void => {
      if (method === 'list' && ++listings === 1) throw new ContactsError({ code: 'network', message: 'Cut.' })
    }
    const { contacts } = scanningClient({ before })
    const { succeeded, failed } = await contacts.upsertMany(named(3), { ...byExternalId, concurrency: 1 })
    expect(codes(failed)).toEqual(['0: network'])
    expect(succeeded.map(({ index }) => index)).toEqual([1, 2])
  })

  it('wait for their turn with one key, so that none is created twice', async () => {
    const gates: { readonly method: string; open(): void }[] = []
    const before = async ({ method }: FakeCall): Promise<void> => {
      if (method === 'list' || method === 'get') return
      const gate = deferred()
      gates.push({ method, open: gate.resolve })
      await gate.promise
    }
    const { contacts, stored } = scanningClient({ contacts: [], before })
    const items = ['first', 'second', 'third'].map((name) => ({ externalId: 'x', name }))
    const run = contacts.upsertMany(items, byExternalId).then((totals) => totals)
    for (const expected of ['create', 'update', 'update']) {
      await settle()
      expect(gates.map(({ method }) => method)).toEqual([expected])
      gates.shift()?.open()
    }
    expect((await run).succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated'])
    expect([...stored.values()].map(({ name }) => name)).toEqual(['third'])
  })

  it('make the changes of one contact in order', async () => {
    const gate = deferred()
    let isFirst = true
    const before = async ({ method }: FakeCall): Promise<void> => {
      if (method !== 'update' || !isFirst) return
      isFirst = false
      await gate.promise
    }
    const { contacts, stored } = scanningClient({ before })
    const items = ['one', 'two'].map((nickname) => ({ ref: 'c1', patch: { nickname } }))
    const run = contacts.updateMany(items).then((totals) => totals)
    await settle()
    gate.resolve()
    expect((await run).failed).toEqual([])
    expect(stored.get('c1')?.nickname).toBe('two')
  })

  it('refuse to choose among several with one key', async () => {
    const { contacts } = scanningClient()
    const upserts = await contacts.upsertMany([{ email: 'bob@example.com', name: 'B' }], {
      by: 'email',
      scan: true,
    })
    expect(codes(upserts.failed)).toEqual(['0: ambiguous'])
    const deletes = await contacts.deleteMany([{ email: 'bob@example.com' }, { email: 'no@example.com' }], {
      scan: true,
    })
    expect(codes(deletes.failed)).toEqual(['0: ambiguous', '1: not_found'])
  })

  it('want a scan asked for, item by item', async () => {
    const { contacts, calls } = scanningClient()
    const refs = [{ externalId: 'user-1' }]
    // @ts-expect-error without `scan` it does not compile
    expect(codes((await contacts.deleteMany(refs)).failed)).toEqual(['0: unsupported'])
    expect(calls).toEqual([])
  })

  it('scan item by item where there is no lookup by id to go on from', async () => {
    const { list, create, update, upsert, upsertMany } = scanCapabilities
    const contacts = createContacts(
      fakeAdapter({ list, create, update, upsert, upsertMany }, { contacts: people }),
    )
    const items = [{ externalId: 'user-1', name: 'A' }, { externalId: 'user-9' }]
    const { succeeded, failed } = await contacts.upsertMany(items, byExternalId)
    expect(failed).toEqual([])
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['updated', 'created'])
  })

  it('create again what was deleted since the listing was read', async () => {
    const { contacts, stored } = scanningClient({
      before({ method }) {
        if (method === 'get') stored.delete('c1')
      },
    })
    const { succeeded } = await contacts.upsertMany([{ externalId: 'user-1', name: 'Ana' }], byExternalId)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created'])
  })

  it('have as many items under way as the client or the call allows', async () => {
    const countMost = async (policy: number | undefined, call: number | undefined): Promise<number> => {
      let [underWay, most] = [0, 0]
      const before = async (): Promise<void> => {
        most = Math.max(most, ++underWay)
        await settle()
        underWay--
      }
      const { contacts } = scanningClient({ contacts: [], before }, { concurrency: policy })
      await contacts.createMany(named(20), { concurrency: call })
      return most
    }
    expect(await countMost(undefined, undefined)).toBe(4)
    expect(await countMost(2, undefined)).toBe(2)
    expect(await countMost(2, 7)).toBe(7)
  })
})
