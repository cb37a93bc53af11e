import { ContactsError } from './errors.ts'
import { textProblem } from './model/json.ts'
import { evenPages } from './paging/even-pages.ts'
import type { Page, PageSource, SourcePage } from './paging/page-source.ts'
import { pagesOf, type ReadPage } from './paging/pages.ts'
import { Course, kept, type OnEnd, readStream } from './paging/reading.ts'
import { readArray } from './paging/to-array.ts'

export type { Page, PageSource }

/**
 * A listing that has not begun. Await it for one page, iterate over it for every item; nothing is requested before. Awaiting
 * it again gives the same page; iterating over it again reads the listing again.
 *
 * @example
 * ```ts
 * const page = await contacts.list({ pageSize: 50 })
 * for await (const contact of contacts.list()) console.log(contact.name)
 * for await (const page of contacts.list().pages()) console.log(page.items.length)
 * const some = await contacts.list().toArray({ limit: 500 })
 * ```
 */
export interface Pager<Item> extends AsyncIterable<Item, void, undefined>, PromiseLike<Page<Item>> {
  /** Every item in order, from the first page on; the next page is fetched while the items of this one are handled. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item, void, undefined>
  /** Handles a failure of the first page, as a promise's `catch` does. */
  catch<Result = never>(
    onRejected?: ((reason: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<Page<Item> | Result>
  /** Runs when the first page is there or has failed, as a promise's `finally` does. */
  finally(onFinally?: (() => void) | null): Promise<Page<Item>>
  /** Every page in order; the next one is fetched while the consumer handles this one. */
  pages(): AsyncGenerator<Page<Item>, void, undefined>
  /** Reads the items into an array. */
  toArray(options?: ToArrayOptions): Promise<Item[]>
  /**
   * What {@link Page.complete} says of the reading that came to its end last, by pages, item by item or into an array; `undefined`
   * before one has, and where it is not known. So whoever deletes what is not in the listing asks for it after the loop.
   */
  readonly complete: boolean | undefined
}

/** How much of a listing is read into an array. */
export interface ToArrayOptions {
  /** Stop after so many items: a whole number of 0 or more. @default all */
  readonly limit?: number | undefined
}

/**
 * Makes a pager.
 *
 * @param source - where its pages come from
 */
export function createPager<Item>(source: PageSource<Item>): Pager<Item> {
  let first: Promise<Page<Item>> | undefined
  const firstPage = (): Promise<Page<Item>> => {
    first ??= fetchFirst(source)
    return first
  }
  const onEnd: OnEnd = (reached) => {
    pager.complete = reached
  }
  const pager: Pager<Item> & { complete: boolean | undefined } = {
    // A pager is awaited for its first page, so it must be a thenable.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    [Symbol.asyncIterator]: () => new ItemIterator(() => batchesOf(source, onEnd), source.signal),
    pages: () =>
      evenPages(
        pagesOf(source, (read) => read, onEnd),
        toPage,
      ),
    toArray: (options) => readArray(source, options, () => batchesOf(source, onEnd)),
    // No getter: V8 keeps what one of an object literal reaches until the next full garbage collection.
    complete: undefined,
  }
  return pager
}

/** Whether a page that was awaited alone is the whole listing; absent where that is not known, or it has a next page. */
function isWhole<Item>(source: PageSource<Item>, page: SourcePage<Item>): boolean | undefined {
  if (page.nextCursor !== undefined) return undefined
  const course = new Course(source)
  course.take(page)
  return course.complete
}

async function fetchFirst<Item>(source: PageSource<Item>): Promise<Page<Item>> {
  try {
    source.signal?.throwIfAborted()
    const page = await source.fetchPage(source.cursor, source.signal)
    return toPage({ page, items: page.items, complete: isWhole(source, page) })
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  }
}

/** Checks how many items a page is to have. @throws ContactsError `invalid_input` */
export function checkPageSize(pageSize: number | undefined): number | undefined {
  if (pageSize === undefined || (Number.isSafeInteger(pageSize) && pageSize > 0)) return pageSize
  throw badQuery('pageSize', 'must be a whole number of 1 or more')
}

/** Checks where a listing is to go on. @throws ContactsError `invalid_input` */
export function checkCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  if (typeof cursor !== 'string' || cursor.trim() === '') {
    throw badQuery('cursor', 'must be the nextCursor of an earlier page; leave it out to begin at the start')
  }
  const problem = textProblem(cursor)
  if (problem !== undefined) throw badQuery('cursor', problem)
  return cursor
}

/** The error for a listing that cannot be asked for. */
export function badQuery(path: string, message: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The listing cannot be asked for: ${path} ${message}.`,
    issues: [{ path, message }],
  })
}

/** Makes the page that the caller gets of one that was read. */
function toPage<Item>({ page, items, complete }: ReadPage<Item>): Page<Item> {
  const { nextCursor, total, extra, isTotalExact = true }: SourcePage<Item> = page
  return {
    items: kept(page, items),
    ...(nextCursor !== undefined && { nextCursor }),
    ...(total !== undefined && isTotalExact && { total }),
    ...(extra && { extra }),
    ...(complete !== undefined && { complete }),
  }
}

/**
 * Reads the items of a listing in the batches in which they arrive: from one stream where the source has it, else by pages.
 *
 * @param source - where the items come from
 */
export function batchesOf<Item>(
  source: PageSource<Item>,
  onEnd?: OnEnd,
): AsyncGenerator<readonly Item[], void, undefined> {
  return source.batches && !prefersPages(source)
    ? readStream(source, source.batches, onEnd)
    : pagesOf(source, ({ page, items }) => kept(page, items), onEnd)
}

function prefersPages(source: Pick<PageSource<unknown>, 'prefersPages'>): boolean {
  try {
    return source.prefersPages?.() === true
  } catch {
    // The reading itself then fails, and says why.
    return false
  }
}

/** Hands out items one by one. Written by hand, because an async generator costs several turns of the event loop an item. */
class ItemIterator<Item> implements AsyncIterableIterator<Item, void, undefined> {
  readonly #start: () => AsyncGenerator<readonly Item[], void, undefined>
  readonly #signal: AbortSignal | undefined
  #batches: AsyncGenerator<readonly Item[], void, undefined> | undefined
  #batch: readonly Item[] = []
  #index = 0
  #pending: Promise<unknown> | undefined

  /**
   * @param start - begins the reading of batches; called on first use
   * @param signal - when it is aborted, what is left of a batch is not handed out
   */
  constructor(
    start: () => AsyncGenerator<readonly Item[], void, undefined>,
    signal: AbortSignal | undefined,
  ) {
    this.#start = start
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Item, void>> {
    // Calls that come before an earlier one is answered wait their turn.
    if (!this.#pending && this.#index < this.#batch.length && !this.#signal?.aborted) {
      return Promise.resolve(this.#take())
    }
    return this.#queue(() => this.#step())
  }

  return(): Promise<IteratorResult<Item, void>> {
    return this.#queue(async () => {
      this.#drop()
      this.#batches ??= this.#start()
      await this.#batches.return()
      return { done: true, value: undefined }
    })
  }

  #queue(run: () => Promise<IteratorResult<Item, void>>): Promise<IteratorResult<Item, void>> {
    const result = this.#pending ? this.#pending.then(run, run) : run()
    const settled = (): void => {
      if (this.#pending === pending) this.#pending = undefined
    }
    const pending: Promise<void> = result.then(settled, settled)
    this.#pending = pending
    return result
  }

  async #step(): Promise<IteratorResult<Item, void>> {
    // The reading then goes on to the abort, and ends with its reason.
    if (this.#signal?.aborted) this.#drop()
    this.#batches ??= this.#start()
    while (this.#index >= this.#batch.length) {
      // A batch that was handed out is let go before the next one is waited for.
      this.#drop()
      const next = await this.#batches.next()
      if (next.done) return { done: true, value: undefined }
      this.#batch = next.value
    }
    return this.#take()
  }

  #take(): IteratorResult<Item, void> {
    const value = this.#batch[this.#index++] as Item // the caller checked that the index is inside
    return { done: false, value }
  }

  #drop(): void {
    this.#batch = []
    this.#index = 0
  }
}
