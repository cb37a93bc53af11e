import { ContactsError } from '../errors.ts'
import type { CallOptions } from '../model/query.ts'

/** Where a batch takes its items from: an array or anything that can be iterated over, also asynchronously. */
export type ItemSource<Item> = Iterable<Item> | AsyncIterable<Item>

/** How far a batch is. */
export interface BatchProgress {
  /** Items that are done, whether they succeeded or failed. */
  readonly done: number
  readonly succeeded: number
  readonly failed: number
  /** How many items there are; absent when the source does not tell. */
  readonly total?: number
}

/** The options of a batch. */
export interface BatchOptions extends CallOptions {
  /** How many items are under way at once. @default the client's `concurrency`, else 4 */
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
  readonly ok: false
  readonly index: number
  readonly error: ContactsError
}

/** What became of one item. */
export type BatchResult<Value> = BatchSuccess<Value> | BatchFailure

/** What became of a whole batch; both lists are in the order of the source. */
export interface BatchTotals<Value> {
  readonly total: number
  readonly succeeded: readonly BatchSuccess<Value>[]
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
  readonly start: number
}

/** How a batch is run. */
export interface BatchPlan<Item, Value> {
  readonly source: ItemSource<Item>
  readonly options: BatchOptions
  readonly defaultConcurrency: number
  /** How many items are done together. @default 1 */
  readonly chunkSize?: number
  /** Does some items; gives a result for each. What it throws is the fate of all of them. */
  run(chunk: BatchChunk<Item>): Promise<readonly BatchResult<Value>[]>
  /** Called once before the first item. */
  check?(): void
}

/** Makes a batch run. */
export function createBatchRun<Item, Value>(plan: BatchPlan<Item, Value>): BatchRun<Value> {
  let started = false
  let totals: Promise<BatchTotals<Value>> | undefined
  const start = (): AsyncGenerator<BatchResult<Value>, void, undefined> => {
    if (started) {
      throw new ContactsError({
        code: 'invalid_input',
        message: 'A batch runs once: either await it or iterate over it. Call the method again for another batch.',
      })
    }
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

async function collect<Value>(start: () => AsyncGenerator<BatchResult<Value>>): Promise<BatchTotals<Value>> {
  const succeeded: BatchSuccess<Value>[] = []
  const failed: BatchFailure[] = []
  for await (const result of start()) {
    if (result.ok) succeeded.push(result)
    else failed.push(result)
  }
  const byIndex = (a: { index: number }, b: { index: number }): number => a.index - b.index
  return { total: succeeded.length + failed.length, succeeded: succeeded.sort(byIndex), failed: failed.sort(byIndex) }
}

async function* runBatch<Item, Value>(
  plan: BatchPlan<Item, Value>,
): AsyncGenerator<BatchResult<Value>, void, undefined> {
  const { options } = plan
  const concurrency = checkConcurrency(options.concurrency ?? plan.defaultConcurrency)
  plan.check?.()
  const work = new BatchWork(plan)
  const abort = abortion(options.signal)
  const total = Array.isArray(plan.source) ? plan.source.length : undefined
  let succeeded = 0
  let failed = 0
  try {
    for (;;) {
      options.signal?.throwIfAborted()
      work.pull(concurrency)
      if (work.landed.length === 0) {
        if (work.idle || work.broken) break
        await Promise.race([...work.running, abort.happened])
      }
      for (let result = work.landed.shift(); result; result = work.landed.shift()) {
        if (result.ok) succeeded++
        else failed++
        options.onProgress?.({
          done: succeeded + failed,
          succeeded,
          failed,
          ...(total !== undefined && { total }),
        })
        yield result
      }
    }
    if (work.broken) throw work.broken.reason
  } finally {
    abort.forget()
    await work.end()
  }
}

/** The moving parts of a batch: one pull from the source and some chunks under way, and the results that landed. */
class BatchWork<Item, Value> {
  readonly landed: BatchResult<Value>[] = []
  readonly running: Set<Promise<void>> = new Set()
  /** Why the batch as a whole cannot go on. */
  broken: { readonly reason: unknown } | undefined
  readonly #plan: BatchPlan<Item, Value>
  readonly #chunks: AsyncGenerator<BatchChunk<Item>, void, undefined>
  #pulling: Promise<void> | undefined
  #exhausted = false
  /** A credential that was refused once is not tried for every item. */
  #refused: ContactsError | undefined

  constructor(plan: BatchPlan<Item, Value>) {
    this.#plan = plan
    this.#chunks = chunksOf(plan.source, plan.chunkSize ?? 1)
  }

  get idle(): boolean {
    return this.#exhausted && this.running.size === 0
  }

  /** Asks the source for more, when there is a place for it and none is asked for already. */
  pull(concurrency: number): void {
    if (this.#pulling || this.#exhausted || this.broken || this.running.size >= concurrency) return
    this.#pulling = this.#track(async () => {
      try {
        const next = await this.#chunks.next()
        if (next.done) this.#exhausted = true
        else this.#launch(next.value)
      } finally {
        this.#pulling = undefined
      }
    })
  }

  /** Sees to its end what was sent, so that no write is left with its fate unknown, and leaves the source. */
  async end(): Promise<void> {
    const stuck = this.#pulling
    if (stuck) this.running.delete(stuck)
    await Promise.all(this.running)
    const left = this.#chunks.return()
    // A source that is being waited for can only be left when it answers; that must not hold up the caller.
    if (stuck) left.catch(() => undefined)
    else await left
  }

  #launch(chunk: BatchChunk<Item>): void {
    this.#track(async () => {
      const results = this.#refused ? failAll<Item, Value>(chunk, this.#refused) : await this.#plan.run(chunk)
      for (const result of results) {
        if (!result.ok && (result.error.code === 'unauthenticated' || result.error.code === 'config')) {
          this.#refused = result.error
        }
        this.landed.push(result)
      }
    })
  }

  #track(run: () => Promise<void>): Promise<void> {
    const task: Promise<void> = run()
      .catch((reason: unknown) => {
        this.broken ??= { reason }
      })
      .finally(() => {
        this.running.delete(task)
      })
    this.running.add(task)
    return task
  }
}

/** A promise that is kept when the signal is aborted, and a way to stop listening. */
function abortion(signal: AbortSignal | undefined): { readonly happened: Promise<void>; forget(): void } {
  let resolve = (): void => undefined
  const happened = new Promise<void>((done) => {
    resolve = done
  })
  signal?.addEventListener('abort', resolve, { once: true })
  return { happened, forget: () => signal?.removeEventListener('abort', resolve) }
}

async function* chunksOf<Item>(
  source: ItemSource<Item>,
  size: number,
): AsyncGenerator<BatchChunk<Item>, void, undefined> {
  if (!isIterable(source)) {
    throw new ContactsError({
      code: 'invalid_input',
      message: 'A batch wants an array, or something else to iterate over, of items.',
    })
  }
  let items: Item[] = []
  let start = 0
  for await (const item of source) {
    items.push(item)
    if (items.length < size) continue
    yield { items, start }
    start += items.length
    items = []
  }
  if (items.length > 0) yield { items, start }
}

function isIterable(source: unknown): boolean {
  return typeof source === 'object' && source !== null && (Symbol.iterator in source || Symbol.asyncIterator in source)
}

function failAll<Item, Value>(chunk: BatchChunk<Item>, error: ContactsError): readonly BatchResult<Value>[] {
  return chunk.items.map((_, offset) => ({ ok: false, index: chunk.start + offset, error }))
}

function checkConcurrency(concurrency: number): number {
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return concurrency
  throw new ContactsError({ code: 'invalid_input', message: 'concurrency must be a whole number of 1 or more.' })
}
