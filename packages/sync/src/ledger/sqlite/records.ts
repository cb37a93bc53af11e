import type { Line } from '../ledger.ts'
import { SIDES } from '../pair.ts'
import type { Generation, Intent, OpenIntent, Run, RunCounts, StagedContact } from '../records.ts'
import {
  GENERATION_COLUMNS,
  generationOf,
  INTENT_COLUMNS,
  intentCells,
  intentOf,
  lineOf,
  RUN_COLUMNS,
  runOf,
  stagedOf,
} from '../rows/record-rows.ts'
import { storedText } from '../text.ts'
import type { Database } from './database.ts'

/** Stores how far a generation is. Older ones of its side go once it has ended. */
export function putGeneration(database: Database, sync: number, generation: Generation): void {
  const { side, number, state, cursor, read, resumed, unreadable, startedAt } = generation
  database.run(
    `INSERT OR REPLACE INTO generation (sync, side, number, state, cursor, read, resumed, unreadable, started_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sync,
    side,
    number,
    state,
    cursor === undefined ? null : storedText(cursor),
    read,
    resumed ? 1 : 0,
    unreadable ?? 0,
    startedAt,
  )
  if (state === 'reading') return
  database.run('DELETE FROM generation WHERE sync = ? AND side = ? AND number < ?', sync, side, number)
}

/** The newest generation of each side. */
export function readGenerations(database: Database, sync: number): readonly Generation[] {
  return SIDES.flatMap((side) => {
    const row = database.first(
      `SELECT ${GENERATION_COLUMNS.join()} FROM generation WHERE sync = ? AND side = ? ORDER BY number DESC LIMIT 1`,
      sync,
      side,
    )
    return row ? [generationOf(row)] : []
  })
}

/** Notes that a write is about to be sent. One that is there already is sent again: it takes the new one's age. */
export function putIntent(
  database: Database,
  sync: number,
  intent: Intent,
  fence: number,
  now: number,
): void {
  database.run(
    `INSERT OR REPLACE INTO intent (sync, ${INTENT_COLUMNS.join()}, fence, sent_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sync,
    ...intentCells(intent),
    fence,
    now,
  )
}

/** Writes whose outcome is not known, oldest first. */
export function readIntents(
  database: Database,
  sync: number,
  now: number,
  shard: number | undefined,
): readonly OpenIntent[] {
  // A claim that nobody has taken over ended with its lease.
  return database
    .all(
      `SELECT ${INTENT_COLUMNS.map((column) => `intent.${column}`).join()}, intent.fence,
        max(0, ?1 - max(sent_until, CASE WHEN claim.ends_at <= ?1 THEN claim.ends_at ELSE 0 END))
      FROM intent LEFT JOIN claim ON claim.sync = intent.sync AND claim.fence = intent.fence
      WHERE intent.sync = ?2${shard === undefined ? '' : ' AND intent.shard = ?3'} ORDER BY place`,
      now,
      sync,
      ...(shard === undefined ? [] : [shard]),
    )
    .map(intentOf)
}

/** Puts a contact in line. */
export function putStaged(
  database: Database,
  sync: number,
  { sequence, shard, side, generation, contact }: StagedContact,
): void {
  database.run(
    'INSERT INTO staged (sequence, sync, shard, side, generation, contact) VALUES (?, ?, ?, ?, ?, ?)',
    sequence,
    sync,
    shard,
    side,
    generation,
    JSON.stringify(contact),
  )
}

/** Contacts of a shard that wait, in order. */
export function readStaged(
  database: Database,
  sync: number,
  { shard, limit }: { readonly shard: number; readonly limit: number },
): readonly StagedContact[] {
  return database
    .all(
      'SELECT sequence, side, generation, contact FROM staged WHERE sync = ? AND shard = ? ORDER BY sequence LIMIT ?',
      sync,
      shard,
      limit,
    )
    .map((row) => stagedOf(row, shard))
}

/** The lines in which contacts wait, counted by the index alone. */
export function readLines(database: Database, sync: number): readonly Line[] {
  return database
    .all('SELECT shard, count(*) FROM staged WHERE sync = ? GROUP BY shard ORDER BY shard', sync)
    .map(lineOf)
}

/** Stores a run. */
export function putRun(database: Database, sync: number, run: Run): void {
  const { number, phase, state, startedAt, endedAt, resumes, notes } = run
  database.run(
    `INSERT OR REPLACE INTO run (sync, number, phase, state, started_at, ended_at, resumes, notes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
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

/** Adds to the counts of a run. */
export function addCounts(database: Database, sync: number, run: number, counts: RunCounts): void {
  for (const [name, count] of Object.entries(counts)) {
    database.run(
      `INSERT INTO run_count (sync, run, name, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (sync, run, name) DO UPDATE SET value = value + excluded.value`,
      sync,
      run,
      name,
      count,
    )
  }
}

/** Removes runs that ended before a moment, with their counts. */
export function expireRuns(database: Database, sync: number, endedBefore: number): void {
  database.run(
    'DELETE FROM run_count WHERE sync = ?1 AND run IN (SELECT number FROM run WHERE sync = ?1 AND ended_at < ?2)',
    sync,
    endedBefore,
  )
  database.run('DELETE FROM run WHERE sync = ? AND ended_at < ?', sync, endedBefore)
}

/** Runs, newest first, with their counts. */
export function readRuns(
  database: Database,
  sync: number,
  limit: number,
): readonly (Run & { readonly counts: RunCounts })[] {
  return database
    .all(
      `SELECT ${RUN_COLUMNS.join()},
        (SELECT json_group_object(name, value) FROM run_count WHERE run_count.sync = run.sync AND run = run.number)
      FROM run WHERE sync = ? ORDER BY number DESC LIMIT ?`,
      sync,
      limit,
    )
    .map(runOf)
}
