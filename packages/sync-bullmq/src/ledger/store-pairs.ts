import {
  AS_SOURCE,
  type Cell,
  type LedgerChange,
  requiredNumber,
  type Side,
  textAt,
} from '@anycontact/sync/ledger-kit'
import { columns } from '../postgres/columns.ts'
import type { Statements } from '../postgres/database.ts'
import { needsOf, type PairChanges, type PairEntry, type StoredPair, workOut } from './pair-changes.ts'
import { NARROW, narrowCells, WIDE, wideCells } from './pair-row.ts'

const SIDES = ['source', 'target'] as const satisfies readonly Side[]

/** What storing pairs gave. */
export interface StoredPairs {
  /** The numbers of those that were new, in the order of the changes. */
  readonly added: readonly number[]
  /** Which change was the last one by which a pair lost its conflicts. */
  readonly lost: PairChanges['lost']
}

/** Stores what the changes make of pairs, in a few statements however many they are. */
export async function storePairs(
  statements: Statements,
  sync: number,
  changes: readonly LedgerChange[],
): Promise<StoredPairs> {
  if (!changes.some(({ type }) => type === 'pair' || type === 'seen' || type === 'drop')) {
    return { added: [], lost: new Map() }
  }
  const batch = workOut(changes, await lookUp(statements, sync, changes))
  const known = [...batch.known]
  await drop(statements, sync, numbersOf(known.filter(({ isDropped }) => isDropped)))
  const left = known.filter(({ isDropped }) => !isDropped)
  for (const side of SIDES) await giveAway(statements, sync, side, left)
  for (const side of SIDES) await markSeen(statements, sync, side, batch.seen[side])
  await update(statements, sync, written(left))
  const added = await number(statements, batch.added)
  await insert(statements, sync, written(batch.added))
  return { added, lost: batch.lost }
}

async function lookUp(
  statements: Statements,
  sync: number,
  changes: readonly LedgerChange[],
): Promise<readonly StoredPair[]> {
  const { numbers, ids } = needsOf(changes)
  if (numbers.length + ids.source.length + ids.target.length === 0) return []
  const rows = await statements.rows(
    `select id, source_id, target_id from @.pair where sync = $1 and id in (
      select id from @.pair where sync = $1 and id = any($2::bigint[])
      union all select id from @.pair where sync = $1 and source_id = any($3::text[])
      union all select id from @.pair where sync = $1 and target_id = any($4::text[])
    ) order by id for update`,
    sync,
    numbers,
    ids.source,
    ids.target,
  )
  return rows.map((row) => ({ id: requiredNumber(row, 0), source: textAt(row, 1), target: textAt(row, 2) }))
}

/** Removes pairs. */
export async function drop(statements: Statements, sync: number, pairs: readonly number[]): Promise<void> {
  if (pairs.length === 0) return
  await statements.run(
    `with gone as (delete from @.pair where sync = $1 and id = any($2::bigint[]) returning id)
    delete from @.pair_values using gone where pair_values.id = gone.id`,
    sync,
    pairs,
  )
}

/** Frees ids before others get them: one statement that gives and takes would find them taken. */
async function giveAway(
  statements: Statements,
  sync: number,
  side: Side,
  known: readonly PairEntry[],
): Promise<void> {
  const losing = known.filter(({ stored, ids }) => stored[side] !== undefined && stored[side] !== ids[side])
  if (losing.length === 0) return
  const values = ['base_hash', 'base', 'read_hash', 'read', 'edited_at', 'own_at']
  // What the target has, as the source had it, is to be there without the source.
  const kept =
    side === 'target'
      ? []
      : ['base_hash', 'base'].map(
          (name) =>
            `target_${name} = case when target_${name} = '${AS_SOURCE}' then source_${name} else target_${name} end`,
        )
  await statements.run(
    `with freed as (
      update @.pair set ${side}_id = null, ${side}_seen = null, ${side}_gone = false
      where sync = $1 and id = any($2::bigint[]) returning id
    )
    update @.pair_values set ${[...values.map((name) => `${side}_${name} = null`), ...kept].join(', ')}
    from freed where pair_values.id = freed.id`,
    sync,
    numbersOf(losing),
  )
}

async function markSeen(
  statements: Statements,
  sync: number,
  side: Side,
  seen: ReadonlyMap<number, number>,
): Promise<void> {
  for (const generation of new Set(seen.values())) {
    const ids = [...seen.keys()].filter((id) => seen.get(id) === generation)
    await statements.run(
      `update @.pair set ${side}_seen = $2 where sync = $1 and id = any($3::bigint[]) and ${side}_id is not null`,
      sync,
      generation,
      ids,
    )
  }
}

interface Written {
  readonly narrow: (Cell | boolean)[]
  readonly wide: Cell[]
}

function written(entries: readonly PairEntry[]): readonly Written[] {
  return entries.flatMap(({ id, write, isDropped }) =>
    id === undefined || write === undefined || isDropped
      ? []
      : [{ narrow: narrowCells(id, write), wide: wideCells(id, write) }],
  )
}

async function update(statements: Statements, sync: number, rows: readonly Written[]): Promise<void> {
  if (rows.length === 0) return
  await statements.run(
    `update @.pair set ${assigned(NARROW)} from ${given(NARROW, 2)} where pair.sync = $1 and pair.id = given.id`,
    sync,
    ...columns(
      rows.map(({ narrow }) => narrow),
      Object.keys(NARROW).length,
    ),
  )
  await statements.run(
    `update @.pair_values set ${assigned(WIDE)} from ${given(WIDE, 1)} where pair_values.id = given.id`,
    ...columns(
      rows.map(({ wide }) => wide),
      Object.keys(WIDE).length,
    ),
  )
}

/** Gives new pairs their numbers, in the order of the changes. */
async function number(statements: Statements, added: readonly PairEntry[]): Promise<readonly number[]> {
  if (added.length === 0) return []
  const rows = await statements.rows(
    `select nextval('@.pair_number') from generate_series(1, $1::integer)`,
    added.length,
  )
  const numbers = rows.map((row) => requiredNumber(row, 0)).sort((one, other) => one - other)
  added.forEach((entry, place) => {
    entry.id = numbers[place]
  })
  return numbers
}

async function insert(statements: Statements, sync: number, rows: readonly Written[]): Promise<void> {
  if (rows.length === 0) return
  const narrow = Object.keys(NARROW).join(', ')
  await statements.run(
    `insert into @.pair (sync, ${narrow}) select $1::integer, ${narrow} from ${given(NARROW, 2)}`,
    sync,
    ...columns(
      rows.map((row) => row.narrow),
      Object.keys(NARROW).length,
    ),
  )
  const wide = Object.keys(WIDE).join(', ')
  await statements.run(
    `insert into @.pair_values (${wide}) select ${wide} from ${given(WIDE, 1)}`,
    ...columns(
      rows.map((row) => row.wide),
      Object.keys(WIDE).length,
    ),
  )
}

function assigned(types: Readonly<Record<string, string>>): string {
  return Object.keys(types)
    .filter((name) => name !== 'id')
    .map((name) => `${name} = given.${name}`)
    .join(', ')
}

/** Rows that are given as an array for each column; the first one is the parameter of this number. */
function given(types: Readonly<Record<string, string>>, first: number): string {
  const arrays = Object.values(types).map((type, column) => `$${first + column}::${type}[]`)
  return `unnest(${arrays.join(', ')}) as given (${Object.keys(types).join(', ')})`
}

function numbersOf(entries: readonly PairEntry[]): readonly number[] {
  return entries.flatMap(({ id }) => id ?? [])
}
