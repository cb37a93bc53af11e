import { followSignal } from '../call/timing.ts'
import { Borders, createCursorGuard, Repeats } from './moved-items.ts'
import type { PageSource, SourcePage } from './page-source.ts'

/** How many pages are under way at once when their cursors are known. */
const DEFAULT_CONCURRENCY = 4

/** So many known pages in a row that are empty and call themselves the last end a listing. */
const MAX_EMPTY_ENDS = 3

/** A page that is being fetched. */
interface PageAhead<Item> {
  readonly cursor: string | undefined
  readonly page: Promise<SourcePage<Item>>
}

/** A page that was read, and those of its items that are new and kept. */
interface ReadPage<Item> {
  readonly page: SourcePage<Item>
  readonly items: Item[]
}

/**
 * Reads the pages of a listing in order. While the consumer handles a page the next one is fetched, or the next ones where
 * their cursors are known. A failure comes after the pages before it, and leaving ends what is under way.
 *
 * @param source - where the pages come from
 * @param make - makes what is given of a page and of those of its items that are new and kept
 */
export async function* pagesOf<Item, Given>(
  source: PageSource<Item>,
  make: (page: SourcePage<Item>, items: Item[]) => Given,
): AsyncGenerator<Given, void, undefined> {
  const { signal, end } = startReading(source)
  const reader = new PageReader(source, signal)
  try {
    for (let read = await reader.next(); read; read = await reader.next()) yield make(read.page, read.items)
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    reader.end()
    end()
  }
}

/**
 * Reads the items of a listing in the batches in which they arrive: from one stream where the source has it, else by pages.
 *
 * @param source - where the items come from
 */
export function batchesOf<Item>(source: PageSource<Item>): AsyncGenerator<readonly Item[], void, undefined> {
  return source.batches ? readStream(source, source.batches) : pagesOf(source, (_, items) => items)
}

async function* readStream<Item>(
  source: PageSource<Item>,
  batches: NonNullable<PageSource<Item>['batches']>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const { signal, end } = startReading(source)
  try {
    signal.throwIfAborted()
    for await (const batch of batches.call(source, signal)) {
      signal.throwIfAborted()
      yield batch
      signal.throwIfAborted()
    }
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    end()
  }
}

/** A signal that follows the caller's, and is aborted too when the listing is over or was left: that ends what is under way. */
function startReading({ signal }: Pick<PageSource<unknown>, 'signal'>): {
  readonly signal: AbortSignal
  end(): void
} {
  const controller = new AbortController()
  const stopFollowing = followSignal(signal, (reason) => controller.abort(reason))
  // As long as somebody follows a signal, others who do need no listener on it: each page would add and remove one.
  const stopHolding = followSignal(controller.signal, () => {})
  return {
    signal: controller.signal,
    end() {
      stopFollowing()
      stopHolding()
      controller.abort(new DOMException('The listing was left.', 'AbortError'))
    },
  }
}

/** Reads one listing once, page by page. While a page is handled the next one is fetched, or the next ones that are known. */
class PageReader<Item> {
  readonly #source: PageSource<Item>
  readonly #signal: AbortSignal
  readonly #repeats: Repeats<Item>
  readonly #borders: Borders<Item> | undefined
  #guard: (cursor: string) => void
  #ahead: PageAhead<Item>[] | undefined
  #known: Iterator<string> | undefined
  #emptyEnds = 0
  /** The lowest total that the provider told: what came later need not be in the listing. */
  #promised = Number.POSITIVE_INFINITY
  /** The page at the end: the first one after the last item that was new, or the one with that item. */
  #tail: { readonly cursor: string | undefined; readonly hasNews: boolean } | undefined
  #isAskedAgain = false

  /**
   * @param source - where the pages come from
   * @param signal - ends what is under way
   */
  constructor(source: PageSource<Item>, signal: AbortSignal) {
    const { cursor, idOf, isNumbered = true } = source
    this.#source = source
    this.#signal = signal
    this.#guard = createCursorGuard(cursor)
    this.#repeats = new Repeats(source)
    if (idOf && isNumbered) this.#borders = new Borders((at) => this.#fetch(at), source.onIncomplete)
  }

  /** Reads the next page; `undefined` at the end. */
  async next(): Promise<ReadPage<Item> | undefined> {
    for (;;) {
      this.#signal.throwIfAborted()
      const isFirst = this.#ahead === undefined
      this.#ahead ??= [this.#start(this.#source.cursor)]
      const next = this.#ahead.shift() ?? this.#askAgain()
      if (!next) return undefined
      const given = await next.page
      this.#signal.throwIfAborted()
      const page = this.#borders ? await this.#borders.cross(next.cursor, given) : given
      if (isFirst) this.#known = this.#source.laterCursors?.(given)[Symbol.iterator]()
      this.#fetchAhead(this.#ahead, page)
      const items = this.#take(next.cursor, page)
      if (this.#isOver(page)) this.#ahead = []
      else if (items.length > 0 || !this.#isAskedAgain) return { page, items }
    }
  }

  /** Lets the list of known cursors go. */
  end(): void {
    this.#known?.return?.()
    this.#known = undefined
  }

  #fetch(cursor: string | undefined): Promise<SourcePage<Item>> {
    return this.#source.fetchPage(cursor, this.#signal)
  }

  #start(cursor: string | undefined): PageAhead<Item> {
    return { cursor, page: this.#fetch(cursor) }
  }

  #fetchAhead(ahead: PageAhead<Item>[], { nextCursor }: SourcePage<Item>): void {
    const { concurrency = DEFAULT_CONCURRENCY } = this.#source
    while (this.#known && ahead.length < concurrency) {
      const next = this.#known.next()
      if (next.done) this.#known = undefined
      else ahead.push(this.#begin(next.value))
    }
    if (!this.#known && ahead.length === 0 && nextCursor !== undefined) ahead.push(this.#begin(nextCursor))
  }

  /** Begins to fetch a page that is waited for later, or never. */
  #begin(cursor: string): PageAhead<Item> {
    const page = (async () => {
      this.#guard(cursor)
      return this.#fetch(cursor)
    })()
    page.catch(() => undefined)
    return { cursor, page }
  }

  /** The items of a page that are new and kept. */
  #take(cursor: string | undefined, page: SourcePage<Item>): Item[] {
    const items = this.#repeats.take(page)
    if (items.length > 0 || this.#tail?.hasNews !== false) this.#tail = { cursor, hasNews: items.length > 0 }
    if (page.total !== undefined) this.#promised = Math.min(this.#promised, page.total)
    return page.keep ? items.filter(page.keep) : items.slice()
  }

  /** A provider that promises more pages than it has says so page by page: there is nothing, and nothing comes after. */
  #isOver({ items, nextCursor }: SourcePage<Item>): boolean {
    this.#emptyEnds = items.length === 0 && nextCursor === undefined ? this.#emptyEnds + 1 : 0
    if (this.#emptyEnds < MAX_EMPTY_ENDS) return false
    this.end()
    return true
  }

  /** Asks once more for the page at the end, where less came than the provider counts. */
  #askAgain(): PageAhead<Item> | undefined {
    const { cursor, onIncomplete } = this.#source
    const isCounted = this.#borders !== undefined && cursor === undefined
    const { came } = this.#repeats
    if (!isCounted || came >= this.#promised || this.#promised === Number.POSITIVE_INFINITY) return undefined
    if (this.#isAskedAgain) {
      onIncomplete?.(`It ended after ${came} items, although the provider counts ${this.#promised}.`)
      return undefined
    }
    this.#isAskedAgain = true
    const at = this.#tail?.cursor
    this.#guard = createCursorGuard(at)
    return this.#start(at)
  }
}
