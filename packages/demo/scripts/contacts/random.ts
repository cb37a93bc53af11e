/** Draws from a fixed sequence, so that the file comes out the same every time. */
export interface Draw {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item
  /** True so many times in a hundred. */
  chance(percent: number): boolean
}

/**
 * Makes a drawer from a seed (the generator known as mulberry32).
 *
 * @param seed - any whole number
 */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('There is nothing to draw from.')
      return item
    },
    chance: (percent) => below(100) < percent,
  }
}
