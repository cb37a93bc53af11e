import { ContactsError } from './errors.ts'
import { readMembers, textProblem } from './model/json.ts'
import { evenPages } from './paging/even-pages.ts'
import type { Page, PageSource, SourcePage } from './paging/page-source.ts'
import { pagesOf, type ReadPage } from './paging/pages.ts'
import { isWhole, kept, type OnEnd, readStream } from './paging/reading.ts'

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
  return new ListingPager(source)
}

/** A class, because V8 keeps what the function of a getter in an object literal reaches until the next full garbage collection. */
class ListingPager<Item> implements Pager<Item> {
  readonly #source: PageSource<Item>
  #first: Promise<Page<Item>> | undefined
  #complete: boolean | undefined
  readonly #onEnd: OnEnd = (reached) => {
    this.#complete = reached
  }

  constructor(source: PageSource<Item>) {
    this.#source = source
  }

  get complete(): boolean | undefined {
    return this.#complete
  }

  // A pager is awaited for its first page, so it must be a thenable.
  then<Fulfilled = Page<Item>, Rejected = never>(
    onFulfilled?: ((page: Page<Item>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#firstPage().then(onFulfilled, onRejected)
  }

  catch<Result = never>(
    onRejected?: ((reason: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<Page<Item> | Result> {
    return this.#firstPage().catch(onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<Page<Item>> {
    return this.#firstPage().finally(onFinally)
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Item, void, undefined> {
    return new ItemIterator(() => batchesOf(this.#source, this.#onEnd), this.#source.signal)
  }

  pages(): AsyncGenerator<Page<Item>, void, undefined> {
    return evenPages(
      pagesOf(this.#source, (read) => read, this.#onEnd),
      toPage,
    )
  }

  toArray(options?: ToArrayOptions): Promise<Item[]> {
    return readArray(this.#source, options, this.#onEnd)
  }

  #firstPage(): Promise<Page<Item>> {
    this.#first ??= fetchFirst(this.#source)
    return this.#first
  }
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

async function readArray<Item>(
  source: PageSource<Item>,
  options: ToArrayOptions | undefined,
  onEnd?: (complete: boolean | undefined) => void,
): Promise<Item[]> {
  const limit = readLimit(source, options)
  const items: Item[] = []
  if (limit === 0) return items
  for await (const batch of batchesOf(source, onEnd)) {
    for (const item of batch) {
      items.push(item)
      if (items.length >= limit) return items
    }
  }
  return items
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

/** How many items are wanted. @throws ContactsError `invalid_input` */
function readLimit<Item>({ nameError }: PageSource<Item>, options: ToArrayOptions | undefined): number {
  const fail = (path: string, message: string): unknown => {
    const error = new ContactsError({
      code: 'invalid_input',
      message: `The listing cannot be read into an array: ${path === '' ? 'the options' : path} ${message}.`,
      issues: [{ path, message }],
    })
    return nameError ? nameError(error) : error
  }
  if (options === undefined) return Number.POSITIVE_INFINITY
  const { value: { limit = Number.POSITIVE_INFINITY, ...others } = {}, problem } = readMembers(options, [
    'limit',
  ])
  if (problem) throw fail(problem.path.join('.'), problem.message)
  const [other] = Object.keys(others)
  if (other !== undefined) throw fail(other, 'is no option here; there is limit')
  if (limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && Number(limit) >= 0)) {
    return Number(limit)
  }
  throw fail('limit', 'must be a whole number of 0 or more; leave it out to read everything')
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
