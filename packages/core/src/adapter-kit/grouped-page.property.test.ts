import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AdapterPage } from '../adapter/pages.ts'
import { ContactsError } from '../errors.ts'
import { groupedPage } from './grouped-page.ts'

interface Row {
  readonly id: string
  readonly key: string
}

interface Item {
  readonly key: string
  readonly rows: readonly Row[]
}

const rowsOf = (keys: readonly number[]): Row[] => keys.map((key, at) => ({ id: `r${at}`, key: `k${key}` }))
/** How many rows the item of each number has, and their order, shuffled. */
const scattered = fc.array(fc.nat({ max: 12 }), { maxLength: 40 }).map(rowsOf)
const sorted = scattered.map((rows) => rows.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)))
const size = fc.integer({ min: 1, max: 9 })

/** A vendor that gives its rows by pages of a size, and counts what it is asked for. */
function vendorOf(rows: readonly Row[], vendorPage: number) {
  const asked = { pages: 0, whole: 0 }
  const rowsBy = (key: string) => rows.filter((row) => row.key === key)
  const listing = {
    name: 'rows',
    async read(cursor: string | undefined) {
      asked.pages++
      const start = Number(cursor ?? 0)
      const end = start + vendorPage
      return { rows: rows.slice(start, end), nextCursor: end < rows.length ? String(end) : undefined }
    },
    keyOf: ({ key }: Row) => key,
    async whole(key: string): Promise<Item | undefined> {
      asked.whole++
      const all = rowsBy(key)
      return all.length > 0 ? { key, rows: all } : undefined
    },
    made: (key: string, of: readonly Row[]): Item => ({ key, rows: of }),
  }
  const unsorted = () => new ContactsError({ code: 'bad_response', message: 'unsorted' })
  const page = {
    sorted: (cursor?: string, pageSize?: number) =>
      groupedPage<Row, Item>({ cursor, pageSize }, { ...listing, unsorted }),
    // At the place of the row with the lowest id.
    scattered: (cursor?: string, pageSize?: number) =>
      groupedPage<Row, Item>(
        { cursor, pageSize },
        {
          ...listing,
          idOf: ({ id }) => id,
          isPlace: (item, row) => item.rows.every(({ id }) => row.id <= id),
        },
      ),
  }
  return { asked, page, rowsBy }
}

async function allPages(page: (cursor?: string) => Promise<AdapterPage<Item>>, from?: string) {
  const pages: AdapterPage<Item>[] = []
  for (let cursor = from; ; ) {
    const next = await page(cursor)
    pages.push(next)
    if (next.nextCursor === undefined) return pages
    cursor = next.nextCursor
  }
}

describe.each(['sorted', 'scattered'] as const)('pages of a listing that is %s', (order) => {
  const rows = order === 'sorted' ? sorted : scattered

  it('have every item once with all its rows, so many as were asked for, and go on from any cursor', async () => {
    await fc.assert(
      fc.asyncProperty(rows, size, size, async (all, vendorPage, pageSize) => {
        const { page, rowsBy } = vendorOf(all, vendorPage)
        const read = (cursor?: string) => page[order](cursor, pageSize)
        const pages = await allPages(read)
        const items = pages.flatMap((one) => one.items)
        const keys = [...new Set(all.map(({ key }) => key))]
        expect(items.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
        for (const item of items) expect(item.rows).toEqual(rowsBy(item.key))
        for (const { items: some } of pages.slice(0, -1)) expect(some).toHaveLength(pageSize)
        expect(pages.at(-1)?.items.length).toBeLessThanOrEqual(pageSize)
        let given = 0
        for (const { items: some, nextCursor } of pages.slice(0, -1)) {
          given += some.length
          const rest = await allPages(read, nextCursor)
          expect(rest.flatMap((one) => one.items)).toEqual(items.slice(given))
          // With another page size too, and without one.
          const others = await allPages((cursor) => page[order](cursor, undefined), nextCursor)
          expect(others.flatMap((one) => one.items)).toEqual(items.slice(given))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('without a size have what one page of rows gives', async () => {
    await fc.assert(
      fc.asyncProperty(rows, size, async (all, vendorPage) => {
        const { asked, page } = vendorOf(all, vendorPage)
        const pages = await allPages((cursor) => page[order](cursor))
        expect(pages).toHaveLength(Math.max(1, Math.ceil(all.length / vendorPage)))
        expect(asked.pages).toBe(pages.length)
        const items = pages.flatMap((one) => one.items)
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
        expect(items).toHaveLength(new Set(all.map(({ key }) => key)).size)
      }),
    )
  })

  it('read each page of rows at most once more than they are pages', async () => {
    await fc.assert(
      fc.asyncProperty(rows, size, size, async (all, vendorPage, pageSize) => {
        const { asked, page } = vendorOf(all, vendorPage)
        const pages = await allPages((cursor) => page[order](cursor, pageSize))
        expect(asked.pages).toBeLessThanOrEqual(Math.ceil(all.length / vendorPage) + pages.length)
        if (order === 'sorted') expect(asked.whole).toBe(0)
      }),
    )
  })
})

describe('a cursor', () => {
  it('that is none is refused', async () => {
    const { page } = vendorOf(rowsOf([1, 2, 3]), 2)
    const other = JSON.stringify(['others', null, 'k1', true])
    const odd = [
      'x',
      '[]',
      '{}',
      '"rows"',
      '["rows"]',
      '["rows",1,null,false]',
      '["rows",null,null,1]',
      other,
    ]
    for (const cursor of odd) {
      for (const order of ['sorted', 'scattered'] as const) {
        await expect(page[order](cursor)).rejects.toMatchObject({ code: 'invalid_input' })
      }
    }
    await expect(page.scattered('["rows",null,"x",true]')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('goes on with the row that it names, or where that was', async () => {
    const rows = rowsOf([1, 2, 3, 4, 5])
    const { nextCursor } = await vendorOf(rows, 10).page.scattered(undefined, 2)
    const shifted = await vendorOf(rows.slice(1), 10).page.scattered(nextCursor, 5)
    expect(shifted.items.map(({ key }) => key)).toEqual(['k3', 'k4', 'k5'])
    const less = rows.filter(({ key }) => key !== 'k3')
    const { items } = await vendorOf(less, 10).page.scattered(nextCursor, 5)
    expect(items.map(({ key }) => key)).toEqual(['k4', 'k5'])
    const none = await vendorOf([], 10).page.scattered(nextCursor, 5)
    expect(none).toEqual({ items: [] })
    const rest = await vendorOf(rows.slice(3), 10).page.scattered(nextCursor, 5)
    expect(rest.items.map(({ key }) => key)).toEqual(['k4', 'k5'])
  })

  it('goes on after what was given when new rows push it off the page, and others go', async () => {
    const keyed = (...keys: string[]) => keys.map((key) => ({ id: key, key }))
    const before = keyed('a', 'b', 'c', 'd', 'e')
    const { items, nextCursor } = await vendorOf(before, 4).page.scattered(undefined, 3)
    expect(items.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    for (const rows of [
      keyed('n', 'a', 'b', 'c', 'd', 'e'),
      keyed('n', 'm', 'a', 'b', 'd', 'e'),
      keyed('n', 'm', 'a', 'b', 'c', 'd', 'e'),
    ]) {
      const rest = await allPages((cursor) => vendorOf(rows, 4).page.scattered(cursor, 3), nextCursor)
      expect(rest.flatMap((page) => page.items.map(({ key }) => key))).toEqual(['d', 'e'])
    }
  })

  it('of a sorted listing goes on after what was given, whatever has come and gone', async () => {
    const keyed = (...keys: string[]) => keys.map((key) => ({ id: key, key }))
    const { nextCursor } = await vendorOf(keyed('a', 'b', 'c', 'd'), 10).page.sorted(undefined, 2)
    const { items } = await vendorOf(keyed('a', 'aa', 'c', 'cc', 'd'), 10).page.sorted(nextCursor)
    expect(items.map(({ key }) => key)).toEqual(['c', 'cc', 'd'])
  })

  // A row of a client that is gone, so that nothing comes of it.
  it.each([
    ['comes again', () => 'again', 1, 2],
    ['comes again after another', (n: number) => `${n % 2}`, 1, 3],
    ['is new each time, on pages without rows', String, 0, 20],
    ['is new each time, on pages of which nothing comes', String, 1, 10_000],
  ])('of the vendor’s that %s ends it', async (_, cursorOf, rowsOnPage, most) => {
    let pages = 0
    const spec = {
      name: 'rows',
      keyOf: ({ key }: Row) => key,
      whole: async () => undefined,
      async read() {
        // Without the guard it would go on for ever, and no time limit ends what never waits.
        if (++pages > most) throw new Error('It goes on.')
        return { rows: rowsOf(Array(rowsOnPage).fill(1)), nextCursor: cursorOf(pages) }
      },
    }
    const scattered = { ...spec, idOf: ({ id }: Row) => id, isPlace: () => true }
    const sorted = {
      ...spec,
      made: (key: string) => ({ key }),
      unsorted: () => new ContactsError({ code: 'config', message: '' }),
    }
    const query = { pageSize: 5 }
    await expect(groupedPage(query, scattered)).rejects.toMatchObject({ code: 'bad_response' })
    expect(pages).toBe(most)
    // Rows of one item without end are held until it is complete, and looked at again: there the circles are enough.
    if (most > 20) return
    pages = 0
    await expect(groupedPage(query, sorted)).rejects.toMatchObject({ code: 'bad_response' })
  })

  it('of a listing that is not sorted is refused, from page to page too', async () => {
    for (const keys of [
      [2, 1],
      [1, 3, 2, 4],
    ]) {
      const { page } = vendorOf(rowsOf(keys), 2)
      for (const pageSize of [undefined, 1, 2, 9]) {
        await expect(allPages((cursor) => page.sorted(cursor, pageSize))).rejects.toThrow('unsorted')
      }
    }
  })
})
