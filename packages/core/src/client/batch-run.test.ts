import { describe, expect, it, vi } from 'vitest'
import { garbageCollector } from '../paging/testing/collect-garbage.ts'
import { settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import type { BatchChunk, BatchProgress, BatchResult, ItemSource } from './batch-types.ts'
import {
  controlledRun,
  controlledSource,
  type Doubled,
  double,
  doubling,
} from './testing/controlled-batch.ts'
import { contactsErrorOf, failureOf } from './testing/failure.ts'

failOnUnhandledRejections()

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const result of results) all.push(result)
  return all
}

async function* asynchronously(items: Iterable<number>): AsyncGenerator<number> {
  for (const item of items) {
    await settle()
    yield item
  }
}

describe('awaiting a batch', () => {
  it('gives totals in the order of the source, the bad items apart', async () => {
    const { total, succeeded, failed } = await doubling([1, -2, 3, -4, 5])
    expect(total).toBe(5)
    expect(succeeded).toEqual([
      { ok: true, index: 0, value: 2 },
      { ok: true, index: 2, value: 6 },
      { ok: true, index: 4, value: 10 },
    ])
    expect(failed.map(({ index, error }) => [index, error.message])).toEqual([
      [1, 'Item 1 is negative.'],
      [3, 'Item 3 is negative.'],
    ])
  })

  it('sorts what landed in another order', async () => {
    const work = controlledRun()
    const totals = doubling([1, 2, 3], {}, { run: work.run }).then((all) => all)
    await settle()
    for (const index of [2, 0, 1]) {
      work.chunks[index]?.finish()
      await settle()
    }
    expect((await totals).succeeded.map(({ index }) => index)).toEqual([0, 1, 2])
  })

  it.each<[string, ItemSource<number>]>([
    ['a set', new Set([1, 2])],
    ['a generator', [1, 2].values()],
    ['an async generator', asynchronously([1, 2])],
    ['a stream', new ReadableStream({ start: (to) => [to.enqueue(1), to.enqueue(2), to.close()] })],
  ])('takes %s', async (_name, source) => {
    expect((await doubling(source)).succeeded.map(({ value }) => value)).toEqual([2, 4])
  })

  it('gives empty totals for no items', async () => {
    expect(await doubling([])).toEqual({ total: 0, succeeded: [], failed: [] })
  })

  it('begins on first use, and once, however often it is awaited', async () => {
    const run = vi.fn(double)
    const batch = doubling([1, 2], {}, { run })
    await settle()
    expect(run).not.toHaveBeenCalled()
    const totals = await batch
    expect(await batch).toBe(totals)
    const onFinally = vi.fn()
    expect(await batch.finally(onFinally)).toBe(totals)
    expect(await batch.catch(() => undefined)).toBe(totals)
    expect(onFinally).toHaveBeenCalledOnce()
    expect(run).toHaveBeenCalledTimes(2)
  })
})

describe('a second use', () => {
  it.each([
    [
      'iterating twice',
      async (batch: AsyncIterable<unknown>) => [await collect(batch), await collect(batch)],
    ],
    [
      'awaiting after iterating',
      async (batch: AsyncIterable<unknown>) => [await collect(batch), await batch],
    ],
    [
      'iterating after awaiting',
      async (batch: AsyncIterable<unknown>) => [await batch, await collect(batch)],
    ],
  ])('is an error: %s', async (_name, use) => {
    const error = await contactsErrorOf(() => use(doubling([1])))
    expect(error.code).toBe('invalid_input')
    expect(error.message).toContain('A batch runs once')
  })
})

describe('iterating over a batch', () => {
  it('gives each result as it lands, with its position', async () => {
    const work = controlledRun()
    const seen: number[] = []
    const reading = (async () => {
      for await (const { index } of doubling([1, 2, 3], {}, { run: work.run })) seen.push(index)
    })()
    await settle()
    work.chunks[1]?.finish()
    await settle()
    expect(seen).toEqual([1])
    work.chunks[2]?.finish()
    work.chunks[0]?.finish()
    await reading
    expect(seen).toEqual([1, 2, 0])
  })

  it('keeps the positions across chunks', async () => {
    const results = await collect(doubling([1, -2, 3, 4, -5], {}, { chunkSize: 2 }))
    expect(results.map(({ index, ok }) => [index, ok]).sort()).toEqual([
      [0, true],
      [1, false],
      [2, true],
      [3, true],
      [4, false],
    ])
  })

  it('sends no more chunks at once than allowed', async () => {
    const work = controlledRun()
    const batch = doubling([1, 2, 3, 4, 5], { concurrency: 2 }, { run: work.run })
    const totals = batch.then((all) => all)
    await settle()
    expect(work.sent()).toEqual([1, 2])
    work.chunks[1]?.finish()
    await settle()
    expect(work.sent()).toEqual([1, 2, 3])
    for (const index of [0, 2, 3, 4]) {
      await settle()
      work.chunks[index]?.finish()
    }
    expect((await totals).total).toBe(5)
  })

  it('never takes items far ahead of what is done', async () => {
    let taken = 0
    function* endless() {
      for (;;) yield taken++
    }
    const work = controlledRun()
    const results = doubling(endless(), { concurrency: 3 }, { run: work.run })[Symbol.asyncIterator]()
    const first = results.next()
    await settle()
    expect(taken).toBeLessThanOrEqual(4)
    for (const { finish } of work.chunks) finish()
    await first
    // Nobody asks for more results, so nothing more is taken.
    await settle()
    await settle()
    expect(taken).toBeLessThanOrEqual(4)
    await results.return?.()
    expect(taken).toBeLessThanOrEqual(4)
  })

  it('hands out results while the source is slow', async () => {
    const source = controlledSource()
    const seen: number[] = []
    const reading = (async () => {
      for await (const result of doubling(source)) if (result.ok) seen.push(result.value)
    })()
    await settle()
    source.give(1)
    await settle()
    expect(seen).toEqual([2])
    expect(source.asked()).toBe(2)
    source.give(2)
    await settle()
    expect(seen).toEqual([2, 4])
    source.end()
    await reading
  })

  it('leaves the source when the consumer leaves, and sends nothing more', async () => {
    const left = vi.fn()
    function* endless() {
      try {
        for (let item = 0; ; item++) yield item
      } finally {
        left()
      }
    }
    const run = vi.fn(double)
    for await (const _ of doubling(endless(), { concurrency: 1 }, { run })) break
    const sent = run.mock.calls.length
    await settle()
    expect(left).toHaveBeenCalledOnce()
    expect(run).toHaveBeenCalledTimes(sent)
    expect(sent).toBeLessThanOrEqual(2)
  })

  it('does not wait for a source that does not answer, and sends nothing of what it gives later', async () => {
    const source = controlledSource()
    const work = controlledRun()
    const reading = (async () => {
      for await (const _ of doubling(source, {}, { run: work.run })) break
    })()
    await settle()
    source.give(1)
    await settle()
    work.chunks[0]?.finish()
    await reading
    source.give(2)
    await settle()
    expect(work.sent()).toEqual([1])
    expect(source.wasLeft()).toBe(true)
    expect(source.asked()).toBe(2)
  })

  it('does not go on filling a chunk when the consumer has left', async () => {
    const source = controlledSource()
    const abort = new AbortController()
    const failure = failureOf(() => doubling(source, { signal: abort.signal }, { chunkSize: 100 }))
    await settle()
    source.give(1)
    await settle()
    abort.abort('enough')
    expect(await failure).toBe('enough')
    source.give(2)
    await settle()
    expect(source.asked()).toBe(2)
    expect(source.wasLeft()).toBe(true)
  })
})

describe('the progress', () => {
  it('is told after each item, with the total where it is known', async () => {
    const told: BatchProgress[] = []
    const onProgress = (progress: BatchProgress): void => void told.push(progress)
    await doubling([1, -2, 3], { onProgress, concurrency: 1 })
    expect(told).toEqual([
      { done: 1, succeeded: 1, failed: 0, total: 3 },
      { done: 2, succeeded: 1, failed: 1, total: 3 },
      { done: 3, succeeded: 2, failed: 1, total: 3 },
    ])
  })

  it('has no total where the source does not tell', async () => {
    const onProgress = vi.fn()
    await doubling(asynchronously([1]), { onProgress })
    expect(onProgress).toHaveBeenCalledExactlyOnceWith({ done: 1, succeeded: 1, failed: 0 })
  })

  it('ends the batch by throwing', async () => {
    const run = vi.fn(double)
    const onProgress = (): void => {
      throw new Error('stop')
    }
    const batch = doubling([1, 2, 3, 4, 5, 6], { onProgress, concurrency: 1 }, { run })
    expect(await failureOf(() => batch)).toEqual(new Error('stop'))
    expect(run.mock.calls.length).toBeLessThanOrEqual(2)
  })
})

describe('a batch of many', () => {
  it('holds none of the results that were handed out', async () => {
    const many = 100_000
    const collectGarbage = garbageCollector()
    function* items() {
      for (let item = 0; item < many; item++) yield item
    }
    const made: WeakRef<object>[] = []
    const run = async (chunk: BatchChunk<number>): Promise<BatchResult<Doubled>[]> => {
      const results = await double(chunk)
      for (const result of results) made.push(new WeakRef(result))
      return results
    }
    const { signal } = new AbortController()
    const alive: number[] = []
    let count = 0
    let sum = 0
    for await (const result of doubling(items(), { concurrency: 8, signal }, { run })) {
      count++
      if (result.ok) sum += result.value
      if (count % 30_000 !== 0) continue
      await collectGarbage()
      alive.push(made.filter((ref) => ref.deref() !== undefined).length)
    }
    expect(count).toBe(many)
    expect(sum).toBe(many * (many - 1))
    expect(alive).toHaveLength(3)
    expect(Math.max(...alive)).toBeLessThan(20)
  })
})
