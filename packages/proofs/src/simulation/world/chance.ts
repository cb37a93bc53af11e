import { type Random, seededRandom } from '../../churn/random.ts'

export type { Random }

/**
 * Numbers of their own for each thing that is left to chance, all from one seed: so that one more draw of the network moves nobody
 * else's.
 */
export function chanceOf(seed: number): (what: string) => Random {
  return (what) => {
    let mixed = Math.imul(seed, 0x85ebca6b) ^ what.length
    for (const letter of what) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193)
    return seededRandom(mixed ^ (mixed >>> 13))
  }
}

/** A whole number from one up to and including another. */
export function between(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1)
}

/** One of several, which are there. */
export function oneOf<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return random.pick(items) ?? items[0]
}
