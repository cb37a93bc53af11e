import { describe, expect, it, vi } from 'vitest'
import { failureOf } from '../client/testing/failure.ts'
import { createPager, type Page } from '../pager.ts'
import { collect } from './testing/collect.ts'
import { controlledPages, numberedPages } from './testing/controlled-pages.ts'
import { settle } from './testing/deferred.ts'
import { failOnUnhandledRejections } from './testing/unhandled.ts'

failOnUnhandledRejections()

describe('the signal', () => {
  it('is not even tried when it was aborted before', async () => {
    const reason = new Error('no longer wanted')
    const { source, requests } = numberedPages(2, 1, { signal: AbortSignal.abort(reason) })
    const pager = createPager(source)
    expect(await failureOf(() => pager)).toBe(reason)
    expect(await failureOf(() => pager.pages().next())).toBe(reason)
    expect(await failureOf(() => pager.toArray())).toBe(reason)
    expect(await failureOf(() => collect(pager))).toBe(reason)
    expect(requests).toEqual([])
  })

  it('ends a request with its reason', async () => {
    const reason = { why: 'left' }
    const controller = new AbortController()
    const { source, requests } = controlledPages({ signal: controller.signal })
    const failure = failureOf(() => collect(createPager(source)))
    await settle()
    controller.abort(reason)
    expect(await failure).toBe(reason)
    expect(requests).toHaveLength(1)
    expect(requests[0]?.signal?.reason).toBe(reason)
  })

  it('ends the listing although the next page is there already, and in the middle of a page', async () => {
    const controller = new AbortController()
    const { source } = numberedPages(3, 2, { signal: controller.signal })
    const seen: number[] = []
    const failure = await failureOf(async () => {
      for await (const item of createPager(source)) {
        seen.push(item)
        await settle()
        if (item === 2) controller.abort('enough')
      }
    })
    expect(failure).toBe('enough')
    expect(seen).toEqual([0, 1, 2])
  })

  it('ends a stream that does not look at it', async () => {
    const controller = new AbortController()
    const ended = vi.fn()
    const pager = createPager<number>({
      fetchPage: async () => ({ items: [] }),
      signal: controller.signal,
      async *batches() {
        try {
          for (let batch = 0; ; batch++) yield { items: [batch] }
        } finally {
          ended()
        }
      },
    })
    const failure = await failureOf(async () => {
      for await (const item of pager) if (item === 3) controller.abort('enough')
    })
    expect(failure).toBe('enough')
    expect(ended).toHaveBeenCalledOnce()
  })

  it('ends the listing at whatever point a source stands that does not look at it', async () => {
    const pages: Record<string, Page<number>> = { first: { items: [1], nextCursor: 'a' }, a: { items: [2] } }
    const read = async (abortAt: 'first' | 'a' | 1 | 2, isStream: boolean): Promise<unknown[]> => {
      const controller = new AbortController()
      const step = (at: unknown): void => {
        if (at === abortAt) controller.abort('enough')
      }
      const pager = createPager<number>({
        signal: controller.signal,
        async fetchPage(cursor = 'first') {
          // Longer than the consumer takes for an item, so that it waits.
          for (let turn = 0; turn < 3; turn++) await settle()
          step(cursor)
          return pages[cursor] ?? { items: [] }
        },
        ...(isStream && {
          async *batches() {
            for (const [cursor, { items }] of Object.entries(pages)) {
              step(cursor)
              yield { items }
            }
          },
        }),
      })
      const seen: unknown[] = []
      const failure = await failureOf(async () => {
        for await (const item of pager) {
          seen.push(item)
          await settle()
          step(item)
        }
      })
      return [...seen, failure]
    }
    for (const isStream of [false, true]) {
      expect(await read('first', isStream)).toEqual(['enough'])
      expect(await read(1, isStream)).toEqual([1, 'enough'])
      expect(await read('a', isStream)).toEqual([1, 'enough'])
      // Also when all has been handed out already.
      expect(await read(2, isStream)).toEqual([1, 2, 'enough'])
    }
  })

  it('keeps a stream from being begun', async () => {
    const batches = vi.fn(async function* () {
      yield { items: [1] }
    })
    const pager = createPager<number>({
      signal: AbortSignal.abort('enough'),
      fetchPage: async () => ({ items: [] }),
      batches,
    })
    expect(await failureOf(() => pager.toArray())).toBe('enough')
    expect(batches).not.toHaveBeenCalled()
  })

  it('is listened to no longer when the listing is over, failed or was left', async () => {
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    await createPager(numberedPages(3, 1, { signal }).source).toArray()
    await createPager(numberedPages(3, 1, { signal }).source).toArray({ limit: 1 })
    const broken = createPager<number>({ signal, fetchPage: () => Promise.reject(new Error('down')) })
    await failureOf(() => broken.toArray())
    expect(add).toHaveBeenCalledTimes(3)
    expect(remove).toHaveBeenCalledTimes(3)
  })
})
