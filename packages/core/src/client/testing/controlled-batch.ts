import { ContactsError } from '../../errors.ts'
import { type Deferred, deferred } from '../../paging/testing/deferred.ts'
import { createBatchRun } from '../batch-run.ts'
import type {
  BatchChunk,
  BatchOptions,
  BatchPlan,
  BatchResult,
  BatchRun,
  ItemSource,
} from '../batch-types.ts'

export interface Doubled {
  readonly value: number
}

/** Doubles numbers; a negative one fails by itself. */
export async function double({ items, start }: BatchChunk<number>): Promise<BatchResult<Doubled>[]> {
  return items.map((item, offset): BatchResult<Doubled> => {
    const index = start + offset
    if (item < 0) {
      const error = new ContactsError({ code: 'invalid_input', message: `Item ${index} is negative.` })
      return { ok: false, index, error }
    }
    return { ok: true, index, value: item * 2 }
  })
}

/** A batch that doubles numbers. */
export function doubling(
  source: ItemSource<number>,
  options: BatchOptions = {},
  more: Partial<BatchPlan<number, Doubled>> = {},
): BatchRun<Doubled> {
  return createBatchRun<number, Doubled>({ source, options, defaultConcurrency: 4, run: double, ...more })
}

/** A source that hands out a number whenever the test says so. */
export interface ControlledSource extends AsyncIterable<number> {
  /** How often the batch asked for an item. */
  readonly asked: () => number
  readonly wasLeft: () => boolean
  give(item: number): void
  fail(reason: unknown): void
  end(): void
}

/** Makes a source that answers when the test says so. */
export function controlledSource(): ControlledSource {
  let asked = 0
  let left = false
  const waiting: Deferred<IteratorResult<number>>[] = []
  const answer = (): Deferred<IteratorResult<number>> => {
    const next = waiting.shift()
    if (!next) throw new Error('The batch did not ask for an item.')
    return next
  }
  return {
    asked: () => asked,
    wasLeft: () => left,
    give: (value) => answer().resolve({ done: false, value }),
    fail: (reason) => answer().reject(reason),
    end: () => answer().resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => ({
      next() {
        asked++
        const next: Deferred<IteratorResult<number>> = deferred()
        waiting.push(next)
        return next.promise
      },
      async return() {
        left = true
        return { done: true, value: undefined }
      },
    }),
  }
}

/** Work whose chunks wait until the test finishes them. */
export function controlledRun() {
  const chunks: { readonly chunk: BatchChunk<number>; finish(): void; fail(reason: unknown): void }[] = []
  return {
    chunks,
    /** The items under way or done, in the order in which they were sent. */
    sent: () => chunks.flatMap(({ chunk }) => chunk.items),
    run(chunk: BatchChunk<number>): Promise<readonly BatchResult<Doubled>[]> {
      const done: Deferred<readonly BatchResult<Doubled>[]> = deferred()
      const finish = (): void => void double(chunk).then(done.resolve)
      chunks.push({ chunk, finish, fail: done.reject })
      return done.promise
    },
  }
}
