import { type Ids, isKnown, type LookBack, lookBack } from './look-back.ts'
import type { PageSource, SourcePage } from './page-source.ts'
import { Course, createCursorGuard, type OnEnd, startReading } from './reading.ts'
import { readAlone } from './refused.ts'

/** How many pages are under way at once when their cursors are known: as many as an HTTP client's requests. */
const DEFAULT_CONCURRENCY = 8

/** No more than so many at first, then as many as were read: for those who leave early. */
const FIRST_AHEAD = 4

/** So many known pages in a row that are empty and call themselves the last end a listing. */
const MAX_EMPTY_ENDS = 3

/** A page that is being fetched. */
interface PageAhead<Item> {
  readonly cursor: string | undefined
  readonly page: Promise<SourcePage<Item>>
  /** Fetches it by itself; absent for one that was not fetched beside others. */
  readonly again?: () => Promise<SourcePage<Item>>
}

/** A page that was read, and those of its items that are new. */
export interface ReadPage<Item> {
  readonly page: SourcePage<Item>
  readonly items: readonly Item[]
  /** On the last page: whether every item has come; absent where that is not known. */
  readonly complete?: boolean | undefined
}

/**
 * Reads the pages of a listing in order. While the consumer handles a page the next one is fetched, or the next ones where
 * their cursors are known. A failure comes after the pages before it, and leaving ends what is under way.
 *
 * @param make - makes what is given of a page and of those of its items that are new
 */
export async function* pagesOf<Item, Given>(
  source: PageSource<Item>,
  make: (read: ReadPage<Item>) => Given,
  onEnd?: OnEnd,
): AsyncGenerator<Given, void, undefined> {
  const { signal, end } = startReading(source)
  const reader = new PageReader(source, signal)
  try {
    for (let read = await reader.next(); read; read = await reader.next()) yield make(read)
    onEnd?.(reader.complete)
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    reader.end()
    end()
  }
}

/** Reads one listing once, page by page. While a page is handled the next one is fetched, or the next ones that are known. */
class PageReader<Item> {
  readonly #source: PageSource<Item>
  readonly #signal: AbortSignal
  readonly #course: Course<Item>
  readonly #borders: Borders<Item> | undefined
  #guard: (cursor: string) => void
  #ahead: PageAhead<Item>[] | undefined
  #known: Iterator<string> | undefined
  /** How many pages were read. */
  #pages = 0
  #emptyEnds = 0
  /** The page at the end: the first one after the last item that was new, or the one with that item. */
  #tail: { readonly cursor: string | undefined; readonly hasNews: boolean } | undefined
  #isAskedAgain = false
  /** The page after one without a cursor, which was read to see whether that is the last. */
  #held: (() => ReadPage<Item>) | undefined
  /** Where the page stands that was read last. */
  #at: string | undefined
  #isEnded = false

  /** @param signal - ends what is under way */
  constructor(source: PageSource<Item>, signal: AbortSignal) {
    const { cursor, idOf, isNumbered = true } = source
    this.#source = source
    this.#signal = signal
    this.#guard = createCursorGuard(cursor)
    this.#course = new Course(source)
    if (idOf && isNumbered) {
      const ids = { idOf: (item: Item) => idOf.call(source, item), has: (id: string) => this.#course.has(id) }
      this.#borders = new Borders(
        async (at) => {
          const page = await this.#fetch(at)
          this.#course.see(page)
          return page
        },
        ids,
        (why) => this.#noteLack(why),
      )
    }
  }

  /** Reads the next page; `undefined` at the end. Only the last page is without a cursor. */
  async next(): Promise<ReadPage<Item> | undefined> {
    this.#signal.throwIfAborted()
    if (this.#isEnded) return undefined
    const held = this.#held
    this.#held = undefined
    const read = held ? held() : await this.#read()
    if (!read || read.page.nextCursor !== undefined) return read
    const follows = this.#ahead?.[0] ?? (await this.#look())
    if (follows) return { ...read, page: { ...read.page, nextCursor: follows.cursor } }
    this.#isEnded = true
    return { ...read, complete: this.complete }
  }

  /** Whether every item has come, once the listing is at its end; `undefined` where that is not known. */
  get complete(): boolean | undefined {
    return this.#course.complete
  }

  /** Lets the list of known cursors go. */
  end(): void {
    this.#known?.return?.()
    this.#known = undefined
  }

  /** Looks for a page with news after one that called itself the last. A failure waits for its turn. */
  async #look(): Promise<Pick<PageAhead<Item>, 'cursor'> | undefined> {
    try {
      const read = await this.#read()
      if (!read) return undefined
      this.#held = () => read
    } catch (error) {
      this.#held = () => {
        throw error
      }
    }
    return { cursor: this.#at }
  }

  async #read(): Promise<ReadPage<Item> | undefined> {
    for (;;) {
      this.#signal.throwIfAborted()
      const isFirst = this.#ahead === undefined
      this.#ahead ??= [this.#start(this.#source.cursor)]
      const next = this.#ahead.shift() ?? this.#askAgain()
      if (!next) return undefined
      this.#at = next.cursor
      const given = await next.page.catch((error) => readAlone(next.again, error))
      this.#signal.throwIfAborted()
      this.#pages++
      this.#course.see(given)
      const page = this.#borders ? await this.#borders.cross(next.cursor, given) : given
      if (isFirst) this.#known = this.#source.laterCursors?.(given)[Symbol.iterator]()
      this.#fetchAhead(this.#ahead, page)
      const items = this.#take(next.cursor, page)
      if (this.#isOver(page)) this.#ahead = []
      else if (items.length > 0 || !this.#isAskedAgain) return { page, items }
    }
  }

  #fetch(cursor: string | undefined): Promise<SourcePage<Item>> {
    // Nothing came before the first page that it could overlap.
    const overlaps = this.#borders !== undefined && cursor !== this.#source.cursor
    return this.#source.fetchPage(cursor, this.#signal, overlaps)
  }

  #start(cursor: string | undefined): PageAhead<Item> {
    return { cursor, page: this.#fetch(cursor) }
  }

  #fetchAhead(ahead: PageAhead<Item>[], { nextCursor }: SourcePage<Item>): void {
    const { concurrency = DEFAULT_CONCURRENCY } = this.#source
    const most = Math.min(concurrency, Math.max(FIRST_AHEAD, this.#pages))
    while (this.#known && ahead.length < most) {
      const next = this.#known.next()
      if (next.done) this.#known = undefined
      else ahead.push({ ...this.#begin(next.value), again: () => this.#fetch(next.value) })
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

  /** The items of a page that are new. */
  #take(cursor: string | undefined, page: SourcePage<Item>): readonly Item[] {
    const { came } = this.#course
    const items = this.#course.take(page)
    const hasNews = this.#course.came > came
    if (hasNews || this.#tail?.hasNews !== false) this.#tail = { cursor, hasNews }
    return items
  }

  /** A provider that promises more pages than it has says so page by page: there is nothing, and nothing comes after. */
  #isOver({ items, nextCursor, overlap = 0 }: SourcePage<Item>): boolean {
    this.#emptyEnds = items.length <= overlap && nextCursor === undefined ? this.#emptyEnds + 1 : 0
    if (this.#emptyEnds < MAX_EMPTY_ENDS) return false
    this.end()
    return true
  }

  /** Asks once more for the page at the end, where less came than the provider counts. */
  #askAgain(): PageAhead<Item> | undefined {
    const { missedTotal: promised, came } = this.#course
    if (!this.#source.idOf || promised === undefined) return undefined
    if (this.#isAskedAgain) {
      this.#noteLack(`It ended after ${came} items, although the provider counts ${promised}.`)
      return undefined
    }
    this.#isAskedAgain = true
    const at = this.#tail?.cursor
    this.#guard = createCursorGuard(at)
    return this.#start(at)
  }

  #noteLack(why: string): void {
    this.#course.noteLack()
    this.#source.onIncomplete?.(why)
  }
}

/**
 * Watches the borders between numbered pages for items that moved over them while those were read.
 *
 * Items keep their order, so nothing is between a page that has any item that came before and what came. One that has none may lie
 * behind others that moved before it, which are then looked for. So it does not matter how many came and went, nor in which order
 * pages were answered. A page that does not overlap the one before is taken to follow it unless its total is lower: as many that came
 * as went are then not seen.
 */
class Borders<Item> {
  readonly #search: Omit<LookBack<Item>, 'cursors'>
  readonly #before: (string | undefined)[] = []
  #last: SourcePage<Item> | undefined
  #hasGivenUp = false

  constructor(fetch: LookBack<Item>['fetch'], ids: Ids<Item>, onIncomplete: (why: string) => void) {
    const follows = (page: SourcePage<Item>, before: SourcePage<Item>): boolean => {
      // After the end there is nothing to be lost.
      if (page.items.length === 0 && before.nextCursor === undefined) return true
      const isLower = page.total !== undefined && before.total !== undefined && page.total < before.total
      return page.overlap === undefined && !isLower
    }
    this.#search = {
      fetch,
      ids,
      follows,
      onGivenUp: () => {
        this.#hasGivenUp = true
        onIncomplete('So much moved while it was read that others may have moved out of sight.')
      },
    }
  }

  /** Takes the next page. @returns it, with what moved from it onto earlier ones before its own items */
  async cross(cursor: string | undefined, page: SourcePage<Item>): Promise<SourcePage<Item>> {
    const { follows, ids } = this.#search
    const last = this.#last
    this.#before.push(cursor)
    const joins = !last || this.#hasGivenUp || follows(page, last) || isKnown(ids, page.items)
    this.#last = joins ? page : await lookBack({ ...this.#search, cursors: this.#before }, page)
    return this.#last
  }
}
