import { describe, expect, it } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { AdapterListQuery } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import { createContacts } from './create-contacts.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { ana, bob, nativeClient, people } from './testing/clients.ts'
import { contactsErrorOf, failureOf } from './testing/failure.ts'
import { type FakeCall, fakeAdapter } from './testing/fake-adapter.ts'
import { fakeContact } from './testing/fake-contacts.ts'

const queriesOf = (calls: readonly FakeCall[]): AdapterListQuery[] =>
  calls.map(({ args }) => args[0] as AdapterListQuery)

const ids = (contacts: readonly Contact[]): string[] => contacts.map(({ id }) => id)

describe('list', () => {
  it('gives a page when awaited and every contact when iterated over', async () => {
    const { contacts, methods } = nativeClient()
    expect(await contacts.list()).toEqual({ items: [ana, bob], nextCursor: '2', total: 3 })
    expect(methods()).toEqual(['list'])
    expect(await contacts.list().toArray()).toEqual(people)
    expect(methods()).toEqual(['list', 'list', 'list'])
  })

  it('asks for nothing before', () => {
    const { contacts, calls } = nativeClient()
    contacts.list({ pageSize: 10 })
    expect(calls).toEqual([])
  })

  it('goes on after a cursor', async () => {
    const { contacts } = nativeClient()
    const { nextCursor } = await contacts.list()
    expect(ids(await contacts.list({ cursor: nextCursor }).toArray())).toEqual(['c3'])
  })

  it('hands on the options of the call', async () => {
    const { contacts, calls } = nativeClient()
    await contacts.list({ timeoutMs: 50, headers: { 'x-trace': '1' } })
    expect(calls[0]?.context).toMatchObject({
      call: { operation: 'list', timeoutMs: 50, headers: { 'x-trace': '1' } },
    })
  })

  it('reads one stream when iterated over, where the provider has one, and still pages when awaited', async () => {
    const adapter = fakeAdapter(
      { ...scanCapabilities, list: { ...scanCapabilities.list, streaming: true } },
      { contacts: people },
    )
    const contacts = createContacts(adapter)
    const seen = await contacts.list({ where: { phone: '+351 1' } }).toArray()
    expect(ids(seen)).toEqual(['c1'])
    expect(ids(await contacts.list({ cursor: '1' }).toArray())).toEqual(['c2', 'c3'])
    expect(contacts.explain().streaming).toBe(true)
    expect(adapter.api.calls.map(({ method }) => method)).toEqual(['stream', 'stream'])
    expect(queriesOf(adapter.api.calls)[1]).toMatchObject({ cursor: '1', where: [] })
    expect(ids((await contacts.list()).items)).toEqual(['c1', 'c2'])
    expect(adapter.api.calls.map(({ method }) => method)).toEqual(['stream', 'stream', 'list'])
  })
})

describe('cursors that the adapter knows ahead', () => {
  const everyone = Array.from({ length: 9 }, (_, index) =>
    fakeContact(`c${index}`, { name: index % 2 ? 'odd' : 'even' }),
  )

  function numbered(policy = {}) {
    let [underWay, most] = [0, 0]
    const adapter = defineAdapter({
      specVersion: 1,
      provider: 'fake',
      capabilities: {
        list: {
          mode: 'native',
          pagination: 'page',
          maxPageSize: 2,
          complete: true,
          total: true,
          where: {},
          orderBy: [],
        },
      },
      api: undefined,
      async list({ cursor = '1' }: AdapterListQuery) {
        most = Math.max(most, ++underWay)
        await Promise.resolve()
        underWay--
        const page = Number(cursor)
        return { items: everyone.slice(page * 2 - 2, page * 2), total: everyone.length }
      },
      *laterCursors({ total = 0, items }) {
        for (let page = 2; page <= Math.ceil(total / items.length); page++) yield String(page)
      },
    })
    return { contacts: createContacts(adapter, policy), most: () => most }
  }

  it('are read several at once, in order, as many as the client allows', async () => {
    const four = numbered()
    expect(await four.contacts.list().toArray()).toEqual(everyone)
    expect(four.most()).toBe(4)
    const two = numbered({ concurrency: 2 })
    expect(await two.contacts.list().toArray()).toEqual(everyone)
    expect(two.most()).toBe(2)
  })

  it('are told from the whole page, not from what a filter leaves of it', async () => {
    const odd = await numbered()
      .contacts.list({ where: { name: 'odd' } })
      .toArray()
    expect(ids(odd)).toEqual(['c1', 'c3', 'c5', 'c7'])
  })
})

describe('a failure of a listing', () => {
  it('carries the provider and the operation, in pages and in streams', async () => {
    const before = (): never => {
      throw Object.assign(new Error('plain'))
    }
    const plain = nativeClient({ before })
    expect(await failureOf(() => plain.contacts.list())).toEqual(new Error('plain'))
    const adapter = fakeAdapter(
      { ...scanCapabilities, list: { ...scanCapabilities.list, streaming: true } },
      { contacts: [fakeContact('c1', { status: 'unmappable' })] },
    )
    const contacts = createContacts(adapter)
    const error = await contactsErrorOf(() => contacts.list().toArray())
    expect(error).toMatchObject({ code: 'bad_response', provider: 'fake', operation: 'list' })
    const page = await contactsErrorOf(() => contacts.list())
    expect(page).toMatchObject({ code: 'bad_response', provider: 'fake', operation: 'list' })
    const search = await contactsErrorOf(() => contacts.search('x').toArray())
    expect(search).toMatchObject({ code: 'bad_response', provider: 'fake', operation: 'search' })
  })

  it('is named as well when the cursor goes round in a circle', async () => {
    const adapter = fakeAdapter(scanCapabilities, { contacts: people })
    const contacts = createContacts({
      ...adapter,
      list: async () => ({ items: [ana], nextCursor: 'again' }),
    } as typeof adapter)
    const error = await contactsErrorOf(() => contacts.list().toArray())
    expect(error).toMatchObject({ code: 'bad_response', provider: 'fake', operation: 'list' })
  })
})
