import { ContactsError } from '../errors.ts'
import { createCursorGuard } from './cursor-guard.ts'
import { followSignal } from './follow-signal.ts'
import type { Page, PageSource } from './page-source.ts'
import { createRecentIds } from './recent-ids.ts'

/** How many pages are under way at once when their cursors are known. */
const DEFAULT_CONCURRENCY = 4

/** So many known pages in a row that are empty and call themselves the last end a listing. */
const MAX_EMPTY_PAGES = 3

/** Far more than contacts that are added meanwhile can fill. */
const MAX_PAGES_WITHOUT_NEWS = 100

/**
 * Reads the pages of a listing in order. While the consumer handles a page the next one is fetched, or the next ones where
 * their cursors are known. A failure comes after the pages before it, and leaving ends what is under way.
 *
 * @param source - where the pages come from
 */
export async function* pagesOf<Item>(source: PageSource<Item>): AsyncGenerator<Page<Item>, void, undefined> {
  const { signal, end } = followSignal(source.signal)
  const pass = createCursorGuard(source.cursor)
  const withoutRepeats = createRepeatFilter(source)
  let known: Iterator<string> | undefined
  const ahead: Promise<Page<Item>>[] = []
  let empty = 0
  const fetchAhead = (cursor: string): void => {
    const page = (async () => {
      pass(cursor)
      return source.fetchPage(cursor, signal)
    })()
    // It is waited for later, or never.
    page.catch(() => undefined)
    ahead.push(page)
  }
  try {
    signal.throwIfAborted()
    let page = await source.fetchPage(source.cursor, signal)
    signal.throwIfAborted()
    known = source.laterCursors?.(page)[Symbol.iterator]()
    for (;;) {
      while (known && ahead.length < (source.concurrency ?? DEFAULT_CONCURRENCY)) {
        const next = known.next()
        if (next.done) known = undefined
        else fetchAhead(next.value)
      }
      if (!known && ahead.length === 0 && page.nextCursor !== undefined) fetchAhead(page.nextCursor)
      // A provider that promises more pages than it has says so page by page: there is nothing, and nothing comes after.
      empty = page.items.length === 0 && page.nextCursor === undefined ? empty + 1 : 0
      if (empty >= MAX_EMPTY_PAGES) return
      yield withoutRepeats(page)
      signal.throwIfAborted()
      const next = ahead.shift()
      if (!next) return
      page = await next
      signal.throwIfAborted()
    }
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    known?.return?.()
    end()
  }
}

/**
 * Leaves out of numbered pages what was on one of the pages before. Contacts that are added while a listing runs push others
 * onto later pages, so that a page can hold nothing new; one such page after the other without end is a provider that answers
 * the same page to every number.
 */
function createRepeatFilter<Item>({ idOf }: PageSource<Item>): (page: Page<Item>) => Page<Item> {
  if (!idOf) return (page) => page
  const isNew = createRecentIds()
  let withoutNews = 0
  return (page) => {
    const items = page.items.filter((item) => isNew(idOf(item)))
    withoutNews = items.length === 0 && page.items.length > 0 ? withoutNews + 1 : 0
    if (withoutNews < MAX_PAGES_WITHOUT_NEWS) return { ...page, items }
    throw new ContactsError({
      code: 'bad_response',
      message: `The provider gave ${withoutNews} pages in a row on which nothing was new, so the listing would never end. Report it to the provider.`,
    })
  }
}

/**
 * Reads the items of a listing in the batches in which they arrive: from one stream where the source has it, else by pages.
 *
 * @param source - where the items come from
 */
export async function* batchesOf<Item>(
  source: PageSource<Item>,
): AsyncGenerator<readonly Item[], void, undefined> {
  if (!source.batches) {
    for await (const page of pagesOf(source)) yield page.items
    return
  }
  const { signal, end } = followSignal(source.signal)
  try {
    signal.throwIfAborted()
    for await (const batch of source.batches(signal)) {
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
