import type { PageSource, SourcePage } from './page-source.ts'
import { Course, createCursorGuard, type OnEnd, startReading } from './reading.ts'

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
export interface ReadPage<Item> {
  readonly page: SourcePage<Item>
  readonly items: Item[]
  /** On the last page: whether every item has come; absent where that is not known. */
  readonly complete?: boolean | undefined
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
  #emptyEnds = 0
  /** The page at the end: the first one after the last item that was new, or the one with that item. */
  #tail: { readonly cursor: string | undefined; readonly hasNews: boolean } | undefined
  #isAskedAgain = false
  /** The page after one without a cursor, which was read to see whether that is the last. */
  #held: (() => ReadPage<Item>) | undefined
  /** Where the page stands that was read last. */
  #at: string | undefined
  #isEnded = false

  /**
   * @param source - where the pages come from
   * @param signal - ends what is under way
   */
  constructor(source: PageSource<Item>, signal: AbortSignal) {
    const { cursor, idOf, isNumbered = true } = source
    this.#source = source
    this.#signal = signal
    this.#guard = createCursorGuard(cursor)
    this.#course = new Course(source)
    if (idOf && isNumbered) {
      this.#borders = new Borders(
        (at) => this.#fetch(at),
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
    const { came } = this.#course
    const items = this.#course.take(page)
    const hasNews = this.#course.came > came
    if (hasNews || this.#tail?.hasNews !== false) this.#tail = { cursor, hasNews }
    return items
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

/** Reads a page, again where need be. */
type Fetch<Item> = (cursor: string | undefined) => Promise<SourcePage<Item>>

interface FetchAgain {
  readonly cursor: string | undefined
  readonly total: number | undefined
}

/** So many of the pages that were read last can be read again. */
const REMEMBERED = 1_000

/**
 * Looks for the items that moved over the borders between numbered pages while those were read.
 *
 * An item is on neither of two pages when it was behind their border as the first was read, and before it as the second was. Then
 * items before it went in between; or, where the second was read first, came. The total of the second page is lower either way,
 * by at least as many places as the item moved. So the second page is read again, and those before it, backwards, until as many
 * places were seen: whatever goes meanwhile moves items further back, where they are still to be looked for. As many that come
 * as go at once cancel out in the totals, and are not seen.
 */
class Borders<Item> {
  readonly #fetch: Fetch<Item>
  readonly #onIncomplete: ((why: string) => void) | undefined
  #before: FetchAgain[] = []
  #hasForgotten = false

  /**
   * @param fetch - reads a page
   * @param onIncomplete - told, in a sentence, where more places would have to be looked at than are remembered
   */
  constructor(fetch: Fetch<Item>, onIncomplete?: (why: string) => void) {
    this.#fetch = fetch
    this.#onIncomplete = onIncomplete
  }

  /**
   * Takes the next page.
   *
   * @returns the page, with what moved from it onto earlier ones before its own items
   */
  async cross(cursor: string | undefined, page: SourcePage<Item>): Promise<SourcePage<Item>> {
    const counted = this.#before.at(-1)?.total
    const isLower = counted !== undefined && page.total !== undefined && page.total < counted
    const whole = isLower ? await this.#lookBack(cursor, page, page.total, counted) : page
    this.#note({ cursor, total: whole.total })
    return whole
  }

  async #lookBack(
    cursor: string | undefined,
    page: SourcePage<Item>,
    total: number,
    counted: number,
  ): Promise<SourcePage<Item>> {
    const again = await this.#fetch(cursor)
    let lowest = total
    let items = [...page.items, ...again.items]
    let places = 0
    for (const earlier of this.#before.toReversed()) {
      if (places >= counted - lowest) break
      const { items: found, skipped = 0, total: now = lowest } = await this.#fetch(earlier.cursor)
      items = [...found, ...items]
      places += found.length + skipped
      lowest = Math.min(lowest, now)
    }
    if (this.#hasForgotten && places < counted - lowest) {
      this.#onIncomplete?.('So many went while it was read that others may have moved out of sight.')
    }
    return { ...again, items }
  }

  #note(page: FetchAgain): void {
    this.#before.push(page)
    if (this.#before.length < 2 * REMEMBERED) return
    this.#before = this.#before.slice(-REMEMBERED)
    this.#hasForgotten = true
  }
}
