import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ContactInput } from '../model/input.ts'
import type { ContactRef } from '../model/ref.ts'
import { settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import type { UpdateItem } from './options.ts'
import { byExternalId, codes, named } from './testing/batch-items.ts'
import { ana, nativeClient, scanningClient } from './testing/clients.ts'
import { contactsErrorOf, failureOf } from './testing/failure.ts'
import type { FakeOptions } from './testing/fake-adapter.ts'
import type { ContactsWith } from './types.ts'

failOnUnhandledRejections()

type Batches = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'
type Client = (options?: FakeOptions) => Omit<ReturnType<typeof nativeClient>, 'contacts'> & {
  readonly contacts: ContactsWith<Batches>
}

describe.each<[string, Client]>([
  ['native', nativeClient],
  ['emulated', scanningClient],
])('%s batches', (_name, client) => {
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
        { name: 'Nobody' } as never,
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
