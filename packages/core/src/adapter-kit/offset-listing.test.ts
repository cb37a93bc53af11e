import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AdapterListQuery } from '../adapter/pages.ts'
import { contactsErrorOf } from '../client/testing/failure.ts'
import type { Contact } from '../model/contact.ts'
import type { OffsetPlace, VendorPage } from './listings.ts'
import { offsetListing } from './numbered-listing.ts'
import { clientOf, expectEvenPages, numbers, records, toContact } from './testing/listed.ts'

interface Server {
  readonly count: number
  /** The most it gives, request by request, over and over. @default as many as are asked for */
  readonly most?: readonly number[]
  readonly total?: 'told' | 'omitted' | number
  readonly hasMore?: boolean
  readonly ignoresSkip?: boolean
}

function inbox(server: Server, policy = {}) {
  const { count, most = [Number.POSITIVE_INFINITY], total = 'told', hasMore, ignoresSkip } = server
  const all: unknown[] = numbers(count)
  const asked: OffsetPlace[] = []
  const listing = offsetListing<Contact, AdapterListQuery>({
    maxPageSize: 100,
    async read(place): Promise<VendorPage> {
      const limit = Math.min(place.limit, most[asked.length % most.length] ?? 0)
      asked.push(place)
      const skip = ignoresSkip ? 0 : place.skip
      const page = all.slice(skip, skip + limit)
      return {
        records: page,
        ...(total !== 'omitted' && { total: total === 'told' ? all.length : total }),
        ...(hasMore && { hasMore: skip + page.length < all.length }),
      }
    },
    map: toContact,
  })
  return {
    all,
    contacts: clientOf(listing, 'offset', policy),
    asked: () => asked.map(({ skip, limit }) => `${skip}+${limit}`),
  }
}

describe('a listing by offset', () => {
  it('asks for as many as are wanted, at most as many as the vendor gives, and for later pages ahead', async () => {
    const { contacts, asked } = inbox({ count: 250 })
    expect(records(await contacts.list().toArray())).toEqual(numbers(250))
    // Each later page begins with the last item of the one before.
    expect(asked()).toEqual(['0+100', '99+100', '198+100'])
    expect(records((await contacts.list({ pageSize: 3 })).items)).toEqual([0, 1, 2])
    expect(asked().at(-1)).toBe('0+3')
  })

  it('keeps to the size that the vendor is seen to give', async () => {
    for (const total of ['told', 'omitted'] as const) {
      const { contacts, asked } = inbox({ count: 20, most: [7], total, hasMore: true })
      expect(records(await contacts.list().toArray())).toEqual(numbers(20))
      expect(asked()).toEqual(['0+100', '6+7', '12+7', '18+7'])
    }
  })

  it.each([99, 198, 297])('reads a page that comes short, from %i on, to its end', async (short) => {
    const most = numbers(6).map((page) => (page * 99 === short ? 60 : 100))
    const { contacts, asked } = inbox({ count: 450, most }, { concurrency: 1 })
    expect(records(await contacts.list().toArray())).toEqual(numbers(450))
    expect(asked()).toContain(`${short + 60}+40`)
  })

  it('asks for whole pages again after one that came short', async () => {
    const { contacts, asked } = inbox({
      count: 400,
      total: 'omitted',
      hasMore: true,
      most: [100, 3, 100, 100, 100, 100],
    })
    expect(records(await contacts.list().toArray())).toEqual(numbers(400))
    expect(asked()).toEqual(['0+100', '99+100', '102+97', '198+100', '297+100', '396+100'])
  })

  it('tells the total that any part of a page told', async () => {
    const { page } = offsetListing<Contact, AdapterListQuery>({
      maxPageSize: 4,
      read: async ({ skip }) => ({
        records: [skip, skip + 1],
        hasMore: true,
        ...(skip === 2 && { total: 9 }),
      }),
      map: toContact,
    })
    expect(await clientOf({ page }, 'offset').list({ cursor: 'o2' })).toMatchObject({
      items: [{ id: '2' }, { id: '3' }, { id: '4' }, { id: '5' }],
      total: 9,
    })
  })

  it('gives every item once and in order, however few the vendor gives each time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 400 }),
        fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 12 }),
        fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
        fc.constantFrom(true, false),
        async (count, most, pageSize, hasMore) => {
          const { contacts } = inbox({ count, most, hasMore })
          expect(records(await contacts.list({ pageSize }).toArray())).toEqual(numbers(count))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('gives pages of the size that was asked for, whose cursors go on after them', async () => {
    for (const pageSize of [1, 3, 30, 99, 100])
      await expectEvenPages(inbox({ count: 250 }).contacts, 250, pageSize)
    await expectEvenPages(inbox({ count: 40, most: [7], total: 'omitted', hasMore: true }).contacts, 40, 7)
  })

  it('costs hardly more requests than there are pages', async () => {
    const { contacts, asked } = inbox({ count: 1_000 })
    await contacts.list({ pageSize: 100 }).toArray()
    expect(asked()).toHaveLength(11)
  })

  it('goes on after a cursor, also with other page sizes', async () => {
    const { contacts } = inbox({ count: 30, most: [9] })
    const first = await contacts.list({ pageSize: 4 })
    const second = await contacts.list({ pageSize: 20, cursor: first.nextCursor })
    const rest = await contacts.list({ pageSize: 7, cursor: second.nextCursor }).toArray()
    expect(records([...first.items, ...second.items, ...rest])).toEqual(numbers(30))
    expect(second.items).toHaveLength(20)
  })

  it('ends on a short page where neither hasMore nor a total is told', async () => {
    const { contacts, asked } = inbox({ count: 4, total: 'omitted' })
    expect(records(await contacts.list({ pageSize: 3 }).toArray())).toEqual(numbers(4))
    expect(asked()).toHaveLength(2)
    expect(records(await contacts.list({ pageSize: 2 }).toArray())).toEqual(numbers(4))
    expect(asked().slice(2)).toEqual(['0+2', '1+3', '3+3'])
  })

  it('ends with an error where the vendor passes over the offset', async () => {
    for (const hasMore of [true, false]) {
      const { contacts } = inbox({ count: 5, ignoresSkip: true, hasMore })
      const error = await contactsErrorOf(() => contacts.list({ pageSize: 2 }).toArray())
      expect(error).toMatchObject({ code: 'bad_response', provider: 'canned', operation: 'list' })
      expect(error.message).toContain('first page again')
    }
  })

  it.each([0, 1, 10, 150, 240])(
    'has everything where the total, of %i, counts something else',
    async (total) => {
      for (const hasMore of [true, false]) {
        const { contacts } = inbox({ count: 250, total, hasMore })
        expect(records(await contacts.list().toArray())).toEqual(numbers(250))
      }
    },
  )

  it('ends at a total that is far too high', async () => {
    const { contacts, asked } = inbox({ count: 250, total: Number.MAX_SAFE_INTEGER })
    expect(records(await contacts.list().toArray())).toEqual(numbers(250))
    expect(asked().length).toBeLessThan(15)
  })

  it('treats a record that cannot be mapped as onInvalid says, and still has every other one once', async () => {
    const lenient = inbox({ count: 250 }, { onInvalid: 'skip' })
    lenient.all[120] = 'broken'
    const there = records(await lenient.contacts.list().toArray())
    expect(there).toEqual(numbers(250).filter((number) => number !== 120))
    const strict = inbox({ count: 250 })
    strict.all[120] = 'broken'
    const error = await contactsErrorOf(() => strict.contacts.list().toArray())
    // The page begins at 99.
    expect(error).toMatchObject({ code: 'bad_response', message: expect.stringContaining('at 21') })
  })
})

describe('where a listing by offset goes on', () => {
  const cursorAfter = async (page: VendorPage): Promise<string | undefined> => {
    const { page: read } = offsetListing<Contact>({ maxPageSize: 5, read: async () => page, map: toContact })
    const contacts = clientOf({ page: read }, 'offset')
    // The first page, because a later one is read to its end.
    return (await contacts.list()).nextCursor
  }

  it.each([
    [{ records: numbers(5), hasMore: true }, 'o5'],
    [{ records: numbers(5), hasMore: false, total: 100 }, undefined],
    [{ records: numbers(3), hasMore: true, total: 3 }, 'o3l3'],
    [{ records: numbers(5), total: 6 }, 'o5'],
    // The total may be the count of this page.
    [{ records: numbers(5), total: 5 }, 'o5'],
    [{ records: numbers(4), total: 4 }, undefined],
    [{ records: numbers(5), total: 4 }, 'o5'],
    [{ records: numbers(3), total: 2 }, undefined],
    [{ records: numbers(3), total: 6 }, 'o3l3'],
    [{ records: numbers(5) }, 'o5'],
    [{ records: numbers(4) }, undefined],
    [{ records: [], hasMore: true, total: 100 }, undefined],
  ])('after %o: %o', async (page, expected) => {
    expect(await cursorAfter(page)).toBe(expected)
  })

  it('hands what a page notes to the read of the next, across the parts of a page too', async () => {
    const notes: unknown[] = []
    const { page } = offsetListing<Contact, AdapterListQuery>({
      maxPageSize: 4,
      async read({ skip, limit, note }) {
        notes.push(note)
        const part = numbers(10).slice(skip, skip + Math.min(limit, 3))
        return { records: part, note: `after ${skip}~x`, hasMore: skip + part.length < 10 }
      },
      map: toContact,
    })
    const contacts = clientOf({ page }, 'offset')
    const { nextCursor } = await contacts.list({ pageSize: 2 })
    expect(records((await contacts.list({ cursor: nextCursor })).items)).toEqual([2, 3, 4, 5])
    expect(notes).toEqual([undefined, 'after 0~x', 'after 2~x'])
  })
})
