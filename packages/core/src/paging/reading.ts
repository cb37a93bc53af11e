import { followSignal } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import type { PageSource, SourcePage } from './page-source.ts'

/** Told whether a reading that came to its end reached every item. */
export type OnEnd = (complete: boolean | undefined) => void

/** A signal that follows the caller's, and is aborted too when the listing is over or was left: that ends what is under way. */
export function startReading({ signal }: Pick<PageSource<unknown>, 'signal'>): {
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

/**
 * Reads the items of a listing from one stream, in the batches in which they arrive.
 *
 * @param source - where the items come from
 * @param batches - its stream
 */
export async function* readStream<Item>(
  source: PageSource<Item>,
  batches: NonNullable<PageSource<Item>['batches']>,
  onEnd?: OnEnd,
): AsyncGenerator<readonly Item[], void, undefined> {
  const { signal, end } = startReading(source)
  const course = new Course(source)
  try {
    signal.throwIfAborted()
    for await (const batch of batches.call(source, signal)) {
      signal.throwIfAborted()
      yield kept(batch, course.take(batch))
      signal.throwIfAborted()
    }
    onEnd?.(course.complete)
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    end()
  }
}

/** So many cursors are remembered one by one; a listing of a million contacts has about as many pages. */
const MAX_CURSORS = 10_000

/** So many ids are remembered at least: far more than can be on the pages that are under way at once. */
const MIN_IDS = 10_000

/** So many pages in a row on which every item had come before, or none was, are no coincidence. */
const MAX_STALE_PAGES = 20

/** A provider that filters as it reads may give many empty pages, but not without end. */
const MAX_EMPTY_PAGES = 1_000

/** So many pages in a row may have records and no item, where an item is made of several, or records cannot be mapped. */
const MAX_IDLE_PAGES = 10_000

/** What came of a listing so far: tells new items from repeated ones, and ends a listing that brings nothing new. */
export class Repeats<Item> {
  /** How many items came, each counted once, those included that could not be mapped. */
  came = 0
  readonly #idOf: ((item: Item) => string) | undefined
  readonly #ids = new RecentIds()
  #stalePages = 0
  /** The items that came again on the stale pages, and how often in all. */
  #stale: Set<string> = new Set()
  #repeated = 0
  #emptyPages = 0
  #idlePages = 0
  #firstTotal: number | undefined

  constructor(idOf: ((item: Item) => string) | undefined) {
    this.#idOf = idOf
  }

  /**
   * Takes the next page.
   *
   * @returns those of its items that had not come before
   * @throws ContactsError `bad_response` when page after page brings nothing new
   */
  take(page: SourcePage<Item>): readonly Item[] {
    const idOf = this.#idOf
    const items = idOf ? page.items.filter((item) => this.#ids.add(idOf(item))) : page.items
    const { skipped = 0 } = page
    this.came += items.length + skipped
    this.#firstTotal ??= page.total
    if (items.length > 0) this.#noteNews()
    else if (page.items.length > (page.overlap ?? 0)) this.#countStale(page)
    else if (page.nextCursor !== undefined) this.#countEmpty(page)
    return items
  }

  /** Whether an item came shortly before. */
  has(id: string): boolean {
    return this.#ids.has(id)
  }

  #noteNews(): void {
    this.#stalePages = 0
    this.#repeated = 0
    this.#stale.clear()
    this.#emptyPages = 0
    this.#idlePages = 0
  }

  #countStale({ items: all, overlap, total = 0 }: SourcePage<Item>): void {
    const items = all.slice(overlap)
    this.#stalePages++
    this.#repeated += items.length
    if (this.#idOf) for (const item of items) this.#stale.add(this.#idOf(item))
    // Items that were added push as many others onto later pages, and changes may move items on: each of those comes once more.
    const added = total - (this.#firstTotal ?? total)
    const isMoved =
      this.#repeated <= added || (this.#repeated === this.#stale.size && this.#repeated <= MIN_IDS)
    if (this.#stalePages < MAX_STALE_PAGES || isMoved) return
    throw endless(`${this.#stalePages} pages in a row on which nothing was new`)
  }

  #countEmpty({ skipped = 0, records = skipped, isFiltered = false }: SourcePage<Item>): void {
    if (records > 0) {
      if (++this.#idlePages >= MAX_IDLE_PAGES)
        throw endless(`${this.#idlePages} pages in a row of whose records nothing could be made`)
      return
    }
    const most = isFiltered ? MAX_EMPTY_PAGES : MAX_STALE_PAGES
    if (++this.#emptyPages >= most) throw endless(`${this.#emptyPages} empty pages in a row`)
  }
}

/** What came of one reading of a listing, and whether that is all. */
export class Course<Item> {
  readonly #isFromStart: boolean
  readonly #repeats: Repeats<Item>
  #reachesAll: boolean | undefined
  #lacks = false
  /** The lowest total that the provider told: what came later need not be in the listing. */
  #promised: number | undefined
  #total: number | undefined
  readonly #moves = new Set<boolean>()
  readonly #isNumbered: boolean
  /** Whether there is a page of which it is not known whether nobody moved over its border. */
  #hasOpenBorder = false

  constructor({ idOf, cursor, isNumbered = true }: PageSource<Item>) {
    this.#isFromStart = cursor === undefined
    this.#isNumbered = isNumbered
    this.#repeats = new Repeats(idOf && ((item) => idOf(item)))
  }

  /** Takes what came next. @returns those of its items that are new */
  take(page: SourcePage<Item>): readonly Item[] {
    const { skipped = 0, reachesAll } = page
    this.#hasOpenBorder ||= this.came > 0 && page.overlap === undefined
    const items = this.#repeats.take(page)
    this.see(page)
    this.#lacks ||= skipped > 0
    this.#reachesAll = this.#reachesAll === false ? false : reachesAll
    return items
  }

  /** Notes the total of a page, which may be read again before it is taken. */
  see({ total }: Pick<SourcePage<Item>, 'total'>): void {
    if (total === undefined) return
    this.#promised = Math.min(this.#promised ?? total, total)
    if (this.#total !== undefined && this.#total !== total) this.#moves.add(total > this.#total)
    this.#total = total
  }

  /** Whether an item came shortly before. */
  has(id: string): boolean {
    return this.#repeats.has(id)
  }

  /** How many items came. */
  get came(): number {
    return this.#repeats.came
  }

  /** How many the provider counts, where fewer came than that although it is not known to keep some back. */
  get missedTotal(): number | undefined {
    if (this.#reachesAll === false) return undefined
    const isShort = this.#isFromStart && this.#promised !== undefined && this.came < this.#promised
    return isShort ? this.#promised : undefined
  }

  /** Notes that items may be missing. */
  noteLack(): void {
    this.#lacks = true
  }

  /** Whether every item has come, once the listing is at its end; `undefined` where that is not known. */
  get complete(): boolean | undefined {
    if (this.#reachesAll === undefined) return undefined
    // Where some come and others go, as many of both may have crossed the border of two pages that do not overlap: without a trace.
    const mayCancel = this.#isNumbered && this.#hasOpenBorder && this.#moves.size > 1
    return (
      this.#reachesAll && this.#isFromStart && !this.#lacks && !mayCancel && this.missedTotal === undefined
    )
  }
}

/** Those of some items of a page that the caller gets. */
export function kept<Item>({ keep }: Pick<SourcePage<Item>, 'keep'>, items: readonly Item[]): Item[] {
  return keep ? items.filter(keep) : items.slice()
}

/**
 * Watches the cursors of one listing for one that comes again, so that a provider's mistake cannot make it endless. A circle
 * of any length is noticed, in memory that does not grow: the first cursors are remembered, so that most circles are noticed
 * at once, and of the later ones a single one at a time, for twice as long each time (Brent's algorithm).
 *
 * @param start - the cursor that the listing begins at
 * @returns a function to be called with every later cursor in order; it throws `bad_response` for one that was there
 */
export function createCursorGuard(start?: string): (cursor: string) => void {
  const remembered = new Set<string>(start === undefined ? [] : [start])
  let marked: string | undefined
  let sinceMark = 0
  let markFor = 1
  return (cursor) => {
    if (remembered.has(cursor) || cursor === marked) throw endless('the same cursor twice')
    if (remembered.size < MAX_CURSORS) {
      remembered.add(cursor)
      return
    }
    sinceMark++
    if (sinceMark < markFor) return
    marked = cursor
    sinceMark = 0
    markFor *= 2
  }
}

/**
 * Remembers the latest ids, in memory that does not grow. They are kept in two sets, of which the older is forgotten as a whole,
 * because taking ids out of a set one by one makes it slow.
 */
export class RecentIds {
  readonly #least: number
  #older: ReadonlySet<string> = new Set()
  #latest = new Set<string>()

  /** @param least - how many are remembered at least; at most twice as many are. @default 10000 */
  constructor(least: number = MIN_IDS) {
    this.#least = least
  }

  has(id: string): boolean {
    return this.#latest.has(id) || this.#older.has(id)
  }

  /** Remembers an id. @returns whether it was not remembered yet */
  add(id: string): boolean {
    if (this.#older.has(id)) return false
    const { size } = this.#latest
    // Looked up once: it grows where the id is new.
    if (this.#latest.add(id).size === size) return false
    if (size + 1 >= this.#least) {
      this.#older = this.#latest
      this.#latest = new Set()
    }
    return true
  }
}

function endless(what: string): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    message: `The provider gave ${what}, so the listing would never end. Report it to the provider.`,
  })
}
