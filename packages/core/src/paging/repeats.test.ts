import { describe, expect, it } from 'vitest'
import { contactsErrorOf } from '../client/testing/failure.ts'
import { createPager } from '../pager.ts'
import type { PageSource, SourcePage } from './page-source.ts'
import { movingList } from './testing/moving-list.ts'

/** A source whose cursors never repeat, whatever its pages hold. */
function endless(pageOf: (read: number) => SourcePage<string>, more: Partial<PageSource<string>> = {}) {
  let reads = 0
  const source: PageSource<string> = {
    idOf: (item) => item,
    fetchPage: async () => ({ nextCursor: String(reads + 1), ...pageOf(reads++) }),
    ...more,
  }
  return { pager: createPager(source), reads: () => reads }
}

describe('pages that overlap', () => {
  it('give each item once, where numbered pages shift', async () => {
    const { source } = movingList({
      count: 6,
      size: 2,
      beforeRead: (read, items) => read > 0 && items.unshift(`new${read}`),
    })
    expect(await createPager(source).toArray()).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5'])
  })

  it('give each item once, where a cursor stands on an item instead of after it', async () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const fetchPage = async (cursor = '0'): Promise<SourcePage<string>> => {
      const items = all.slice(Number(cursor), Number(cursor) + 3)
      const end = Number(cursor) + 2
      return { items, ...(end < all.length - 1 && { nextCursor: String(end) }) }
    }
    const source = { idOf: (item: string) => item, isNumbered: false, fetchPage }
    expect(await createPager(source).toArray()).toEqual(all)
  })

  it('are compared item by item, in any order', async () => {
    const pages = [['a', 'b', 'c'], ['b', 'new', 'c', 'd'], ['e']]
    const { pager } = endless(
      (read) => ({ items: pages[read] ?? [], ...(read === 2 && { nextCursor: undefined }) }),
      {
        isNumbered: false,
      },
    )
    expect(await pager.toArray()).toEqual(['a', 'b', 'c', 'new', 'd', 'e'])
  })
})

describe('a listing that brings nothing new', () => {
  it.each([true, false])('is an error after a few pages (numbered: %s)', async (isNumbered) => {
    const { pager, reads } = endless(() => ({ items: ['a', 'b'] }), { isNumbered })
    const error = await contactsErrorOf(() => pager.toArray())
    expect(error).toMatchObject({ code: 'bad_response' })
    expect(error.message).toContain('20 pages in a row on which nothing was new')
    expect(reads()).toBeLessThan(25)
  })

  it('is one too where a filter leaves nothing, and where empty pages lie between', async () => {
    const { pager, reads } = endless((read) => ({ items: read % 2 ? [] : ['a', 'b'], keep: () => false }))
    expect(await contactsErrorOf(() => pager.toArray())).toMatchObject({ code: 'bad_response' })
    expect(reads()).toBeLessThan(50)
  })

  it('is none while something new comes now and then', async () => {
    const { pager } = endless((read) => ({
      items: read % 15 === 0 ? [`new${read}`] : ['new0'],
      nextCursor: read < 100 ? String(read) : undefined,
    }))
    expect(await pager.toArray()).toHaveLength(7)
  })

  it('is none while as many items come as are pushed onto later pages', async () => {
    const { source, asked } = movingList({
      count: 44,
      size: 1,
      // 30 newcomers push 30 items that were given onto the next 30 pages.
      beforeRead: (read, items) =>
        read === 40 && items.unshift(...Array.from({ length: 30 }, (_, n) => `new${n}`)),
    })
    const items = await createPager(source).toArray()
    expect(items).toEqual(Array.from({ length: 44 }, (_, n) => `i${n}`))
    expect(asked).toHaveLength(74)
  })
})

describe('an empty page', () => {
  it('is not the end while more is promised', async () => {
    const { pager } = endless((read) => (read < 15 ? { items: [] } : { items: ['a'], nextCursor: undefined }))
    expect(await pager.toArray()).toEqual(['a'])
  })

  it.each([
    ['20 empty pages', {}],
    ['1000 empty pages', { isFiltered: true }],
    ['10000 pages in a row of whose records nothing could be made', { records: 5 }],
    ['10000 pages in a row of whose records nothing could be made', { skipped: 5 }],
  ])('is followed by others, but not endlessly: %s', async (what, page) => {
    const { pager, reads } = endless(() => ({ items: [], ...page }))
    const error = await contactsErrorOf(() => pager.toArray())
    expect(error).toMatchObject({ code: 'bad_response', message: expect.stringContaining(what) })
    expect(reads()).toBe(Number.parseInt(what, 10) + 1)
  })
})
