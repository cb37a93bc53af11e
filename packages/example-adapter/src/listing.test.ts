import { describe, expect, it } from 'vitest'
import { SEARCH_REACH } from './testing/server.ts'
import { setUp } from './testing/setup.ts'

describe('the filter plan', () => {
  const { contacts } = setUp()
  const pushed = (...fields: string[]) => fields.map((field) => expect.objectContaining({ field }))

  it('lists everyone by the listing', () => {
    expect(contacts.explain()).toMatchObject({ pushedDown: pushed('deleted'), exact: true, complete: true })
    expect(contacts.explain({ includeDeleted: true })).toMatchObject({ pushedDown: [], exact: true })
    expect(contacts.explain({ where: { phone: '+1' } })).toMatchObject({ exact: false, complete: true })
  })

  it('searches for what the search can compare, which reaches only so many', () => {
    const where = { name: 'Ana', customFields: { plan: 'pro' } }
    expect(contacts.explain({ where })).toMatchObject({
      pushedDown: pushed('deleted', 'name', 'customFields.plan'),
      exact: true,
      complete: false,
    })
  })

  it('takes no more filters than the search, and those that mean more for inexact', () => {
    const three = { name: 'Ana', tags: 'vip', customFields: { plan: 'pro' } }
    expect(contacts.explain({ where: three })).toMatchObject({
      pushedDown: pushed('deleted', 'name', 'tags'),
      exact: false,
    })
    expect(contacts.explain({ where: { email: 'ana@example.com' } })).toMatchObject({
      pushedDown: pushed('deleted', 'email'),
      exact: false,
    })
    expect(contacts.explain({ where: { customFields: { seats: 3 } } })).toMatchObject({
      pushedDown: pushed('deleted'),
      exact: false,
    })
  })

  it('leaves those that are archived to the listing', () => {
    expect(contacts.explain({ where: { name: 'Ana', deleted: true } })).toMatchObject({
      pushedDown: pushed('deleted'),
      exact: false,
      complete: true,
    })
  })
})

describe('listing', () => {
  it('reads pages of each route at the size that it gives', async () => {
    const { contacts, server } = setUp()
    const more = SEARCH_REACH + 5
    await contacts.createMany(
      Array.from({ length: more }, (_, n) => ({ name: n % 2 ? 'Eva' : 'Ana', tags: ['vip'] })),
    )
    server.requests.length = 0
    expect(await contacts.list().toArray()).toHaveLength(more)
    expect(server.requests).toHaveLength(5)
    expect(server.requests[0]).toBe('GET /people?archived=without&limit=25')
    server.requests.length = 0
    // The search ends where it ends; the plan says so, and the total is that of all.
    const pages = []
    for await (const page of contacts.list({ where: { tags: 'vip' } }).pages()) pages.push(page)
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [50, more],
      [50, more],
    ])
    expect(server.requests).toEqual(['POST /people/search', 'POST /people/search'])
    expect(await contacts.count({ where: { tags: 'vip' } })).toBe(more)
    expect(await contacts.count({ where: { tags: 'vip', name: 'Ana' } })).toBe(53)
  })

  it('counts an address letter by letter, though the search does not', async () => {
    const { contacts } = setUp()
    await contacts.create({ email: 'Ana@example.com' })
    expect(await contacts.count({ where: { email: 'ana@example.com' } })).toBe(1)
    expect(await contacts.count({ where: { email: 'Ana@example.com' } })).toBe(0)
  })

  it('shows those that are archived to whoever asks', async () => {
    const { contacts } = setUp()
    const [ana, eva] = [await contacts.create({ name: 'Ana' }), await contacts.create({ name: 'Eva' })]
    await contacts.delete(ana)
    expect(await contacts.list().toArray()).toEqual([eva])
    expect(await contacts.list({ where: { deleted: true } }).toArray()).toMatchObject([
      { id: ana.id, deleted: true },
    ])
    expect(await contacts.count({ includeDeleted: true })).toBe(2)
    expect(await contacts.find(ana.id)).toBeUndefined()
  })

  it('searches no more often than the CRM allows, and lists meanwhile', async () => {
    const { contacts, clock } = setUp()
    for (let search = 0; search < 5; search++) await contacts.search('Ana')
    await contacts.list()
    expect(clock.waits).toEqual([])
    await contacts.search('Ana')
    expect(clock.waits).toHaveLength(1)
  })
})
