import {
  type Claim,
  GENERATION_COLUMNS,
  type Generation,
  generationOf,
  type LedgerChange,
  RUN_COLUMNS,
  type Run,
  type RunCounts,
  runOf,
  storedText,
} from '@anycontact/sync/ledger-kit'
import type { Statements } from '../postgres/database.ts'

/** Stores how far generations and runs are, what they add up to, and the definition. */
export async function storeRuns(
  statements: Statements,
  sync: number,
  { task }: Claim,
  changes: readonly LedgerChange[],
): Promise<void> {
  for (const change of changes) {
    if (change.type === 'generation') await putGeneration(statements, sync, change.generation)
    else if (change.type === 'run') await putRun(statements, sync, change.run)
    else if (change.type === 'count') await addCounts(statements, sync, task, change)
    else if (change.type === 'expire') await expireRuns(statements, sync, change.endedBefore)
    else if (change.type === 'definition') {
      const definition = JSON.stringify(change.definition)
      await statements.run('update @.sync set definition = $2 where id = $1', sync, definition)
    }
  }
}

/** Older ones of its side go once it has ended. */
async function putGeneration(statements: Statements, sync: number, generation: Generation): Promise<void> {
  const { side, number, state, cursor, read, resumed, unreadable, startedAt } = generation
  await statements.run(
    `insert into @.generation (sync, side, number, state, cursor, read, resumed, unreadable, started_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (sync, side, number) do update set state = excluded.state, cursor = excluded.cursor, read = excluded.read,
      resumed = excluded.resumed, unreadable = excluded.unreadable, started_at = excluded.started_at`,
    sync,
    side,
    number,
    state,
    cursor === undefined ? null : storedText(cursor),
    read,
    resumed ?? false,
    unreadable ?? 0,
    startedAt,
  )
  if (state === 'reading') return
  await statements.run(
    'delete from @.generation where sync = $1 and side = $2 and number < $3',
    sync,
    side,
    number,
  )
}

/** The newest generation of each side. */
export async function readGenerations(statements: Statements, sync: number): Promise<readonly Generation[]> {
  const rows = await statements.rows(
    `select distinct on (side) ${GENERATION_COLUMNS.join(', ')} from @.generation
    where sync = $1 order by side, number desc`,
    sync,
  )
  return rows.map(generationOf)
}

async function putRun(statements: Statements, sync: number, run: Run): Promise<void> {
  const { number, phase, state, startedAt, endedAt, resumes, notes } = run
  await statements.run(
    `insert into @.run (sync, number, phase, state, started_at, ended_at, resumes, notes) values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (sync, number) do update set phase = excluded.phase, state = excluded.state, started_at = excluded.started_at,
      ended_at = excluded.ended_at, resumes = excluded.resumes, notes = excluded.notes`,
    sync,
    number,
    phase,
    state,
    startedAt,
    endedAt ?? null,
    resumes,
    notes ? JSON.stringify(notes) : null,
  )
}

async function addCounts(
  statements: Statements,
  sync: number,
  task: string,
  { run, counts }: { readonly run: number; readonly counts: RunCounts },
): Promise<void> {
  const names = Object.keys(counts)
  if (names.length === 0) return
  await statements.run(
    `insert into @.run_count (sync, run, task, name, value)
    select $1::integer, $2::integer, $3::text, name, value from unnest($4::text[], $5::bigint[]) as given (name, value)
    on conflict (sync, run, task, name) do update set value = run_count.value + excluded.value`,
    sync,
    run,
    task,
    names,
    Object.values(counts),
  )
}

async function expireRuns(statements: Statements, sync: number, endedBefore: number): Promise<void> {
  await statements.run(
    `with ended as (delete from @.run where sync = $1 and ended_at < $2 returning number)
    delete from @.run_count using ended where sync = $1 and run = ended.number`,
    sync,
    endedBefore,
  )
}

/** Runs, newest first, with their counts. */
export async function readRuns(
  statements: Statements,
  sync: number,
  limit: number,
): Promise<readonly (Run & { readonly counts: RunCounts })[]> {
  const rows = await statements.rows(
    `select ${RUN_COLUMNS.join(', ')}, (
      select json_object_agg(name, total) from (
        select name, sum(value) as total from @.run_count where run_count.sync = run.sync and run = run.number group by name
      ) as totals
    ) from @.run where sync = $1 order by number desc limit $2`,
    sync,
    limit,
  )
  return rows.map(runOf)
}
