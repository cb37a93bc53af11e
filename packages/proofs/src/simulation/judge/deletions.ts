import type { World } from '../world/world.ts'

/** Law 3: nothing is deleted that was not deleted on the other side. Holds at every moment. */
export function falseDeletions({ deleted, hands, script, network, sites }: World): string[] {
  const { deletions, direction } = script.definition
  const breaches = deleted.flatMap(({ side, id, key, at }) => {
    const other = side === 'source' ? 'target' : 'source'
    const isMeant = [...hands.deeds[other].deleted.values()].some((deed) => deed.key === key && deed.at <= at)
    const isAllowed = deletions === 'mirror' && isMeant
    return isAllowed ? [] : [`law 3: ${id} with the key ${key} was deleted at the ${side}`]
  })
  if (direction === 'one-way') {
    const written = network.sent.find(({ endpoint, isWrite }) => isWrite && endpoint === sites.source.name)
    if (written)
      breaches.push(`a sync in one direction has written to its source: ${written.method} ${written.path}`)
  }
  return breaches
}
