import type { World } from '../world/world.ts'

/** Law 1: nothing is doubled. Holds at every moment. */
export function doubles({ made, deleted, hands, sites }: World): string[] {
  const breaches = made
    .filter(({ others }) => others > 0)
    .map(
      ({ side, id, key }) => `law 1: ${id} was made at the ${side}, where the key ${key} was there already`,
    )
  for (const side of ['source', 'target'] as const) {
    // Who was deleted can be made again, and is then equal to what was made first.
    const isUnmoved = hands.deeds[side].deleted.size === 0 && deleted.every((trace) => trace.side !== side)
    const count = isUnmoved ? sites[side].doubles() : 0
    if (count > 0)
      breaches.push(`law 1: ${count} creates were applied twice at the ${side}, as its own audit says`)
  }
  return breaches
}
