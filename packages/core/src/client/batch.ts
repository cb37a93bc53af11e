import { ContactsError } from '../errors.ts'
import type { CallOptions } from '../call/settings.ts'
import { BatchWork } from './batch-work.ts'

/** Where a batch takes its items from: an array or anything that can be iterated over, also asynchronously. */
export type ItemSource<Item> = Iterable<Item> | AsyncIterable<Item>

/** How far a batch is. */
export interface BatchProgress {
  /** Items that are done, whether they succeeded or failed. */
  readonly done: number
  /** Items that were written. */
  readonly succeeded: number
  /** Items that were not. */
  readonly failed: number
  /** How many items there are; absent when the source does not tell. */
  readonly total?: number
}

/** The options of a batch. */
export interface BatchOptions extends CallOptions {
  /**
   * How many items are under way at once, or requests, where the provider takes many items in one.
   * @default the client's `concurrency`, else 4
   */
  readonly concurrency?: number | undefined
  /** Called after each item. What it throws ends the batch. */
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined
  /**
   * All or nothing: one bad item and nothing is written; the batch then fails as a whole. Only where the provider has it.
   * @default false
   */
  readonly atomic?: boolean | undefined
}

/** An item that was written. `index` is its position in the source. */
export type BatchSuccess<Value> = { readonly ok: true; readonly index: number } & Value

/** An item that was not written, and why. `index` is its position in the source. */
export interface BatchFailure {
  /** Tells it from a success. */
  readonly ok: false
  /** Its position in the source, from 0. */
  readonly index: number
  /** Why it was not written. */
  readonly error: ContactsError
}

/** What became of one item. */
export type BatchResult<Value> = BatchSuccess<Value> | BatchFailure

/** What became of a whole batch; both lists are in the order of the source. */
export interface BatchTotals<Value> {
  /** How many items there were. */
  readonly total: number
  /** The items that were written. */
  readonly succeeded: readonly BatchSuccess<Value>[]
  /** The items that were not, each with its error. */
  readonly failed: readonly BatchFailure[]
}

/**
 * A batch that has not begun. Await it for totals, or iterate over it for each result as it lands, which keeps memory flat
 * for any number of items. One bad item never sinks the rest. Nothing is sent before; it can be run once.
 *
 * @example
 * ```ts
 * const { succeeded, failed } = await contacts.createMany(rows)
 * for (const { index, error } of failed) console.error(`row ${index + 1}: ${error.message}`)
 *
 * for await (const result of contacts.upsertMany(readRows(), { by: 'externalId' })) {
 *   if (!result.ok) console.error(result.index, result.error.code)
 * }
 * ```
 */
export interface BatchRun<Value> extends PromiseLike<BatchTotals<Value>>, AsyncIterable<BatchResult<Value>> {
  /** Handles a failure of the whole batch, as a promise's `catch` does. */
  catch<Result = never>(
    onRejected?: ((reason: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<BatchTotals<Value> | Result>
  /** Runs when the batch is over, as a promise's `finally` does. */
  finally(onFinally?: (() => void) | null): Promise<BatchTotals<Value>>
}

/** Some items of a batch that are done together, with their positions. */
export interface BatchChunk<Item> {
  readonly items: readonly Item[]
  /** The position of the first of them in the source. */
  readonly start: number
}

/** How a batch is run. */
export interface BatchPlan<Item, Value> {
  readonly source: ItemSource<Item>
  readonly options: BatchOptions
  readonly defaultConcurrency: number
  /** How many items are done together. @default 1 */
  readonly chunkSize?: number
  /** Whether all items must fit into one chunk, because they are done together or not at all. @default false */
  readonly inOneChunk?: boolean
  /** Does some items; gives a result for each. What it throws is the fate of the whole batch. */
  run(chunk: BatchChunk<Item>): Promise<readonly BatchResult<Value>[]>
  /** Called once before the first item is taken. */
  check?(): void
  /** Makes the error that is thrown of the one that was caught. @default the same */
  nameError?(error: unknown): unknown
}

/**
 * Makes a batch run.
 *
 * @param plan - the items and what is to be done with them
 */
export function createBatchRun<Item, Value>(plan: BatchPlan<Item, Value>): BatchRun<Value> {
  let started = false
  let totals: Promise<BatchTotals<Value>> | undefined
  const start = (): AsyncGenerator<BatchResult<Value>, void, undefined> => {
    if (started) throw nameError(plan, runsOnce())
    started = true
    return runBatch(plan)
  }
  const all = (): Promise<BatchTotals<Value>> => {
    totals ??= collect(start)
    return totals
  }
  return {
    // A batch is awaited for its totals, so it must be a thenable.
    then: (onFulfilled, onRejected) => all().then(onFulfilled, onRejected),
    catch: (onRejected) => all().catch(onRejected),
    finally: (onFinally) => all().finally(onFinally),
    [Symbol.asyncIterator]: start,
  }
}

async function collect<Value>(
  start: () => AsyncGenerator<BatchResult<Value>, void, undefined>,
): Promise<BatchTotals<Value>> {
  const succeeded: BatchSuccess<Value>[] = []
  const failed: BatchFailure[] = []
  for await (const result of start()) {
    if (result.ok) succeeded.push(result)
    else failed.push(result)
  }
  const byIndex = (a: { index: number }, b: { index: number }): number => a.index - b.index
  return {
    total: succeeded.length + failed.length,
    succeeded: succeeded.sort(byIndex),
    failed: failed.sort(byIndex),
  }
}

async function* runBatch<Item, Value>(
  plan: BatchPlan<Item, Value>,
): AsyncGenerator<BatchResult<Value>, void, undefined> {
  const { signal, onProgress, concurrency = plan.defaultConcurrency } = plan.options
  const total = Array.isArray(plan.source) ? plan.source.length : undefined
  let work: BatchWork<Item, Value> | undefined
  let succeeded = 0
  let failed = 0
  let isFailing = false
  try {
    checkConcurrency(concurrency)
    checkSource(plan.source)
    plan.check?.()
    signal?.throwIfAborted()
    work = new BatchWork(plan, concurrency)
    for await (const result of work.results()) {
      if (result.ok) succeeded++
      else failed++
      onProgress?.({ done: succeeded + failed, succeeded, failed, ...(total !== undefined && { total }) })
      yield result
    }
  } catch (error) {
    isFailing = true
    throw nameError(plan, error)
  } finally {
    await work?.end().catch((error: unknown) => {
      // The source could not be left properly; what went wrong before matters more.
      if (!isFailing) throw error
    })
  }
}

function nameError<Item, Value>(plan: BatchPlan<Item, Value>, error: unknown): unknown {
  return plan.nameError ? plan.nameError(error) : error
}

function runsOnce(): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message:
      'A batch runs once: either await it or iterate over it. Call the method again for another batch.',
  })
}

function checkConcurrency(concurrency: number): void {
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return
  throw new ContactsError({
    code: 'invalid_input',
    message: 'concurrency must be a whole number of 1 or more.',
  })
}

function checkSource(source: unknown): void {
  if (typeof source === 'object' && source !== null) {
    if (Symbol.iterator in source || Symbol.asyncIterator in source) return
  }
  throw new ContactsError({
    code: 'invalid_input',
    message: 'A batch wants an array, or something else to iterate over, of items.',
  })
}
