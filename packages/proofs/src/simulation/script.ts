import type { Definition } from './engine.ts'
import { ROUTES } from './route.ts'
import { between, chanceOf, oneOf, type Random } from './world/chance.ts'

/** A time in which others change contacts, runs go wrong, and after which both sides are to be in step. */
export interface Epoch {
  /** What others do before it. */
  readonly editsBefore: number
  /** What others do during its runs, at most. */
  readonly editsDuring: number
  /** How likely something goes wrong with a request, and with a call of the ledger. */
  readonly roughness: number
  readonly ledgerRoughness: number
  /** How many processes are killed, at most. */
  readonly kills: number
  /** How likely an await is the last one. */
  readonly killRate: number
}

/** What a seed stands for. */
export interface Script {
  readonly seed: number
  readonly definition: Definition
  readonly contacts: number
  /** Whether others delete contacts. */
  readonly deletes: boolean
  /** How likely a process is told to stop by whoever started it. */
  readonly stopRate: number
  readonly epochs: readonly Epoch[]
  readonly rateLimit?: { readonly requests: number; readonly perMs: number; readonly burst: number }
  /** How much a process's clock may be off. */
  readonly skewMs: number
}

/** Draws what a seed stands for. */
export function drawScript(seed: number): Script {
  const random = chanceOf(seed)('script')
  const route = oneOf(random, ROUTES)
  const direction = random.chance(0.5) ? 'both' : 'one-way'
  const canMirror = direction === 'both' ? route.deletes.source && route.deletes.target : route.deletes.target
  return {
    seed,
    definition: {
      route,
      direction,
      // Of its own chance, so that a seed stands for what it stood for.
      absent: direction === 'one-way' && chanceOf(seed)('absent').chance(0.3) ? 'leave' : 'clear',
      deletions: canMirror && random.chance(0.75) ? 'mirror' : 'keep',
      conflicts: oneOf(random, ['newest', 'source', 'target', 'review']),
      keep: direction === 'one-way' && random.chance(0.4) ? 'hashes' : 'values',
      chunkSize: oneOf(random, [1, 2, 3, 5, 10, 500]),
      workers: random.chance(0.35) ? between(random, 1, 8) : 0,
      maxDeletions: random.chance(0.2) ? 0.1 : 1,
    },
    contacts: between(random, 3, random.chance(0.1) ? 40 : 12),
    deletes: random.chance(0.6),
    stopRate: oneOf(random, [0, 0, 0.3]),
    epochs: Array.from({ length: between(random, 1, 2) }, (_, index) => drawEpoch(random, index === 0)),
    ...(random.chance(0.3) && {
      rateLimit: { requests: between(random, 5, 50), perMs: 1000, burst: between(random, 1, 5) },
    }),
    skewMs: random.chance(0.3) ? 3_600_000 : 0,
  }
}

function drawEpoch(random: Random, isFirst: boolean): Epoch {
  return {
    editsBefore: isFirst ? 0 : random.below(8),
    editsDuring: random.chance(0.5) ? random.below(5) : 0,
    roughness: oneOf(random, [0, 0, 0.02, 0.1]),
    ledgerRoughness: oneOf(random, [0, 0, 0.01]),
    kills: random.below(4),
    killRate: oneOf(random, [0.01, 0.03, 0.1]),
  }
}
