import { failureOf } from './failure.ts'
import type { Played } from './play.ts'
import { EVENTS } from './world/journal.ts'

/** What many seeds come to. */
export interface Tally {
  readonly seeds: number
  readonly failures: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** What has to happen besides what is left to chance, or the simulation tries too little. */
const OUTCOMES = [
  'made at the source',
  'made at the target',
  'deleted at the source',
  'deleted at the target',
  'settled a create by upsert',
  'settled a create by lookup',
  'settled a create by a listing',
  'settled an update',
  'settled a deletion',
  'left to be decided',
  'decided',
  'stopped by its caller',
  'taken over',
  'stopped: locked',
  'stopped: fenced',
  'stopped: ledger',
  'stopped: too_many_deletions',
  'runs without a write',
] as const

/** So many seeds are enough for everything to happen. */
const ENOUGH_SEEDS = 1_000

/** No seeds. */
export const NOTHING: Tally = { seeds: 0, failures: [], counts: {} }

/** Adds a seed. */
export function withPlayed({ seeds, failures, counts }: Tally, played: Played): Tally {
  const failure = failureOf(played)
  return {
    seeds: seeds + 1,
    failures: failure === undefined ? failures : [...failures, failure],
    counts: added(counts, Object.fromEntries(played.counts)),
  }
}

/** Two tallies as one. */
export function joined(one: Tally, other: Tally): Tally {
  return {
    seeds: one.seeds + other.seeds,
    failures: [...one.failures, ...other.failures],
    counts: added(one.counts, other.counts),
  }
}

/** What never happened although there were enough seeds. */
export function neverHappened({ seeds, counts }: Tally): readonly string[] {
  return seeds < ENOUGH_SEEDS ? [] : [...EVENTS, ...OUTCOMES].filter((name) => !counts[name])
}

/** The counts as a table. */
export function tableOf({ counts }: Tally): string {
  const names = Object.keys(counts).sort()
  const width = Math.max(0, ...names.map(({ length }) => length))
  return names.map((name) => `${name.padEnd(width)} ${(counts[name] ?? 0).toLocaleString('en')}`).join('\n')
}

function added(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
