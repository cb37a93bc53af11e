import { describe, expect, it, vi } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import type { AdapterListQuery } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { ListQuery, OrderBy } from '../model/query.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import { ana, bob, nativeClient, people, scanningClient, twin } from './testing/clients.ts'
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
    expect(calls[0]?.context).toMatchObject({ operation: 'list', timeoutMs: 50, headers: { 'x-trace': '1' } })
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

describe('where', () => {
  const where = { name: 'Bob', phone: '+351 2' } as const

  it('is pushed down where the provider filters, and applied here where it does not', async () => {
    const native = nativeClient()
    expect(ids(await native.contacts.list({ where }).toArray())).toEqual(['c2', 'c3'])
    expect(queriesOf(native.calls)[0]?.where).toEqual([{ field: 'name', operator: 'eq', value: 'Bob' }])
    const scanning = scanningClient()
    expect(ids(await scanning.contacts.list({ where }).toArray())).toEqual(['c2', 'c3'])
    expect(queriesOf(scanning.calls)[0]?.where).toEqual([])
  })

  it('leaves pages short, with their cursor, and without a total that counts more', async () => {
    const { contacts } = nativeClient()
    expect(await contacts.list({ where: { phone: '+351 1' } })).toEqual({ items: [ana], nextCursor: '2' })
    expect(await contacts.list({ where: { name: 'Bob' } })).toEqual({ items: [bob, twin], total: 2 })
  })

  it('is asked about condition by condition, where the provider filters some values only', async () => {
    const canFilter = vi.fn(({ value }: { value: unknown }) => value !== 'Bob')
    const adapter = { ...fakeAdapter(nativeCapabilities, { contacts: people }), canFilter }
    const contacts = createContacts(adapter)
    const query = { where: { name: 'Bob', email: 'bob@example.com', phone: '+351 2' } }
    expect(ids(await contacts.list(query).toArray())).toEqual(['c2', 'c3'])
    expect(contacts.explain(query).pushedDown).toEqual([
      { field: 'email', operator: 'eq', value: 'bob@example.com' },
    ])
    // Phone is not declared, so it is not asked about.
    expect(canFilter.mock.calls.every(([{ value }]) => value !== '+351 2')).toBe(true)
  })

  it('that makes no sense rejects, and asks for nothing', async () => {
    const { contacts, calls } = nativeClient()
    const query = { where: { fullName: 'Bob' } } as unknown as ListQuery<'name'>
    const runs = [
      () => contacts.list(query),
      () => contacts.list(query).toArray(),
      () => contacts.list(query).pages().next(),
      () => contacts.count(query),
    ]
    for (const run of runs) {
      expect(await contactsErrorOf(run)).toMatchObject({ code: 'invalid_input', provider: 'fake' })
    }
    expect(() => contacts.list(query)).not.toThrow()
    expect(calls).toEqual([])
  })
})

describe('the other parts of a query', () => {
  it('cap the page size at what the provider gives', async () => {
    const { contacts, calls } = nativeClient()
    await contacts.list({ pageSize: 5000 })
    await contacts.list({ pageSize: 1 })
    await contacts.list()
    expect(queriesOf(calls).map(({ pageSize }) => pageSize)).toEqual([100, 1, undefined])
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '10', null])(
    'refuse %o as a page size',
    async (pageSize) => {
      const { contacts, calls } = nativeClient()
      const query = { pageSize } as ListQuery<'name'>
      for (const run of [() => contacts.list(query), () => contacts.search('Bob', query)]) {
        expect(await contactsErrorOf(run)).toMatchObject({ code: 'invalid_input', provider: 'fake' })
      }
      expect(calls).toEqual([])
    },
  )

  it.each(['', ' ', 7, null])('refuse %o as a cursor', async (cursor) => {
    const { contacts, calls } = nativeClient()
    const query = { cursor } as unknown as ListQuery<'name'>
    for (const run of [() => contacts.list(query), () => contacts.search('Bob', query)]) {
      expect(await contactsErrorOf(run)).toMatchObject({ code: 'invalid_input', provider: 'fake' })
    }
    expect(calls).toEqual([])
  })

  it('sort where the provider can', async () => {
    const { contacts, calls } = nativeClient()
    const orderBy = { field: 'name', direction: 'desc' } as const
    expect(ids(await contacts.list({ orderBy }).toArray())).toEqual(['c3', 'c2', 'c1'])
    expect(queriesOf(calls)[0]?.orderBy).toEqual(orderBy)
    await contacts.list({ orderBy: { field: 'createdAt' } })
    expect(queriesOf(calls).at(-1)?.orderBy).toEqual({
      field: 'createdAt',
      direction: 'asc',
    })
  })

  it('refuse a sort that the provider cannot do, and say what it can', async () => {
    const native = nativeClient()
    const orderBy = { field: 'email' } as unknown as OrderBy<'name'>
    const error = await contactsErrorOf(() => native.contacts.list({ orderBy }))
    expect(error).toMatchObject({ code: 'unsupported', provider: 'fake', operation: 'list' })
    expect(error.message).toContain('it can by createdAt, name')
    const wrong = { field: 'name', direction: 'up' } as unknown as OrderBy<'name'>
    expect((await contactsErrorOf(() => native.contacts.list({ orderBy: wrong }))).code).toBe('invalid_input')
    const scanning = scanningClient()
    const none = { field: 'name' } as unknown as OrderBy<never>
    const nothing = await contactsErrorOf(() => scanning.contacts.list({ orderBy: none }))
    expect(nothing.message).toContain('cannot sort; leave orderBy out')
    expect([...native.calls, ...scanning.calls]).toEqual([])
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

describe('search', () => {
  it('is the provider’s own, where it has one', async () => {
    const { contacts, calls } = nativeClient()
    expect(ids(await contacts.search('bob', { pageSize: 1 }).toArray())).toEqual(['c2', 'c3'])
    expect(calls[0]).toMatchObject({
      method: 'search',
      args: ['bob', { pageSize: 1, cursor: undefined }],
      context: { operation: 'search' },
    })
    expect(calls.map(({ method }) => method)).toEqual(['search', 'search'])
  })

  it('reads the listing otherwise', async () => {
    const { contacts, methods, calls } = scanningClient()
    expect(ids(await contacts.search('bob 351').toArray())).toEqual(['c2', 'c3'])
    expect(methods()).toEqual(['list', 'list'])
    expect(calls[0]?.context.operation).toBe('search')
    expect(await contacts.search('ana')).toEqual({ items: [ana], nextCursor: '2' })
  })

  it.each(['', '  ', undefined, null, 7])('refuses to look for %o', async (text) => {
    for (const { contacts, calls } of [nativeClient(), scanningClient()]) {
      expect(() => contacts.search(text as string)).not.toThrow()
      const error = await contactsErrorOf(() => contacts.search(text as string))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'search' })
      expect(calls).toEqual([])
    }
  })
})

describe('count', () => {
  it('is the provider’s own, where it has one and applies every condition', async () => {
    const { contacts, calls } = nativeClient()
    expect(await contacts.count()).toBe(3)
    expect(await contacts.count({ where: { name: 'Bob' } })).toBe(2)
    expect(calls.map(({ method }) => method)).toEqual(['count', 'count'])
    expect(calls[1]?.args).toEqual([[{ field: 'name', operator: 'eq', value: 'Bob' }]])
    expect(calls[0]?.context.operation).toBe('count')
  })

  it('reads the listing when a condition is applied here', async () => {
    const { contacts, methods } = nativeClient()
    expect(await contacts.count({ where: { phone: '+351 2' } })).toBe(2)
    expect(methods()).toEqual(['list', 'list'])
  })

  it('takes the total of one small page, where a page tells it', async () => {
    const adapter = fakeAdapter({ ...nativeCapabilities, count: { mode: 'emulated' } }, { contacts: people })
    const contacts = createContacts(adapter)
    expect(await contacts.count({ where: { name: 'Bob' } })).toBe(2)
    expect(adapter.api.calls.map(({ method, args }) => [method, args[0]])).toEqual([
      ['list', expect.objectContaining({ pageSize: 1 })],
    ])
    expect(adapter.api.calls[0]?.context.operation).toBe('count')
  })

  it('reads the listing when the page does not tell after all', async () => {
    const adapter = fakeAdapter({ ...nativeCapabilities, count: { mode: 'emulated' } }, { contacts: people })
    const { list } = adapter
    const contacts = createContacts({
      ...adapter,
      async list(query, context) {
        const page = await list?.(query, context)
        return { items: page?.items ?? [], nextCursor: page?.nextCursor }
      },
    } as typeof adapter)
    expect(await contacts.count()).toBe(3)
  })

  it('reads the listing where there is nothing else', async () => {
    const { contacts, methods, calls } = scanningClient()
    expect(await contacts.count()).toBe(3)
    expect(methods()).toEqual(['list', 'list'])
    expect(calls[0]?.context.operation).toBe('count')
  })
})

describe('explain', () => {
  const query = { where: { name: 'Bob', phone: '+351 2', customFields: { plan: 'pro' } }, pageSize: 10 }

  it('tells what runs where, and sends nothing', () => {
    const { contacts, calls } = nativeClient()
    expect(contacts.explain({ ...query, orderBy: { field: 'name' } })).toEqual({
      provider: 'fake',
      pushedDown: [
        { field: 'name', operator: 'eq', value: 'Bob' },
        { field: 'customFields.plan', operator: 'eq', value: 'pro' },
      ],
      evaluatedHere: [{ field: 'phone', operator: 'eq', value: '+351 2' }],
      orderBy: { field: 'name', direction: 'asc' },
      pagination: 'cursor',
      streaming: false,
      total: false,
      complete: true,
    })
    expect(contacts.explain()).toMatchObject({ pushedDown: [], evaluatedHere: [], total: true })
    expect(scanningClient().contacts.explain(query)).toMatchObject({ pushedDown: [], total: false })
    expect(calls).toEqual([])
  })

  it('throws for a query that cannot be asked', () => {
    const { contacts } = nativeClient()
    expect(() => contacts.explain({ orderBy: { field: 'email' } })).toThrow(
      expect.objectContaining({ code: 'unsupported', provider: 'fake', operation: 'explain' }),
    )
    expect(() => contacts.explain({ pageSize: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
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
