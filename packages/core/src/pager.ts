import { ContactsError } from './errors.ts'

/** One page of a listing. */
export interface Page<Item> {
  /** May be shorter than asked for, even empty, while `nextCursor` says that there is more. */
  readonly items: Item[]
  /** Pass it as `cursor` to go on; absent at the end. */
  readonly nextCursor?: string
  /** How many match in all, where the provider tells. */
  readonly total?: number
  /** What the provider says beside the items, such as an unread count. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/**
 * A listing that has not begun. Await it for one page, iterate over it for every item; nothing is requested before.
 *
 * @example
 * ```ts
 * const page = await contacts.list({ pageSize: 50 })
 * for await (const contact of contacts.list()) console.log(contact.name)
 * for await (const page of contacts.list().pages()) console.log(page.items.length)
 * const some = await contacts.list().toArray({ limit: 500 })
 * ```
 */
export interface Pager<Item> extends AsyncIterable<Item>, PromiseLike<Page<Item>> {
  /** Handles a failure of the first page, as a promise's `catch` does. */
  catch<Result = never>(
    onRejected?: ((reason: unknown) => Result | PromiseLike<Result>) | null,
  ): Promise<Page<Item> | Result>
  /** Runs when the first page is there or has failed, as a promise's `finally` does. */
  finally(onFinally?: (() => void) | null): Promise<Page<Item>>
  /** Every page in order; the next one is fetched while the consumer handles this one. */
  pages(): AsyncGenerator<Page<Item>, void, undefined>
  /** Reads the items into an array. @param options.limit - stop after so many; default all */
  toArray(options?: { readonly limit?: number }): Promise<Item[]>
}

/** Where a pager gets its pages. */
export interface PageSource<Item> {
  /** The page at a cursor; `undefined` is the first. */
  fetchPage(cursor: string | undefined, signal: AbortSignal | undefined): Promise<Page<Item>>
  /** All items from the start cursor on, in batches, where that is cheaper than pages. */
  batches?(signal: AbortSignal): AsyncIterable<readonly Item[]>
  /** The cursors of later pages, where they can be known from the first. */
  laterCursors?(first: Page<Item>): Iterable<string>
  /** How many pages may be under way at once when `laterCursors` knows them. @default 4 */
  readonly concurrency?: number
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** More cursors than this are not remembered; a longer loop is noticed in its second round. */
const MAX_REMEMBERED_CURSORS = 100_000

/**
 * Makes a pager.
 *
 * @param source - where its pages come from
 */
export function createPager<Item>(source: PageSource<Item>): Pager<Item> {
  let first: Promise<Page<Item>> | undefined
  const firstPage = (): Promise<Page<Item>> => {
    first ??= source.fetchPage(source.cursor, source.signal)
    return first
  }
  const iterate = (): AsyncIterator<Item> => new ItemIterator(() => batchesOf(source))
  return {
    // A pager is awaited for its first page, so it must be a thenable.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    [Symbol.asyncIterator]: iterate,
    pages: () => pagesOf(source),
    async toArray({ limit = Number.POSITIVE_INFINITY } = {}) {
      const items: Item[] = []
      if (limit <= 0) return items
      for await (const batch of batchesOf(source)) {
        for (const item of batch) {
          items.push(item)
          if (items.length >= limit) return items
        }
      }
      return items
    },
  }
}

async function* batchesOf<Item>(source: PageSource<Item>): AsyncGenerator<readonly Item[], void, undefined> {
  if (!source.batches) {
    for await (const page of pagesOf(source)) yield page.items
    return
  }
  const scope = followSignal(source.signal)
  try {
    yield* source.batches(scope.signal)
  } finally {
    scope.end()
  }
}

async function* pagesOf<Item>(source: PageSource<Item>): AsyncGenerator<Page<Item>, void, undefined> {
  const scope = followSignal(source.signal)
  const seen = new Set<string>()
  const fetchPage = (cursor: string | undefined): Promise<Page<Item>> => {
    const page = source.fetchPage(cursor, scope.signal)
    // It may be fetched ahead and never waited for.
    page.catch(() => undefined)
    return page
  }
  try {
    let page = await fetchPage(source.cursor)
    const known = source.laterCursors?.(page)[Symbol.iterator]()
    if (known) {
      const ahead: Promise<Page<Item>>[] = []
      const top = (): void => {
        while (ahead.length < (source.concurrency ?? 4)) {
          const next = known.next()
          if (next.done) return
          remember(seen, next.value)
          ahead.push(fetchPage(next.value))
        }
      }
      for (top(); ahead.length > 0; top()) {
        yield page
        const next = ahead.shift()
        if (next) page = await next
      }
    }
    for (;;) {
      if (page.nextCursor === undefined) {
        yield page
        return
      }
      remember(seen, page.nextCursor)
      const next = fetchPage(page.nextCursor)
      yield page
      page = await next
    }
  } finally {
    scope.end()
  }
}

function remember(seen: Set<string>, cursor: string): void {
  if (seen.has(cursor)) {
    throw new ContactsError({
      code: 'bad_response',
      message: 'The provider gave the same cursor twice, so the listing would never end. Report it to the provider.',
    })
  }
  if (seen.size >= MAX_REMEMBERED_CURSORS) seen.clear()
  seen.add(cursor)
}

/** A signal of our own that follows the caller's, and is aborted when the consumer stops. */
function followSignal(outer: AbortSignal | undefined): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const follow = (): void => controller.abort(outer?.reason)
  if (outer?.aborted) follow()
  outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    end() {
      outer?.removeEventListener('abort', follow)
      controller.abort(new DOMException('The listing was left.', 'AbortError'))
    },
  }
}

/** Hands out items one by one; written by hand because an async generator costs several turns of the event loop an item. */
class ItemIterator<Item> implements AsyncIterator<Item> {
  readonly #start: () => AsyncGenerator<readonly Item[], void, undefined>
  #batches: AsyncGenerator<readonly Item[], void, undefined> | undefined
  #batch: readonly Item[] = []
  #index = 0
  #pending: Promise<unknown> | undefined

  constructor(start: () => AsyncGenerator<readonly Item[], void, undefined>) {
    this.#start = start
  }

  next(): Promise<IteratorResult<Item>> {
    // Calls that come before an earlier one is answered wait their turn.
    if (this.#pending) return this.#queue(() => this.#step())
    if (this.#index < this.#batch.length) return Promise.resolve(this.#take())
    return this.#queue(() => this.#step())
  }

  return(): Promise<IteratorResult<Item>> {
    return this.#queue(async () => {
      this.#batch = []
      this.#index = 0
      this.#batches ??= this.#start()
      await this.#batches.return()
      return { done: true, value: undefined }
    })
  }

  #queue(run: () => Promise<IteratorResult<Item>>): Promise<IteratorResult<Item>> {
    const result = this.#pending ? this.#pending.then(run, run) : run()
    const pending: Promise<void> = result.then(
      () => this.#settled(pending),
      () => this.#settled(pending),
    )
    this.#pending = pending
    return result
  }

  #settled(pending: Promise<unknown>): void {
    if (this.#pending === pending) this.#pending = undefined
  }

  async #step(): Promise<IteratorResult<Item>> {
    this.#batches ??= this.#start()
    while (this.#index >= this.#batch.length) {
      const next = await this.#batches.next()
      if (next.done) return { done: true, value: undefined }
      this.#batch = next.value
      this.#index = 0
    }
    return this.#take()
  }

  #take(): IteratorResult<Item> {
    const value = this.#batch[this.#index++] as Item // the caller checked that the index is inside
    return { done: false, value }
  }
}
