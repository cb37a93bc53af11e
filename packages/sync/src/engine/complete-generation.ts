import { SyncError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Pair, Side } from '../ledger/pair.ts'
import type { Generation } from '../ledger/records.ts'

/** How a page of those that are gone is asked for. */
export interface GoneQuery {
  readonly shard?: number | undefined
  /** Those after this pair. */
  readonly after?: number | undefined
  readonly limit: number
}

/**
 * A generation that ended by itself and reached every contact of its side: the only thing that can be asked who is gone. Nothing
 * but a completed reading makes one: it has no public constructor, and an object that looks like one is refused.
 */
export class CompleteGeneration {
  readonly side: Side
  readonly number: number
  readonly #isComplete = true

  private constructor({ side, number }: Generation) {
    this.side = side
    this.number = number
  }

  /** The generation as a complete one; `undefined` for one that is being read, or that may lack contacts. */
  static of(generation: Generation | undefined): CompleteGeneration | undefined {
    return generation?.state === 'complete' ? new CompleteGeneration(generation) : undefined
  }

  /** Whether something is one. */
  static is(value: unknown): value is CompleteGeneration {
    return typeof value === 'object' && value !== null && #isComplete in value
  }
}

/** The pairs that have a side and did not come in its complete generation: a page of them, by the order of their ids. */
export function goneFrom(
  ledger: Ledger,
  sync: string,
  generation: CompleteGeneration,
  { shard, after, limit }: GoneQuery,
): Promise<readonly Pair[]> {
  const { side, number } = proven(generation)
  return ledger.pairs(sync, {
    missing: side,
    generation: number,
    limit,
    ...(shard !== undefined && { shard }),
    ...(after !== undefined && { after }),
  })
}

/** How many pairs of both sides did not come in a complete generation of one of them. */
export function countGone(ledger: Ledger, sync: string, generation: CompleteGeneration): Promise<number> {
  const { side, number } = proven(generation)
  return ledger.count(sync, { missing: { side, generation: number }, having: 'both' })
}

/** Programs without types can give anything. */
function proven(generation: CompleteGeneration): CompleteGeneration {
  if (CompleteGeneration.is(generation)) return generation
  throw new SyncError({
    reason: 'ledger',
    message: 'Only a complete generation can be asked who is gone. Read the whole side first.',
  })
}
