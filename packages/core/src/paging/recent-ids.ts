/** So many ids are remembered at least: far more than can be on the pages that are under way at once. */
const REMEMBERED = 10_000

/**
 * Notices an id that was there shortly before, in memory that does not grow: the latest ids are remembered. They are kept in two
 * sets, of which the older is forgotten as a whole, because taking ids out of a set one by one makes it slow.
 *
 * @param least - how many are remembered at least; at most twice as many are. @default 10000
 * @returns a function to be called with each id in order; `false` for one that is remembered
 */
export function createRecentIds(least: number = REMEMBERED): (id: string) => boolean {
  let older = new Set<string>()
  let latest = new Set<string>()
  return (id) => {
    if (latest.has(id) || older.has(id)) return false
    if (latest.size >= least) {
      older = latest
      latest = new Set()
    }
    latest.add(id)
    return true
  }
}
