import { describe, expect, it, vi } from 'vitest'
import { createPager } from '../pager.ts'
import { movingList } from './testing/moving-list.ts'

describe('a total that was promised and is not reached', () => {
  it('has the page at the end asked for once more, and is reported when that brings nothing', async () => {
    for (const [isKnownAhead, isNumbered] of [
      [false, true],
      [true, true],
      [false, false],
    ] as const) {
      const onIncomplete = vi.fn()
      const { source, asked } = movingList({
        count: 5,
        size: 2,
        isKnownAhead,
        isNumbered,
        total: () => 7,
        onIncomplete,
      })
      const pages: number[] = []
      for await (const { items } of createPager(source).pages()) pages.push(items.length)
      // The page that was asked for again brings nothing, and is not given.
      expect(pages).toEqual(isKnownAhead ? [2, 2, 1, 0] : [2, 2, 1])
      expect(asked).toEqual(isKnownAhead ? [0, 1, 2, 3, 3] : [0, 1, 2, 2])
      expect(onIncomplete.mock.calls).toEqual([['It ended after 5 items, although the provider counts 7.']])
    }
  })

  it('is reached after all when the page at the end has more by then', async () => {
    const onIncomplete = vi.fn()
    const { source, asked } = movingList({
      count: 9,
      size: 3,
      onIncomplete,
      // A replica that lags behind: it has not the rest yet, and takes its page for the last.
      answer: (page, number, read) =>
        number === 1 && read === 1 ? { ...page, items: ['i2', 'i3'], nextCursor: undefined } : page,
    })
    const pages: string[][] = []
    for await (const { items } of createPager(source).pages()) pages.push(items)
    expect(pages).toEqual([['i0', 'i1', 'i2'], ['i3'], ['i4', 'i5'], ['i6', 'i7', 'i8']])
    expect(asked).toEqual([0, 1, 1, 2])
    expect(onIncomplete).not.toHaveBeenCalled()
  })

  it('is asked about at the first page without news, and read on from there', async () => {
    const onIncomplete = vi.fn()
    const { source, asked } = movingList({
      count: 20,
      size: 2,
      isKnownAhead: true,
      concurrency: 1,
      overlaps: false,
      onIncomplete,
      // A replica that lags behind has only the first pages yet.
      answer: (page, _, read) =>
        read > 3 && read < 7 ? { ...page, items: [], nextCursor: undefined } : page,
    })
    expect(await createPager(source).toArray()).toHaveLength(20)
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 8, 9])
    expect(onIncomplete).not.toHaveBeenCalled()
  })

  it('is asked about where the only page comes empty', async () => {
    const { source, asked } = movingList({
      count: 2,
      size: 3,
      answer: (page, _, read) => (read === 0 ? { ...page, items: [] } : page),
    })
    expect(await createPager(source).toArray()).toEqual(['i0', 'i1'])
    expect(asked).toEqual([0, 0])
  })

  it('counts what came meanwhile as no promise, and what was left out as there', async () => {
    const onIncomplete = vi.fn()
    const grown = movingList({
      count: 6,
      size: 2,
      onIncomplete,
      beforeRead: (read, items) => read === 1 && items.unshift('new'),
    })
    expect(await createPager(grown.source).toArray()).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5'])
    const filtered = movingList({
      count: 6,
      size: 2,
      overlaps: false,
      onIncomplete,
      answer: (page) => ({ ...page, keep: (item) => item === 'i4', items: page.items.slice(1), skipped: 1 }),
    })
    expect(await createPager(filtered.source).toArray()).toEqual([])
    expect(filtered.asked).toEqual([0, 1, 2])
    expect(onIncomplete).not.toHaveBeenCalled()
  })

  it('is none where the listing began in the middle, or nobody reads to the end', async () => {
    const onIncomplete = vi.fn()
    const later = movingList({ count: 6, size: 2, total: () => 99, onIncomplete, cursor: '1' })
    await createPager(later.source).toArray()
    expect(later.asked).toEqual([1, 2])
    const { source } = movingList({ count: 6, size: 2, total: () => 99, onIncomplete })
    expect(await createPager(source).toArray({ limit: 4 })).toHaveLength(4)
    expect(onIncomplete).not.toHaveBeenCalled()
  })
})

describe('a total that is too small', () => {
  it.each([0, 3])('does not end the listing: %i', async (told) => {
    for (const isKnownAhead of [false, true]) {
      const { source } = movingList({ count: 9, size: 2, isKnownAhead, total: () => told })
      expect(await createPager(source).toArray()).toHaveLength(9)
    }
  })
})

describe('a total that moves', () => {
  const read = async (
    { isNumbered = true, overlaps = true }: { isNumbered?: boolean; overlaps?: boolean },
    ...counts: readonly number[]
  ): Promise<boolean | undefined> => {
    const { source } = movingList({
      count: 10,
      size: 2,
      isNumbered,
      overlaps,
      beforeRead(read, items) {
        const by = counts[read] ?? 0
        if (by > 0) items.push(...Array.from({ length: by }, (_, n) => `new${read} ${n}`))
        if (by < 0) items.splice(0, -by)
      },
      answer: (page) => ({ ...page, reachesAll: true }),
    })
    const pager = createPager(source)
    await pager.toArray()
    return pager.complete
  }

  it('leaves a numbered listing complete while contacts only come, or only go', async () => {
    for (const overlaps of [true, false]) {
      expect(await read({ overlaps }, 0, 1, 2)).toBe(true)
      expect(await read({ overlaps }, 0, -1, 0, -1)).toBe(true)
    }
  })

  it('leaves it complete where both happen and pages overlap, or cursors point at items', async () => {
    expect(await read({}, 0, 1, -1)).toBe(true)
    expect(await read({}, 0, -1, 0, 1)).toBe(true)
    expect(await read({ isNumbered: false }, 0, 1, 0, -1)).toBe(true)
  })

  it('makes it incomplete where both happen and pages do not overlap: as many of both may be unseen', async () => {
    expect(await read({ overlaps: false }, 0, 1, -1)).toBe(false)
    expect(await read({ overlaps: false }, 0, -1, 0, 1)).toBe(false)
  })
})
