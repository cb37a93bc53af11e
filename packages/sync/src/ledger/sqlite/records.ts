import type { Contact } from '@anycontact/core'
import type { Line } from '../ledger.ts'
import { SIDES } from '../pair.ts'
import {
  type Generation,
  type Intent,
  type OpenIntent,
  PHASES,
  type Run,
  type RunCounts,
  type StagedContact,
} from '../records.ts'
import { storedText } from '../text.ts'
import type { Database } from './database.ts'
import { givenAt, numberAt, objectAt, requiredNumber, requiredText, textAt, wordAt } from './row.ts'

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
      `SELECT number, state, cursor, read, resumed, unreadable, started_at FROM generation
      WHERE sync = ? AND side = ? ORDER BY number DESC LIMIT 1`,
      sync,
      side,
    )
    if (!row) return []
    const cursor = givenAt(row, 2)
    const unreadable = requiredNumber(row, 5)
    return {
      side,
      number: requiredNumber(row, 0),
      state: wordAt(row, 1, ['reading', 'complete', 'partial']),
      ...(cursor !== undefined && { cursor }),
      read: requiredNumber(row, 3),
      ...(requiredNumber(row, 4) === 1 && { resumed: true }),
      ...(unreadable > 0 && { unreadable }),
      startedAt: requiredNumber(row, 6),
    }
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
  const { id, keyHash, shard, side, operation, key, recordId, otherId, written } = intent
  database.run(
    `INSERT OR REPLACE INTO intent (sync, id, key_hash, shard, side, operation, key, record_id, other_id, written, fence, sent_until)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sync,
    id,
    keyHash,
    shard,
    side,
    operation,
    ...[key, recordId, otherId].map((text) => (text === undefined ? null : storedText(text))),
    written === undefined ? null : JSON.stringify(written),
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
      `SELECT id, key_hash, intent.shard, side, operation, key, record_id, other_id, written, intent.fence,
        max(sent_until, CASE WHEN claim.ends_at <= ? THEN claim.ends_at ELSE 0 END)
      FROM intent LEFT JOIN claim ON claim.sync = intent.sync AND claim.fence = intent.fence
      WHERE intent.sync = ?${shard === undefined ? '' : ' AND intent.shard = ?'} ORDER BY place`,
      now,
      sync,
      ...(shard === undefined ? [] : [shard]),
    )
    .map((row) => {
      const key = givenAt(row, 5)
      const recordId = givenAt(row, 6)
      const otherId = givenAt(row, 7)
      const written = objectAt(row, 8)
      return {
        id: requiredText(row, 0),
        keyHash: requiredText(row, 1),
        shard: requiredNumber(row, 2),
        side: wordAt(row, 3, SIDES),
        operation: wordAt(row, 4, ['create', 'update', 'delete']),
        ...(key !== undefined && { key }),
        ...(recordId !== undefined && { recordId }),
        ...(otherId !== undefined && { otherId }),
        ...(written && { written }),
        fence: requiredNumber(row, 9),
        ageMs: Math.max(0, now - requiredNumber(row, 10)),
      }
    })
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
    .map((row) => {
      const contact: Contact = JSON.parse(requiredText(row, 3))
      return {
        sequence: requiredNumber(row, 0),
        shard,
        side: wordAt(row, 1, SIDES),
        generation: requiredNumber(row, 2),
        contact,
      }
    })
}

/** The lines in which contacts wait, counted by the index alone. */
export function readLines(database: Database, sync: number): readonly Line[] {
  return database
    .all('SELECT shard, count(*) FROM staged WHERE sync = ? GROUP BY shard ORDER BY shard', sync)
    .map((row) => ({ shard: requiredNumber(row, 0), waiting: requiredNumber(row, 1) }))
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
      `SELECT number, phase, state, started_at, ended_at, resumes, notes,
        (SELECT json_group_object(name, value) FROM run_count WHERE run_count.sync = run.sync AND run = run.number)
      FROM run WHERE sync = ? ORDER BY number DESC LIMIT ?`,
      sync,
      limit,
    )
    .map((row) => {
      const endedAt = numberAt(row, 4)
      const notes = objectAt(row, 6)
      const counts: RunCounts = JSON.parse(textAt(row, 7) ?? '{}')
      return {
        number: requiredNumber(row, 0),
        phase: wordAt(row, 1, PHASES),
        state: wordAt(row, 2, ['running', 'stopped', 'done']),
        startedAt: requiredNumber(row, 3),
        ...(endedAt !== undefined && { endedAt }),
        resumes: requiredNumber(row, 5),
        ...(notes && { notes }),
        counts,
      }
    })
}
