import type { CallOptions } from '../call/settings.ts'
import type { ContactsError } from '../errors.ts'

/** Where a batch takes its items from: an array or anything that can be iterated over, also asynchronously. */
export type ItemSource<Item> = readonly Item[] | Iterable<Item> | AsyncIterable<Item>

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
  /** Why nothing more can be sent for now; `undefined` where it can. */
  held?(): ContactsError | undefined
  /** Called when it is over, or was left. */
  end?(): void
  /** Makes the error that is thrown of the one that was caught. @default the same */
  nameError?(error: unknown): unknown
}
