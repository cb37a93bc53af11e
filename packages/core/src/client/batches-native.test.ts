import { describe, expect, it, vi } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ContactInput } from '../model/input.ts'
import { deferred, settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { byExternalId, codes, named } from './testing/batch-items.ts'
import { nativeCapabilities } from './testing/capabilities.ts'
import { nativeClient, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { type FakeCall, fakeAdapter } from './testing/fake-adapter.ts'

failOnUnhandledRejections()

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

  it('say of an item that was taken, and fails afterwards, that it was written', async () => {
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    const contacts = createContacts({
      ...adapter,
      updateMany: async () => [{ value: { ...people[0], id: 'another' } }],
    } as typeof adapter)
    const { failed } = await contacts.updateMany([{ ref: 'c1', patch: { name: 'n' } }])
    expect(failed.map(({ error }) => [error.applied, error.retryable])).toEqual([['yes', false]])
    const broken = createContacts({
      ...adapter,
      updateMany: async () => Object(undefined).items.map(String),
    } as typeof adapter)
    const { failed: unforeseen } = await broken.updateMany([{ ref: 'c1', patch: { name: 'n' } }])
    expect(unforeseen.map(({ error }) => error.applied)).toEqual(['unknown'])
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
      // @ts-expect-error this provider has no such batches
      () => contacts.createMany(source, { atomic: true }),
      // @ts-expect-error nor of changes
      () => contacts.updateMany(source, { atomic: true }),
      // @ts-expect-error nor of upserts
      () => contacts.upsertMany(source, { ...byExternalId, atomic: true }),
      // @ts-expect-error nor of deletes
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
