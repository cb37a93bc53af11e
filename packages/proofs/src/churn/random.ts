/** Numbers that follow from a seed. */
export interface Random {
  /** From 0 up to 1. */
  (): number
  /** A whole number below a limit. */
  below(limit: number): number
  /** Whether something of this likelihood happens. */
  chance(likelihood: number): boolean
  /** One of several; `undefined` of none. */
  pick<Item>(items: readonly Item[]): Item | undefined
}

/** The generator "mulberry32". */
export function seededRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return Object.assign(next, {
    below,
    chance: (likelihood: number) => next() < likelihood,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)],
  })
}
