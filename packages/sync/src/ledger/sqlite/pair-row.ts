import type { PairWrite } from '../pair.ts'
import { idCell, jsonCell, VALUE_COLUMNS } from '../rows/pair-row.ts'
import type { SqlValue } from './driver.ts'

/** Bits of the column `flags`. */
export const GONE = { source: 1, target: 2 } as const

/** The columns of `pairOf`, in its order. */
export const PAIR_COLUMNS = `
  pair.id, shard, key_hash, source_id, source_seen, (flags & ${GONE.source}) <> 0, target_id, target_seen, (flags & ${GONE.target}) <> 0,
  problem, ${VALUE_COLUMNS.join()}`

/** What of a pair in the small table seldom changes, and has indexes. */
export const IDENTITY_COLUMNS = ['key_hash', 'shard', 'source_id', 'target_id'] as const

/** What of a pair in the small table changes with every reading. */
export const STATE_COLUMNS = ['source_seen', 'target_seen', 'flags', 'problem'] as const

/** What the small table has of a pair. */
export interface NarrowValues {
  /** By {@link IDENTITY_COLUMNS}. */
  readonly identity: readonly SqlValue[]
  /** By {@link STATE_COLUMNS}. */
  readonly state: readonly SqlValue[]
}

/** What the small table is to have of a pair. */
export function narrowValues(pair: PairWrite): NarrowValues {
  const { keyHash, shard, source, target, problem } = pair
  return {
    identity: [keyHash, shard, idCell(source), idCell(target)],
    state: [
      source?.seen ?? null,
      target?.seen ?? null,
      (source?.gone ? GONE.source : 0) | (target?.gone ? GONE.target : 0),
      jsonCell(problem),
    ],
  }
}
