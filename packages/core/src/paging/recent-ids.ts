/** So many ids are remembered: far more than can be on the pages that are under way at once. */
const MAX_REMEMBERED = 10_000

/**
 * Notices an id that was there shortly before, in memory that does not grow: the latest ids are remembered, the oldest of
 * them is forgotten for each new one.
 *
 * @param limit - how many are remembered. @default 10000
 * @returns a function to be called with each id in order; `false` for one that is remembered
 */
export function createRecentIds(limit: number = MAX_REMEMBERED): (id: string) => boolean {
  const remembered = new Set<string>()
  return (id) => {
    if (remembered.has(id)) return false
    remembered.add(id)
    if (remembered.size > limit) {
      for (const oldest of remembered) {
        remembered.delete(oldest)
        break
      }
    }
    return true
  }
}
