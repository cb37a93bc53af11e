import { describe, expect, it } from 'vitest'
import type { AdapterListQuery } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { ListQuery, OrderBy } from '../model/query.ts'
import { ana, bob, nativeClient, scanningClient, twin } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import type { FakeCall } from './testing/fake-adapter.ts'

const queriesOf = (calls: readonly FakeCall[]): AdapterListQuery[] =>
  calls.map(({ args }) => args[0] as AdapterListQuery)

const ids = (contacts: readonly Contact[]): string[] => contacts.map(({ id }) => id)

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
    expect(await contacts.list({ where: { name: 'Bob' } })).toEqual({
      items: [bob, twin],
      total: 2,
      complete: true,
    })
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
