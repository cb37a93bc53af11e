import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AdapterListQuery } from '../adapter/pages.ts'
import { contactsErrorOf } from '../client/testing/failure.ts'
import type { Contact } from '../model/contact.ts'
import type { PagePlace, VendorPage } from './listings.ts'
import { pageListing } from './numbered-listing.ts'
import { clientOf, expectEvenPages, numbers, records, toContact } from './testing/listed.ts'

interface Server {
  readonly count: number
  /** The most that a page has, however many are asked for. */
  readonly maxLimit?: number
  /** The fewest that a page has. */
  readonly minLimit?: number
  /** Whether the answer says the number and the size of the page. @default true */
  readonly isOpen?: boolean
  readonly total?: 'told' | 'omitted' | number
  /** What it gives beyond the last page. @default 'empty' */
  readonly pastEnd?: 'empty' | 'last'
  /** Changes an answer before it is given. */
  readonly answer?: (page: VendorPage, place: PagePlace) => VendorPage
}

function server(options: Server, policy = {}) {
  const { count, maxLimit = 1_000, minLimit = 1, isOpen = true, total = 'told', pastEnd = 'empty' } = options
  const { answer = (page) => page } = options
  const state = { maxLimit }
  const all: unknown[] = numbers(count)
  const asked: PagePlace[] = []
  const listing = pageListing<Contact, AdapterListQuery>({
    maxPageSize: 100,
    async read(place) {
      asked.push(place)
      const limit = Math.max(minLimit, Math.min(place.limit, state.maxLimit))
      const last = Math.max(1, Math.ceil(count / limit))
      const page = pastEnd === 'last' ? Math.min(place.page, last) : place.page
      const given: VendorPage = {
        records: all.slice((page - 1) * limit, page * limit),
        ...(total !== 'omitted' && { total: total === 'told' ? count : total }),
        ...(isOpen && { page, limit }),
      }
      return answer(given, place)
    },
    map: toContact,
  })
  return {
    all,
    state,
    contacts: clientOf(listing, 'page', policy),
    asked: () => asked.map(({ page, limit }) => `${page}×${limit}`),
  }
}

describe('a listing by page number', () => {
  it('reads all of a server that caps its pages and tells of it only that there is more', async () => {
    const { contacts } = server({
      count: 46,
      maxLimit: 15,
      total: 'omitted',
      isOpen: false,
      answer: (page, place) => ({ ...page, hasMore: place.page * Math.min(place.limit, 15) < 46 }),
    })
    expect(records(await contacts.list({ pageSize: 18 }).toArray())).toEqual(numbers(46))
  })

  it('asks for each page once, for later ones ahead', async () => {
    const { contacts, asked } = server({ count: 95 })
    expect(records(await contacts.list({ pageSize: 10 }).toArray())).toEqual(numbers(95))
    // Each later one has its own ten and the last of the page before: 9 to 19, 19 to 29 and so on.
    expect(asked().slice(0, 4)).toEqual(['1×10', '1×20', '2×15', '3×14'])
    expect(asked()).toHaveLength(10)
  })

  it.each([
    [1_000, 100, 12],
    [10_000, 100, 114],
    [1_000, 50, 24],
    [1_000, 20, 51],
  ])('costs hardly more requests than there are pages: %i in pages of %i', async (count, pageSize, most) => {
    const { contacts, asked } = server({ count })
    await contacts.list({ pageSize }).toArray()
    expect(asked().length).toBeLessThanOrEqual(most)
  })

  it.each([
    [true, 7, 36],
    [false, 7, 36],
    [true, 100, 2],
    [false, 20, 10],
  ])(
    'asks for each page once where the vendor gives fewer (openly: %s, %i)',
    async (isOpen, maxLimit, most) => {
      const { contacts, asked } = server({ count: 143, isOpen, maxLimit })
      expect(records(await contacts.list().toArray())).toEqual(numbers(143))
      expect(asked()[0]).toBe('1×100')
      expect(new Set(asked()).size).toBe(asked().length)
      expect(asked().length).toBeLessThanOrEqual(most)
    },
  )

  it('gives pages of the size that was asked for, whose cursors go on after them', async () => {
    for (const pageSize of [1, 3, 30, 75, 99, 100])
      await expectEvenPages(server({ count: 250 }).contacts, 250, pageSize)
    await expectEvenPages(server({ count: 40, maxLimit: 7 }).contacts, 40, 7)
  })

  it('has everything where the vendor lowers the size on the way, whatever pages are under way', async () => {
    for (const isOpen of [true, false]) {
      for (const concurrency of [1, 4]) {
        const { contacts, state } = server(
          {
            count: 100,
            isOpen,
            answer: (page) => {
              state.maxLimit = 7
              return page
            },
          },
          { concurrency },
        )
        expect(records(await contacts.list({ pageSize: 20 }).toArray())).toEqual(numbers(100))
      }
    }
  })

  it('has everything where the vendor says nonsense about the size', async () => {
    const { contacts } = server({ count: 30, answer: (page) => ({ ...page, limit: 0 }) })
    expect(records(await contacts.list({ pageSize: 7 }).toArray())).toEqual(numbers(30))
  })

  it('has everything where the vendor gives more than is asked for', async () => {
    const { contacts } = server({ count: 30, minLimit: 8 })
    for (const pageSize of [1, 3, 8, 20]) {
      expect(records(await contacts.list({ pageSize }).toArray())).toEqual(numbers(30))
    }
  })

  it.each([
    [49, 7, 3],
    [85, 7, 2],
  ])(
    'has the last of %i where all pages have %i and no total is told, in pages of %i',
    async (count, vendorSize, pageSize) => {
      const { contacts } = server({ count, minLimit: vendorSize, maxLimit: vendorSize, total: 'omitted' })
      expect(records(await contacts.list({ pageSize }).toArray())).toEqual(numbers(count))
    },
  )

  it('has everything, once and in order, whatever size the vendor gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 120 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 40 }),
        fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
        fc.constantFrom('told' as const, 'omitted' as const),
        async (count, maxLimit, minLimit, pageSize, total) => {
          const { contacts } = server({ count, maxLimit, minLimit, total })
          expect(records(await contacts.list({ pageSize }).toArray())).toEqual(numbers(count))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('goes on at a cursor with another page size, nothing lost or doubled', async () => {
    const { contacts } = server({ count: 50, maxLimit: 9 })
    const first = await contacts.list({ pageSize: 4 })
    const second = await contacts.list({ pageSize: 20, cursor: first.nextCursor })
    const rest = await contacts.list({ pageSize: 7, cursor: second.nextCursor }).toArray()
    expect(records([...first.items, ...second.items, ...rest])).toEqual(numbers(50))
  })

  it('loses nobody beside an item that goes between the count and the page', async () => {
    let isGone = false
    const { contacts } = server({
      count: 300,
      answer: (page, place) => {
        if (isGone || place.page !== 2 || place.limit !== 100) return page
        isGone = true
        return { ...page, records: page.records.slice(0, -1) }
      },
    })
    expect(records(await contacts.list().toArray())).toEqual(numbers(300))
  })

  it('goes by full pages where no total is told, and by hasMore where that is', async () => {
    const silent = server({ count: 25, total: 'omitted' })
    expect(records(await silent.contacts.list({ pageSize: 10 }).toArray())).toEqual(numbers(25))
    expect((await silent.contacts.list({ pageSize: 10 })).total).toBeUndefined()
    const telling = server({
      count: 20,
      total: 'omitted',
      answer: (page, place) => ({ ...page, hasMore: place.page * place.limit < 20 }),
    })
    expect(records(await telling.contacts.list({ pageSize: 10 }).toArray())).toEqual(numbers(20))
    expect(telling.asked()).toEqual(['1×10', '1×20'])
  })

  it.each([0, 1, 150])('has everything where the total, of %i, counts something else', async (total) => {
    const { contacts } = server({ count: 250, total })
    expect(records(await contacts.list().toArray())).toEqual(numbers(250))
  })

  it('is wrong when the vendor keeps answering another page', async () => {
    const { contacts } = server({
      count: 25,
      answer: (page, { limit }) => ({ ...page, records: numbers(limit), page: 1 }),
    })
    const error = await contactsErrorOf(() => contacts.list({ pageSize: 10 }).toArray())
    expect(error).toMatchObject({ code: 'bad_response', provider: 'canned', operation: 'list' })
    expect(error.message).toContain('another page')
  })

  it('ends past the end, also where the vendor then gives its last page', async () => {
    for (const pastEnd of ['empty', 'last'] as const) {
      const { contacts } = server({ count: 5, pastEnd })
      const page = await contacts.list({ pageSize: 2, cursor: 'o40' })
      expect(page).toEqual({ items: [], total: 5, complete: false })
    }
  })

  it('treats a record that cannot be mapped as onInvalid says, and still has every other one once', async () => {
    const { contacts, all } = server({ count: 25 }, { onInvalid: 'skip' })
    all[12] = 'broken'
    const there = records(await contacts.list({ pageSize: 10 }).toArray())
    expect(there).toEqual(numbers(25).filter((number) => number !== 12))
  })
})
