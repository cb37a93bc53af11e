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
import { type Cell, jsonCell } from './pair-row.ts'
import {
  givenAt,
  isTrueAt,
  numberAt,
  objectAt,
  type Row,
  requiredNumber,
  requiredText,
  textAt,
  wordAt,
} from './row.ts'

/** The columns of {@link generationOf}, in its order. */
export const GENERATION_COLUMNS = [
  'side',
  'number',
  'state',
  'cursor',
  'read',
  'resumed',
  'unreadable',
  'started_at',
] as const

/** The generation in a row. */
export function generationOf(row: Row): Generation {
  const cursor = givenAt(row, 3)
  const unreadable = requiredNumber(row, 6)
  return {
    side: wordAt(row, 0, SIDES),
    number: requiredNumber(row, 1),
    state: wordAt(row, 2, ['reading', 'complete', 'partial']),
    ...(cursor !== undefined && { cursor }),
    read: requiredNumber(row, 4),
    ...(isTrueAt(row, 5) && { resumed: true }),
    ...(unreadable > 0 && { unreadable }),
    startedAt: requiredNumber(row, 7),
  }
}

/** The columns of {@link intentCells}, in its order; {@link intentOf} takes the fence and the age after them. */
export const INTENT_COLUMNS = [
  'id',
  'key_hash',
  'shard',
  'side',
  'operation',
  'key',
  'record_id',
  'other_id',
  'written',
] as const

/** What a table is to have of an intent. */
export function intentCells(intent: Intent): Cell[] {
  const { id, keyHash, shard, side, operation, key, recordId, otherId, written } = intent
  return [
    id,
    keyHash,
    shard,
    side,
    operation,
    ...[key, recordId, otherId].map((text) => (text === undefined ? null : storedText(text))),
    jsonCell(written),
  ]
}

/** The intent in a row. */
export function intentOf(row: Row): OpenIntent {
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
    ageMs: requiredNumber(row, 10),
  }
}

/** The contact that waits in a row: its place, side, generation and contact. */
export function stagedOf(row: Row, shard: number): StagedContact {
  // What stands there was stored as a contact.
  const contact: Contact = JSON.parse(requiredText(row, 3))
  return {
    sequence: requiredNumber(row, 0),
    shard,
    side: wordAt(row, 1, SIDES),
    generation: requiredNumber(row, 2),
    contact,
  }
}

/** The line in a row: its shard, and how many wait. */
export function lineOf(row: Row): Line {
  return { shard: requiredNumber(row, 0), waiting: requiredNumber(row, 1) }
}

/** The columns of {@link runOf}, in its order; it takes the counts after them, as an object in JSON. */
export const RUN_COLUMNS = ['number', 'phase', 'state', 'started_at', 'ended_at', 'resumes', 'notes'] as const

/** The run in a row, with its counts. */
export function runOf(row: Row): Run & { readonly counts: RunCounts } {
  const endedAt = numberAt(row, 4)
  const notes = objectAt(row, 6)
  // What stands there was added up by the store.
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
}
