import type { SourcePage } from './page-source.ts'

/** What is known of the ids of items. */
export interface Ids<Item> {
  idOf(item: Item): string
  /** Whether an item came before. */
  has(id: string): boolean
}

/** What a search for items that moved works with. */
export interface LookBack<Item> {
  /** Of the pages that were read, in order; the last one is where others may have moved away. */
  readonly cursors: readonly (string | undefined)[]
  readonly ids: Ids<Item>
  fetch(cursor: string | undefined): Promise<SourcePage<Item>>
  /** Whether a page is taken to follow another, whatever is on it. */
  follows(page: SourcePage<Item>, before: SourcePage<Item>): boolean
  /** Told when too much moves for the search to end. */
  onGivenUp(): void
}

/** Pages are read again this many times as often as there are pages, before it is given up. */
const PATIENCE = 4

/**
 * Looks for the items that moved over the border before a page: reads the pages before it again, backwards to one that has an item
 * that came, and from there forwards.
 *
 * @returns the page, with what was found on earlier ones before its own items
 */
export async function lookBack<Item>(
  { cursors, ids, fetch, follows, onGivenUp }: LookBack<Item>,
  page: SourcePage<Item>,
): Promise<SourcePage<Item>> {
  const last = cursors.length - 1
  const earlier: Item[] = []
  const found = new Set<string>()
  let at = last
  let before: SourcePage<Item> | undefined
  for (let reads = PATIENCE * cursors.length; reads > 0; reads--) {
    at += before ? 1 : -1
    const read = await fetch(cursors[at])
    const joins = at === 0 || (before && follows(read, before)) || isKnown(ids, read.items, found)
    before = joins ? read : undefined
    if (!joins) continue
    // Nothing is where the page was, where the listing has become so short.
    if (at === last || read.nextCursor === undefined) return withEarlier(earlier, read)
    earlier.push(...read.items)
    for (const item of read.items) found.add(ids.idOf(item))
  }
  onGivenUp()
  return withEarlier(earlier, page)
}

/** Whether one of some items came before, or was found. */
export function isKnown<Item>(
  ids: Ids<Item>,
  items: readonly Item[],
  found: ReadonlySet<string> = new Set(),
): boolean {
  return items.some((item) => {
    const id = ids.idOf(item)
    return found.has(id) || ids.has(id)
  })
}

function withEarlier<Item>(earlier: readonly Item[], page: SourcePage<Item>): SourcePage<Item> {
  const { overlap } = page
  return {
    ...page,
    items: [...earlier, ...page.items],
    ...(overlap !== undefined && { overlap: earlier.length + overlap }),
    // Its cursors count items that stand elsewhere.
    cursorAfter: undefined,
  }
}
