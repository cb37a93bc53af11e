import type { SourcePage } from './page-source.ts'

/** Reads a page, again where need be. */
type Fetch<Item> = (cursor: string | undefined) => Promise<SourcePage<Item>>

interface ReadPage {
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
export class Borders<Item> {
  readonly #fetch: Fetch<Item>
  readonly #onIncomplete: ((why: string) => void) | undefined
  #before: ReadPage[] = []
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

  #note(page: ReadPage): void {
    this.#before.push(page)
    if (this.#before.length < 2 * REMEMBERED) return
    this.#before = this.#before.slice(-REMEMBERED)
    this.#hasForgotten = true
  }
}
