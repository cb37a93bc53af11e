import type { Random } from '../random.ts'

const BASE = 36

/**
 * Makes record ids as the vendor's database does (`cuid()`): `c`, eight characters of the time, four of a counter,
 * four of the host, eight at random, all base 36. Ids of one millisecond sort in the order of their making.
 */
export function createIds(now: () => number, random: Random): () => string {
  let counter = 0
  const host = randomText(4, random)
  return () => {
    const time = Math.max(0, Math.trunc(now())).toString(BASE).padStart(8, '0').slice(-8)
    const count = (counter % BASE ** 4).toString(BASE).padStart(4, '0')
    counter += 1
    return `c${time}${count}${host}${randomText(8, random)}`
  }
}

function randomText(length: number, random: Random): string {
  return Math.floor(random() * BASE ** length)
    .toString(BASE)
    .padStart(length, '0')
}
