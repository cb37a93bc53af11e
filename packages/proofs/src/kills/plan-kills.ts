import type { Random } from '../churn/random.ts'

/** When processes are killed, and how many. */
export interface Kill {
  /** So many requests after the last kill; 0 for one that is killed before it has gone on. */
  readonly afterRequests: number
  /** And then so many milliseconds more. */
  readonly delayMs: number
  /** How many of the processes, at most. */
  readonly victims: number
}

/** One in so many kills meets processes that have just been started. */
const EARLY_ONE_IN = 5

/** How long after their start processes are killed early, in milliseconds: while they open the ledger, claim, settle, or list. */
const EARLY_MS = 2_000

/** Spreads kills at random over a run. Most of them wait for requests, so that they meet writes under way. */
export function planKills(
  random: Random,
  {
    kills,
    requests,
    workers,
  }: { readonly kills: number; readonly requests: number; readonly workers: number },
): readonly Kill[] {
  const parts = Array.from({ length: kills }, (_, index) =>
    index % EARLY_ONE_IN === EARLY_ONE_IN - 1 ? 0 : -Math.log(1 - random()),
  )
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => ({
    afterRequests: Math.round((part / whole) * requests),
    delayMs: Math.round(random() * (part === 0 ? EARLY_MS : 20)),
    victims: 1 + random.below(workers),
  }))
}

/** Some of several, at random. */
export function someOf<Item>(random: Random, items: readonly Item[], count: number): readonly Item[] {
  const left = [...items]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(random.below(left.length), 1),
  ).flat()
}
