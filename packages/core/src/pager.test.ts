import { describe, expect, it, vi } from 'vitest'
import { contactsErrorOf, failureOf } from './client/testing/failure.ts'
import { createPager, type Page } from './pager.ts'
import { collect } from './paging/testing/collect.ts'
import { controlledPages, numberedPages } from './paging/testing/controlled-pages.ts'
import { settle } from './paging/testing/deferred.ts'
import { failOnUnhandledRejections } from './paging/testing/unhandled.ts'

failOnUnhandledRejections()

describe('awaiting a pager', () => {
  it('asks for nothing before', async () => {
    const { source, requests } = numberedPages(3, 2)
    const pager = createPager(source)
    pager.pages()
    pager[Symbol.asyncIterator]()
    await settle()
    expect(requests).toEqual([])
  })

  it('has no getter of its own, by which V8 would keep the page until a full garbage collection', () => {
    const { source } = numberedPages(3, 2)
    const own = Object.values(Object.getOwnPropertyDescriptors(createPager(source)))
    expect(own.filter(({ get }) => get)).toEqual([])
  })

  it('has methods that can be passed on by themselves, or copied into another object', async () => {
    const { pages, toArray, then } = createPager(numberedPages(3, 2).source)
    expect(await [undefined].map(toArray)[0]).toEqual([0, 1, 2, 3, 4, 5])
    expect(await collect(pages())).toHaveLength(3)
    expect(await then()).toEqual({ items: [0, 1], nextCursor: '1' })
    const copy = { ...createPager(numberedPages(3, 2).source), note: 'mine' }
    expect(await copy).toHaveProperty('items', [0, 1])
    expect(await collect(copy)).toHaveLength(6)
  })

  it('can be wrapped in a proxy, as frameworks do with what they watch', async () => {
    const pager = new Proxy(createPager(numberedPages(3, 2).source), {})
    expect(await pager.toArray()).toHaveLength(6)
    expect(pager.complete).toBeUndefined()
    expect((await pager).items).toEqual([0, 1])
  })

  it('gives one page with one request, however often it is awaited', async () => {
    const { source, cursors } = numberedPages(3, 2)
    const pager = createPager(source)
    const page = await pager
    expect(page).toEqual({ items: [0, 1], nextCursor: '1' })
    expect(await pager).toBe(page)
    expect(await Promise.all([pager, pager.then((same) => same), pager.catch(() => undefined)])).toEqual([
      page,
      page,
      page,
    ])
    await settle()
    expect(cursors()).toEqual([undefined])
  })

  it('begins at the cursor', async () => {
    const { source, cursors } = numberedPages(3, 2, { cursor: '2' })
    expect(await createPager(source)).toEqual({ items: [4, 5] })
    expect(cursors()).toEqual(['2'])
  })

  it('hands on what the page says beside its items', async () => {
    const page: Page<number> = { items: [1], nextCursor: 'a', total: 9, extra: { unread: 2 } }
    const pager = createPager<number>({ fetchPage: async () => page })
    expect(await pager).toEqual(page)
    expect((await pager.pages().next()).value).toEqual(page)
  })

  it('rejects as a promise does, each time with the same failure', async () => {
    const reason = new Error('down')
    const fetchPage = vi.fn(() => Promise.reject(reason))
    const pager = createPager<number>({ fetchPage })
    expect(await failureOf(() => pager)).toBe(reason)
    expect(await pager.catch((error: unknown) => error)).toBe(reason)
    const onFinally = vi.fn()
    expect(await failureOf(() => pager.finally(onFinally))).toBe(reason)
    expect(onFinally).toHaveBeenCalledOnce()
    expect(fetchPage).toHaveBeenCalledOnce()
  })

  it('runs finally after a page too', async () => {
    const onFinally = vi.fn()
    const page = await createPager(numberedPages(1, 1).source).finally(onFinally)
    expect(page).toEqual({ items: [0] })
    expect(onFinally).toHaveBeenCalledOnce()
  })
})

describe('a page of a pager', () => {
  it('has the items that its source keeps, in a list of its own, and a total that counts them', async () => {
    const given = { items: [1, 2, 3], total: 3, skipped: 2, keep: (item: number) => item !== 2 }
    const pager = createPager<number>({ fetchPage: async () => ({ ...given, isTotalExact: false }) })
    expect(await pager).toEqual({ items: [1, 3] })
    expect((await pager.pages().next()).value).toEqual({ items: [1, 3] })
    const { items, total } = await createPager<number>({ fetchPage: async () => given })
    expect(total).toBe(3)
    items.pop()
    expect(given.items).toEqual([1, 2, 3])
  })
})

describe('iterating over a pager', () => {
  it('gives every item of every page, also past pages without any', async () => {
    const pages: Record<string, Page<number>> = {
      first: { items: [], nextCursor: 'a' },
      a: { items: [1, 2], nextCursor: 'b' },
      b: { items: [], nextCursor: 'c' },
      c: { items: [3] },
    }
    const fetchPage = async (cursor = 'first'): Promise<Page<number>> => pages[cursor] ?? { items: [] }
    expect(await collect(createPager({ fetchPage }))).toEqual([1, 2, 3])
    expect((await collect(createPager({ fetchPage }).pages())).map(({ items }) => items)).toEqual([
      [],
      [1, 2],
      [],
      [3],
    ])
  })

  it('gives nothing for an empty listing', async () => {
    expect(await collect(createPager(numberedPages(1, 0).source))).toEqual([])
  })

  it('begins anew each time', async () => {
    const { source, cursors } = numberedPages(2, 1)
    const pager = createPager(source)
    expect(await collect(pager)).toEqual([0, 1])
    expect(await collect(pager)).toEqual([0, 1])
    expect(cursors()).toEqual([undefined, '1', undefined, '1'])
  })

  it('reads the batches where the source has them, and pages still by page', async () => {
    const batches = vi.fn(async function* () {
      yield { items: [1, 2] }
      yield { items: [] }
      yield { items: [3] }
    })
    const { source, cursors } = numberedPages(2, 1, { batches })
    const pager = createPager(source)
    expect(await collect(pager)).toEqual([1, 2, 3])
    expect(await pager.toArray()).toEqual([1, 2, 3])
    expect(cursors()).toEqual([])
    expect(await collect(pager.pages())).toHaveLength(2)
    expect(batches).toHaveBeenCalledTimes(2)
  })

  it('throws a failure after the items before it, and is over then', async () => {
    const { source, requests } = controlledPages()
    const items = createPager(source)[Symbol.asyncIterator]()
    const first = items.next()
    requests[0]?.answer({ items: [1], nextCursor: 'a' })
    expect(await first).toEqual({ done: false, value: 1 })
    const second = items.next()
    await settle()
    requests[1]?.fail(new Error('cut'))
    expect(await failureOf(() => second)).toEqual(new Error('cut'))
    expect(await items.next()).toEqual({ done: true, value: undefined })
  })

  it('answers calls of next in the order in which they came', async () => {
    const { source } = numberedPages(3, 2)
    const items = createPager(source)[Symbol.asyncIterator]()
    const answers = await Promise.all(Array.from({ length: 8 }, () => items.next()))
    expect(answers.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, undefined, undefined])
    expect(answers.map(({ done }) => done)).toEqual([false, false, false, false, false, false, true, true])
  })

  it('loses nothing when a call comes while an earlier one waits for its page', async () => {
    const { source, requests } = controlledPages()
    const items = createPager(source)[Symbol.asyncIterator]()
    const [first, second] = [items.next(), items.next()]
    await settle()
    requests[0]?.answer({ items: [1], nextCursor: 'a' })
    expect((await first).value).toBe(1)
    const third = items.next()
    await settle()
    requests[1]?.answer({ items: [2, 3], nextCursor: 'b' })
    await settle()
    requests[2]?.answer({ items: [4] })
    expect([(await second).value, (await third).value, (await items.next()).value]).toEqual([2, 3, 4])
  })

  it('keeps the order when calls of next and return overlap', async () => {
    const { source, requests } = controlledPages()
    const items = createPager(source)[Symbol.asyncIterator]()
    const pending = [items.next(), items.next(), items.return?.(), items.next()]
    await settle()
    requests[0]?.answer({ items: [1, 2, 3] })
    const answers = await Promise.all(pending)
    expect(answers.map((answer) => answer?.value)).toEqual([1, 2, undefined, undefined])
  })

  it('can be left before it began', async () => {
    const { source, requests } = numberedPages(2, 1)
    const items = createPager(source)[Symbol.asyncIterator]()
    expect(await items.return?.()).toEqual({ done: true, value: undefined })
    expect(await items.next()).toEqual({ done: true, value: undefined })
    expect(requests).toEqual([])
  })

  it('gives an iterator that can be iterated over itself', async () => {
    const items = createPager(numberedPages(2, 2).source)[Symbol.asyncIterator]()
    await items.next()
    expect(await collect(items)).toEqual([1, 2, 3])
  })
})

describe('toArray', () => {
  it('reads everything', async () => {
    expect(await createPager(numberedPages(3, 2).source).toArray()).toEqual([0, 1, 2, 3, 4, 5])
  })

  it.each([
    [1, [0]],
    [2, [0, 1]],
    [3, [0, 1, 2]],
    [6, [0, 1, 2, 3, 4, 5]],
    [99, [0, 1, 2, 3, 4, 5]],
    [Number.POSITIVE_INFINITY, [0, 1, 2, 3, 4, 5]],
  ])('stops after %d items', async (limit, expected) => {
    expect(await createPager(numberedPages(3, 2).source).toArray({ limit })).toEqual(expected)
  })

  it('reads no page beyond the one that was being fetched ahead', async () => {
    const { source, cursors, requests } = numberedPages(9, 2)
    await createPager(source).toArray({ limit: 3 })
    await settle()
    expect(cursors()).toEqual([undefined, '1', '2'])
    expect(requests.at(-1)?.signal?.aborted).toBe(true)
  })

  it('asks for nothing when nothing is wanted', async () => {
    const { source, requests } = numberedPages(3, 2)
    expect(await createPager(source).toArray({ limit: 0 })).toEqual([])
    expect(requests).toEqual([])
  })

  it.each([-1, 1.5, Number.NaN, Number.NEGATIVE_INFINITY])('refuses %d as a limit', async (limit) => {
    const error = await contactsErrorOf(() => createPager(numberedPages(1, 1).source).toArray({ limit }))
    expect(error.code).toBe('invalid_input')
  })
})
