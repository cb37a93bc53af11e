import type { Random } from '../random.ts'

const HEX = 16

/** Makes ids as the vendor's likely database does: 24 hexadecimal digits that sort in the order of their making. */
export function createIds(now: () => number, random: Random): () => string {
  let counter = 0
  const host = digits(Math.floor(random() * HEX ** 10), 10)
  return () => {
    const seconds = digits(Math.max(0, Math.trunc(now() / 1000)), 8)
    counter += 1
    return `${seconds}${host}${digits(counter, 6)}`
  }
}

function digits(value: number, length: number): string {
  return value.toString(HEX).padStart(length, '0').slice(-length)
}
