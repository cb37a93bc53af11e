import type { Random } from '../random.ts'

/** Makes version 4 UUIDs. */
export function createUuids(random: Random): () => string {
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  return () => {
    const variant = '89ab'[Math.floor(random() * 4)] ?? '8'
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`
  }
}
