import { describe, expect, it, vi } from 'vitest'
import { ContactsError } from '../errors.ts'
import { settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createBatchRun } from './batch-run.ts'
import type { BatchResult, ItemSource } from './batch-types.ts'
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

describe('an abort', () => {
  it('before the beginning sends nothing and takes nothing', async () => {
    const next = vi.fn()
    const source = { [Symbol.iterator]: () => ({ next }) }
    const run = vi.fn(double)
    const reason = new Error('not today')
    const batch = doubling(source, { signal: AbortSignal.abort(reason) }, { run })
    expect(await failureOf(() => batch)).toBe(reason)
    expect(next).not.toHaveBeenCalled()
    expect(run).not.toHaveBeenCalled()
  })

  it('on the way throws its reason, when what was sent has come to its end', async () => {
    const controller = new AbortController()
    const work = controlledRun()
    const left = vi.fn()
    function* items() {
      try {
        for (let item = 0; ; item++) yield item
      } finally {
        left()
      }
    }
    let isOver = false
    const batch = doubling(items(), { signal: controller.signal, concurrency: 2 }, { run: work.run })
    const failure = failureOf(() => batch).finally(() => {
      isOver = true
    })
    await settle()
    controller.abort('enough')
    await settle()
    expect(isOver).toBe(false)
    expect(left).toHaveBeenCalledOnce()
    work.chunks[0]?.finish()
    work.chunks[1]?.fail(new Error('cut by the abort'))
    expect(await failure).toBe('enough')
    expect(work.sent()).toEqual([0, 1])
  })

  it('while the source is waited for is not held up by it', async () => {
    const controller = new AbortController()
    const source = controlledSource()
    const batch = doubling(source, { signal: controller.signal })
    const failure = failureOf(() => batch)
    await settle()
    controller.abort('enough')
    expect(await failure).toBe('enough')
    source.give(1)
    await settle()
    expect(source.wasLeft()).toBe(true)
  })

  it('by the consumer of a result ends it before the next', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const failure = await failureOf(async () => {
      const batch = doubling([1, 2, 3, 4], { signal: controller.signal }, { chunkSize: 4 })
      for await (const { index } of batch) {
        seen.push(index)
        controller.abort('enough')
      }
    })
    expect(failure).toBe('enough')
    expect(seen).toEqual([0])
  })

  it('is listened to no longer when the batch is over', async () => {
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    await doubling([1, 2, 3], { signal })
    for await (const _ of doubling([1, 2, 3], { signal })) break
    expect(add).toHaveBeenCalledTimes(2)
    expect(remove).toHaveBeenCalledTimes(2)
  })
})

describe('a source that fails', () => {
  it('ends the batch with its failure, after the results of what was sent', async () => {
    const source = controlledSource()
    const work = controlledRun()
    const seen: number[] = []
    const failure = failureOf(async () => {
      for await (const { index } of doubling(source, {}, { run: work.run })) seen.push(index)
    })
    await settle()
    source.give(1)
    await settle()
    source.fail(new Error('file gone'))
    await settle()
    work.chunks[0]?.finish()
    expect(await failure).toEqual(new Error('file gone'))
    expect(seen).toEqual([0])
  })

  const broken = (method: 'next' | typeof Symbol.iterator): ItemSource<number> => {
    const fail = (): never => {
      throw new Error('file gone')
    }
    return { [Symbol.iterator]: method === 'next' ? () => ({ next: fail }) : fail }
  }

  it.each<[string, () => ItemSource<number>]>([
    ['at once', () => broken(Symbol.iterator)],
    ['on the first item', () => broken('next')],
    ['by a promise', () => [Promise.reject(new Error('file gone'))] as unknown as number[]],
  ])('may do so %s', async (_name, source) => {
    expect(await failureOf(() => doubling(source()))).toEqual(new Error('file gone'))
  })

  it('in being left is reported, unless something failed before', async () => {
    const source = (): ItemSource<number> => ({
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return() {
          throw new Error('cannot close')
        },
      }),
    })
    const leaving = async (): Promise<void> => {
      for await (const _ of doubling(source())) break
    }
    expect(await failureOf(leaving)).toEqual(new Error('cannot close'))
    const throwing = async (): Promise<void> => {
      await doubling(source(), {
        onProgress() {
          throw new Error('stop')
        },
      })
    }
    expect(await failureOf(throwing)).toEqual(new Error('stop'))
  })

  it('in being left while something is under way is reported when that is over', async () => {
    const work = controlledRun()
    const source: ItemSource<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return() {
          throw new Error('cannot close')
        },
      }),
    }
    const leaving = failureOf(async () => {
      for await (const _ of doubling(source, { concurrency: 2 }, { run: work.run })) break
    })
    await settle()
    work.chunks[0]?.finish()
    await settle()
    work.chunks[1]?.finish()
    expect(await leaving).toEqual(new Error('cannot close'))
  })

  it.each([undefined, null, 7, 'text', {}, new Date(0), () => [1]])(
    'is refused when it is %o',
    async (source) => {
      const run = vi.fn(double)
      const error = await contactsErrorOf(() => doubling(source as unknown as number[], {}, { run }))
      expect(error.code).toBe('invalid_input')
      expect(run).not.toHaveBeenCalled()
    },
  )
})

describe('work that throws', () => {
  it('is the failure of the whole batch, after the results of the rest that was sent', async () => {
    const work = controlledRun()
    const seen: number[] = []
    const failure = failureOf(async () => {
      for await (const { index } of doubling([1, 2, 3], { concurrency: 2 }, { run: work.run }))
        seen.push(index)
    })
    await settle()
    work.chunks[0]?.fail(new Error('broken'))
    await settle()
    work.chunks[1]?.finish()
    expect(await failure).toEqual(new Error('broken'))
    expect(seen).toEqual([1])
    expect(work.sent()).toEqual([1, 2])
  })
})

describe('a credential that is refused', () => {
  it.each(['unauthenticated', 'config'] as const)(
    'is not tried again after %s: the rest fails unsent',
    async (code) => {
      const error = new ContactsError({ code, message: 'The key is wrong.' })
      const run = vi.fn(
        async ({ start }: { start: number }): Promise<BatchResult<Doubled>[]> => [
          { ok: false, index: start, error },
        ],
      )
      const { failed } = await createBatchRun<number, Doubled>({
        source: [1, 2, 3, 4, 5],
        options: { concurrency: 2 },
        defaultConcurrency: 4,
        run,
      })
      expect(failed.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
      const unsent = failed.filter((failure) => failure.error !== error)
      expect(unsent.length).toBeGreaterThanOrEqual(3)
      for (const failure of unsent)
        expect(failure.error).toMatchObject({ code, applied: 'no', retryable: true })
      expect(unsent[0]?.error.message).toMatch(/this item was not sent/)
      expect(run.mock.calls.length).toBeLessThanOrEqual(2)
    },
  )

  it('is something else than a refused item', async () => {
    const run = vi.fn(double)
    await doubling([-1, -2, -3, -4, -5], { concurrency: 1 }, { run })
    expect(run).toHaveBeenCalledTimes(5)
  })
})

describe('one chunk alone', () => {
  const atomic = { chunkSize: 3, inOneChunk: true }

  it('takes all items together', async () => {
    const run = vi.fn(double)
    expect((await doubling([1, 2, 3], {}, { ...atomic, run })).total).toBe(3)
    expect(run).toHaveBeenCalledExactlyOnceWith({ items: [1, 2, 3], start: 0 })
  })

  it('refuses more than it can hold before anything is sent, and leaves the source', async () => {
    const run = vi.fn(double)
    let taken = 0
    const left = vi.fn()
    function* endless() {
      try {
        for (;;) yield taken++
      } finally {
        left()
      }
    }
    const error = await contactsErrorOf(() => doubling(endless(), {}, { ...atomic, run }))
    expect(error).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('3 items at most'),
    })
    expect(run).not.toHaveBeenCalled()
    expect(taken).toBe(4)
    expect(left).toHaveBeenCalledOnce()
  })
})

describe('the options', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuse %d as a concurrency',
    async (concurrency) => {
      const error = await contactsErrorOf(() => doubling([1], { concurrency }))
      expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('concurrency') })
    },
  )

  it('let the plan check and name what goes wrong', async () => {
    const nameError = (error: unknown): unknown => ['named', error]
    const check = (): void => {
      throw new Error('not here')
    }
    expect(await failureOf(() => doubling([1], {}, { check, nameError }))).toEqual([
      'named',
      new Error('not here'),
    ])
    const used = doubling([1], {}, { nameError })
    await used
    expect(await failureOf(() => collect(used))).toEqual(['named', expect.any(ContactsError)])
  })
})
