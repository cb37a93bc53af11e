import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { names, newestFirst, records, T0 } from './testing/records.ts'
import { setup } from './testing/setup.ts'

describe('pages', () => {
  it('ends on a short page, which proves the end, although it has a cursor', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(5))
    const first = await contacts.list({ pageSize: 3 })
    expect(first.items.map(({ name }) => name)).toEqual(['Contact 4', 'Contact 3', 'Contact 2'])
    const second = await contacts.list({ pageSize: 3, cursor: first.nextCursor })
    expect(second.items.map(({ name }) => name)).toEqual(['Contact 1', 'Contact 0'])
    expect(second).not.toHaveProperty('nextCursor')
    expect(requests()).toHaveLength(2)
  })

  it('ends on an empty page after a full one', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(4))
    const pages: number[] = []
    for await (const page of contacts.list({ pageSize: 2 }).pages()) pages.push(page.items.length)
    expect(pages).toEqual([2, 2, 0])
  })

  it('is empty for an empty account', async () => {
    const { contacts } = setup()
    expect(await contacts.list()).toEqual({ items: [], complete: true })
  })

  it('asks for 100 at most', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(150))
    const page = await contacts.list({ pageSize: 1000 })
    expect(page.items).toHaveLength(100)
    expect(vendor.requests[0]?.query).toMatchObject({ take: '100' })
    expect((await contacts.list({ cursor: page.nextCursor })).items).toHaveLength(50)
  })

  it('sorts by createdAt both ways', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(3))
    const oldest = contacts.list({ orderBy: { field: 'createdAt' } })
    expect((await oldest).items.map(({ name }) => name)).toEqual(['Contact 0', 'Contact 1', 'Contact 2'])
    expect(await names(contacts.list({ orderBy: { field: 'createdAt', direction: 'desc' } }))).toEqual(
      newestFirst(3),
    )
  })

  it.each([2, 7])('goes on after the contact of the cursor was deleted (page size %i)', async (pageSize) => {
    const { contacts, vendor } = setup()
    vendor.seed(records(20))
    const seen: (string | undefined)[] = []
    let cursor: string | undefined
    do {
      const page = await contacts.list({ pageSize, cursor })
      for (const contact of page.items) {
        seen.push(contact.name)
        await contacts.delete(contact)
      }
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(newestFirst(20))
    expect(vendor.contacts).toEqual([])
  })

  it('goes on when only the contact of the cursor was deleted', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(9))
    const first = await contacts.list({ pageSize: 3, orderBy: { field: 'createdAt' } })
    await contacts.delete(first.items[2]?.id ?? '')
    const second = await contacts.list({
      pageSize: 3,
      orderBy: { field: 'createdAt' },
      cursor: first.nextCursor,
    })
    expect(second.items.map(({ name }) => name)).toEqual(['Contact 3', 'Contact 4', 'Contact 5'])
  })

  it.each(['asc', 'desc'] as const)('does so among contacts of the same moment (%s)', async (direction) => {
    const { contacts, vendor } = setup()
    vendor.seed(records(7).map((record) => ({ ...record, createdAt: T0 })))
    const orderBy = { field: 'createdAt', direction } as const
    const seen: (string | undefined)[] = []
    for await (const page of contacts.list({ pageSize: 3, orderBy }).pages()) {
      seen.push(...page.items.map(({ name }) => name))
    }
    const first = await contacts.list({ pageSize: 3, orderBy })
    await contacts.delete(first.items[2]?.id ?? '')
    const rest = await contacts.list({ orderBy, cursor: first.nextCursor })
    expect(rest.items.map(({ name }) => name)).toEqual(seen.slice(3))
  })

  it('says so when the vendor’s own cursor names no contact any more', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(records(2))
    const error = await failure(contacts.list({ cursor: 'c000000000000000000000009' }))
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('Begin again') })
  })
})

describe('pages with odd records', () => {
  it.each([
    ['no id', { id: undefined }],
    ['an id that is no text', { id: 5 }],
  ])('goes on after a page that ends in a record with %s', async (_, odd) => {
    const { contacts, vendor } = setup({ onInvalid: 'skip' })
    vendor.seed(records(7))
    vendor.faults.add({
      path: '/list',
      malformed: { index: 2, record: (record) => ({ ...record, ...odd }) },
    })
    const seen: (string | undefined)[] = []
    for await (const page of contacts.list({ pageSize: 3 }).pages()) {
      seen.push(...page.items.map(({ name }) => name))
    }
    expect(seen).toEqual(newestFirst(7).toSpliced(2, 1))
  })

  it.each([-5, 1.5])('goes on after a contact whose createdAt is %d', async (createdAt) => {
    const { contacts, vendor } = setup()
    vendor.seed([{ name: 'Ana', createdAt }])
    const { nextCursor } = await contacts.list({ pageSize: 1 })
    expect((await contacts.list({ pageSize: 1, cursor: nextCursor })).items).toEqual([])
  })

  it.each(['(Jane Doe)', '@jane', ' @jane', 'a~b~c~d', 'a~', 'a~B'])(
    'refuses the cursor %j',
    async (cursor) => {
      const { contacts, vendor, requests } = setup()
      vendor.seed([{ name: 'Jane Doe' }])
      for (const listing of [contacts.list({ cursor }), contacts.list({ cursor }).toArray()]) {
        expect(await failure(listing)).toMatchObject({ code: 'invalid_input' })
      }
      expect(requests()).toEqual([])
    },
  )
})
