import { describe, expect, it, vi } from 'vitest'
import { failureOf } from '../client/testing/failure.ts'
import { batchesOf, createPager } from '../pager.ts'
import { garbageCollector } from './testing/collect-garbage.ts'
import { controlledPages, numberedPages } from './testing/controlled-pages.ts'
import { deferred, settle } from './testing/deferred.ts'
import { failOnUnhandledRejections } from './testing/unhandled.ts'

failOnUnhandledRejections()

describe('fetching the next page', () => {
  it('is under way while the consumer handles this one, and no further one is', async () => {
    const { source, requests, cursors } = controlledPages()
    const handling = deferred()
    const seen: number[] = []
    const reading = (async () => {
      for await (const item of createPager(source)) {
        seen.push(item)
        await handling.promise
      }
    })()
    await settle()
    requests[0]?.answer({ items: [1, 2], nextCursor: 'a' })
    await settle()
    expect(seen).toEqual([1])
    expect(cursors()).toEqual([undefined, 'a'])
    requests[1]?.answer({ items: [3], nextCursor: 'b' })
    await settle()
    expect(cursors()).toEqual([undefined, 'a'])
    handling.resolve()
    await settle()
    expect(seen).toEqual([1, 2, 3])
    expect(cursors()).toEqual([undefined, 'a', 'b'])
    requests[2]?.answer({ items: [4] })
    await reading
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('is ended when the consumer leaves, and its failure troubles nobody', async () => {
    const { source, requests } = controlledPages()
    const reading = (async () => {
      for await (const _ of createPager(source)) break
    })()
    await settle()
    requests[0]?.answer({ items: [1, 2], nextCursor: 'a' })
    await reading
    expect(requests[1]?.signal?.aborted).toBe(true)
    expect(requests).toHaveLength(2)
  })

  it('may fail before the consumer comes back: the failure waits for its turn', async () => {
    const { source, requests } = controlledPages()
    const pages = createPager(source).pages()
    const first = pages.next()
    await settle()
    requests[0]?.answer({ items: [1], nextCursor: 'a' })
    expect((await first).value).toEqual({ items: [1], nextCursor: 'a' })
    requests[1]?.fail(new Error('cut'))
    await settle()
    expect(await failureOf(() => pages.next())).toEqual(new Error('cut'))
    expect(await pages.next()).toEqual({ done: true, value: undefined })
  })

  it('is ended when the consumer throws', async () => {
    const { source, requests } = numberedPages(5, 1)
    const failure = await failureOf(async () => {
      for await (const _ of createPager(source)) throw new Error('mine')
    })
    expect(failure).toEqual(new Error('mine'))
    expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true, true])
  })
})

describe('cursors that are known from the first page', () => {
  const known = (count: number) => ({
    laterCursors: () => Array.from({ length: count }, (_, index) => String(index + 1)),
  })

  it('are fetched several at once, as many as allowed, and given in order', async () => {
    const { source, requests, cursors } = controlledPages({ ...known(5), concurrency: 3 })
    const seen: number[][] = []
    const reading = (async () => {
      for await (const { items } of createPager(source).pages()) seen.push(items)
    })()
    await settle()
    expect(cursors()).toEqual([undefined])
    requests[0]?.answer({ items: [0] })
    await settle()
    expect(cursors()).toEqual([undefined, '1', '2', '3'])
    // The later ones are there first, and wait.
    requests[3]?.answer({ items: [3] })
    requests[2]?.answer({ items: [2] })
    await settle()
    expect(seen).toEqual([[0]])
    expect(cursors()).toEqual([undefined, '1', '2', '3'])
    requests[1]?.answer({ items: [1] })
    await settle()
    expect(seen).toEqual([[0], [1], [2], [3]])
    expect(cursors()).toEqual([undefined, '1', '2', '3', '4', '5'])
    requests[5]?.answer({ items: [5] })
    requests[4]?.answer({ items: [4] })
    await reading
    expect(seen).toEqual([[0], [1], [2], [3], [4], [5]])
  })

  it.each([1, 2, 7])('are never more than %d under way', async (concurrency) => {
    let underWay = 0
    let most = 0
    const { source } = numberedPages(20, 3, { ...known(19), concurrency })
    const items = await createPager<number>({
      ...source,
      async fetchPage(cursor, signal) {
        underWay++
        most = Math.max(most, underWay)
        await settle()
        const { items } = await source.fetchPage(cursor, signal)
        underWay--
        return { items }
      },
    }).toArray()
    expect(items).toEqual(Array.from({ length: 60 }, (_, index) => index))
    expect(most).toBe(concurrency)
  })

  it('are four at once at first, and as many as were read up to eight, when nothing else is said', async () => {
    const { source, requests, cursors } = controlledPages(known(30))
    const pages = createPager(source).pages()
    const ahead: number[] = []
    for (let page = 0; page < 12; page++) {
      const reading = pages.next()
      await settle()
      requests[page]?.answer({ items: [page] })
      await reading
      ahead.push(cursors().length - 1 - page)
    }
    expect(ahead).toEqual([4, 4, 4, 4, 5, 6, 7, 8, 8, 8, 8, 8])
    await pages.return()
  })

  it('fail in the order of the pages, not of the answers', async () => {
    const { source, requests } = controlledPages({ ...known(3), concurrency: 3 })
    const seen: number[] = []
    const failure = failureOf(async () => {
      for await (const item of createPager(source)) seen.push(item)
    })
    await settle()
    requests[0]?.answer({ items: [0] })
    await settle()
    requests[3]?.fail(new Error('third'))
    requests[2]?.fail(new Error('second'))
    await settle()
    requests[1]?.answer({ items: [1] })
    expect(await failure).toEqual(new Error('second'))
    expect(seen).toEqual([0, 1])
    expect(requests.every(({ signal }) => signal?.aborted)).toBe(true)
  })

  it('are all left when the consumer leaves, their list too', async () => {
    const listLeft = vi.fn()
    const { source, requests } = controlledPages({
      concurrency: 2,
      *laterCursors() {
        try {
          for (let page = 1; ; page++) yield String(page)
        } finally {
          listLeft()
        }
      },
    })
    const reading = (async () => {
      for await (const _ of createPager(source)) break
    })()
    await settle()
    requests[0]?.answer({ items: [0] })
    await reading
    expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true, true, true])
    expect(listLeft).toHaveBeenCalledOnce()
  })

  it('go on by the cursor of the last page, where there is one', async () => {
    const { source, cursors } = numberedPages(6, 1, { laterCursors: () => ['1', '2'] })
    expect(await createPager(source).toArray()).toEqual([0, 1, 2, 3, 4, 5])
    expect(cursors()).toEqual([undefined, '1', '2', '3', '4', '5'])
  })

  it('may be none', async () => {
    const { source } = numberedPages(3, 1, { laterCursors: () => [] })
    expect(await createPager(source).toArray()).toEqual([0, 1, 2])
  })

  it('that repeat are an error after the pages before', async () => {
    const { source } = numberedPages(3, 1, { laterCursors: () => ['1', '1'] })
    const seen: number[] = []
    const failure = await failureOf(async () => {
      for await (const item of createPager(source)) seen.push(item)
    })
    expect(failure).toMatchObject({ code: 'bad_response' })
    expect(seen).toEqual([0, 1])
  })

  it('whose finding fails are an error of the listing', async () => {
    const { source } = numberedPages(3, 1, {
      laterCursors() {
        throw new Error('no total')
      },
    })
    expect(await failureOf(() => createPager(source).toArray())).toEqual(new Error('no total'))
  })
})

describe('a stream', () => {
  it('is left when the consumer leaves: its own end first, then its signal', async () => {
    const events: string[] = []
    const pager = createPager<number>({
      fetchPage: async () => ({ items: [] }),
      async *batches(signal) {
        signal.addEventListener('abort', () => events.push('aborted'))
        try {
          yield { items: [1, 2] }
          yield { items: [3] }
        } finally {
          events.push('returned')
        }
      },
    })
    for await (const item of pager) if (item === 2) break
    expect(events).toEqual(['returned', 'aborted'])
  })

  it('is read no faster than its items are handled', async () => {
    let produced = 0
    const source = {
      fetchPage: async () => ({ items: [] }),
      async *batches() {
        for (; produced < 10; ) yield { items: [produced++] }
      },
    }
    const batches = batchesOf(source)
    await batches.next()
    await settle()
    expect(produced).toBe(1)
    await batches.next()
    expect(produced).toBe(2)
    await batches.return()
  })
})

describe('memory', () => {
  it.each([true, false])(
    'holds a few pages of a listing of a million, never all (numbered: %s)',
    async (isNumbered) => {
      const [pages, pageSize] = [10_000, 100]
      const collectGarbage = garbageCollector()
      const made: WeakRef<object>[] = []
      const pager = createPager<{ readonly id: number }>({
        idOf: ({ id }) => String(id),
        isNumbered,
        async fetchPage(cursor) {
          const page = Number(cursor ?? 0)
          const items = Array.from({ length: pageSize }, (_, index) => ({ id: page * pageSize + index }))
          if (items[0]) made.push(new WeakRef(items[0]))
          return { items, total: pages * pageSize, ...(page + 1 < pages && { nextCursor: String(page + 1) }) }
        },
      })
      const alive: number[] = []
      let count = 0
      for await (const { id } of pager) {
        if (id !== count) break
        count++
        if (count % 250_000 !== 50) continue
        await collectGarbage()
        alive.push(made.filter((page) => page.deref() !== undefined).length)
      }
      expect(count).toBe(pages * pageSize)
      expect(made).toHaveLength(pages)
      // This page, and the one fetched ahead.
      expect(alive).toEqual([2, 2, 2, 2])
    },
  )
})
