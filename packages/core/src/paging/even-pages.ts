import type { ReadPage } from './pages.ts'

/**
 * Gives pages of the size of the first one, where later ones were read with fewer items of their own because they overlap.
 *
 * @param pages - as they were read
 * @param make - makes what is given
 */
export async function* evenPages<Item, Given>(
  pages: AsyncIterable<ReadPage<Item>>,
  make: (read: ReadPage<Item>) => Given,
): AsyncGenerator<Given, void, undefined> {
  let size: number | undefined
  let held: readonly Item[] = []
  for await (const read of pages) {
    const { page } = read
    const { cursorAfter, skipped = 0 } = page
    size ??= page.items.length + skipped
    held = held.length === 0 ? read.items : [...held, ...read.items]
    while (cursorAfter && held.length > size) {
      const items = held.slice(0, size)
      const last = items.at(-1)
      if (last === undefined) break
      held = held.slice(size)
      yield make({ page: { ...page, nextCursor: cursorAfter(page.items.lastIndexOf(last)) }, items })
    }
    // The rest is given with what is on the next page.
    if (cursorAfter && held.length < size && page.nextCursor !== undefined) continue
    yield make({ ...read, items: held })
    held = []
  }
}
