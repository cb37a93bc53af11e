import {
  type Cell,
  idCell,
  jsonCell,
  type PairWrite,
  VALUE_COLUMNS,
  valueCells,
} from '@anycontact/sync/ledger-kit'

/** The columns of {@link narrowCells} and their types, in its order. */
export const NARROW = {
  id: 'bigint',
  key_hash: 'text',
  shard: 'integer',
  source_id: 'text',
  target_id: 'text',
  source_seen: 'integer',
  target_seen: 'integer',
  source_gone: 'boolean',
  target_gone: 'boolean',
  problem: 'text',
} as const

/** The columns of {@link wideCells} and their types, in its order. */
export const WIDE = { id: 'bigint', ...typed(VALUE_COLUMNS, 'text') } as const

/** The columns of `pairOf`, in its order. */
export const PAIR_COLUMNS = `
  pair.id, shard, key_hash, source_id, source_seen, source_gone, target_id, target_seen, target_gone, problem,
  ${VALUE_COLUMNS.join(', ')}`

/** What the small table is to have of a pair. */
export function narrowCells(
  id: number,
  { keyHash, shard, source, target, problem }: PairWrite,
): (Cell | boolean)[] {
  return [
    id,
    keyHash,
    shard,
    idCell(source),
    idCell(target),
    source?.seen ?? null,
    target?.seen ?? null,
    source?.gone ?? false,
    target?.gone ?? false,
    jsonCell(problem),
  ]
}

/** What the table of values is to have of a pair. */
export function wideCells(id: number, pair: PairWrite): Cell[] {
  return [id, ...valueCells(pair)]
}

function typed<Name extends string>(names: readonly Name[], type: string): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, type])) as Readonly<Record<Name, string>> // each has one
}
