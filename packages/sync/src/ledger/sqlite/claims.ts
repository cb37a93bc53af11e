import { SyncError } from '../../errors.ts'
import { isDeadHolder } from '../holder.ts'
import type { Claim, ClaimHolder, ClaimRequest } from '../ledger.ts'
import { requiredNumber, requiredText } from '../rows/row.ts'
import type { Database } from './database.ts'

/** A sync by its name and its number in the file. */
export interface SyncRef {
  readonly name: string
  readonly id: number
}

/** Claims a task, where nobody has it any more. */
export function claim(
  database: Database,
  sync: SyncRef,
  { task, holder, leaseMs }: ClaimRequest,
  now: number,
): Claim | ClaimHolder {
  return database.transaction(() => {
    const row = database.first(
      'SELECT holder, fence, ends_at FROM claim WHERE sync = ? AND task = ?',
      sync.id,
      task,
    )
    if (row) {
      const other = requiredText(row, 0)
      const endsAt = requiredNumber(row, 2)
      if (endsAt > now && !isDeadHolder(other)) return { holder: other, leftMs: endsAt - now }
      endIntents(database, sync.id, requiredNumber(row, 1), Math.min(endsAt, now))
    }
    const fenceRow = database.first('UPDATE sync SET fence = fence + 1 WHERE id = ? RETURNING fence', sync.id)
    const fence = fenceRow ? requiredNumber(fenceRow, 0) : 0
    database.run(
      'INSERT OR REPLACE INTO claim (sync, task, holder, fence, ends_at) VALUES (?, ?, ?, ?, ?)',
      sync.id,
      task,
      holder,
      fence,
      now + leaseMs,
    )
    return { sync: sync.name, task, holder, fence }
  })
}

/** Holds a claim for longer. */
export function renew(database: Database, sync: number, claim: Claim, endsAt: number): void {
  const renewed = database.run(
    'UPDATE claim SET ends_at = ? WHERE sync = ? AND task = ? AND fence = ?',
    endsAt,
    sync,
    claim.task,
    claim.fence,
  )
  if (renewed === 0) throw fencedOff(claim)
}

/** Gives a claim back. */
export function release(database: Database, sync: number, { task, fence }: Claim, now: number): void {
  database.transaction(() => {
    const row = database.first(
      'DELETE FROM claim WHERE sync = ? AND task = ? AND fence = ? RETURNING ends_at',
      sync,
      task,
      fence,
    )
    if (row) endIntents(database, sync, fence, Math.min(requiredNumber(row, 0), now))
  })
}

/** @throws SyncError `fenced` where a claim has gone to somebody else; for use in a transaction */
export function checkFence(database: Database, sync: number, claim: Claim): void {
  const row = database.first(
    'SELECT 1 FROM claim WHERE sync = ? AND task = ? AND fence = ?',
    sync,
    claim.task,
    claim.fence,
  )
  if (!row) throw fencedOff(claim)
}

/** The tasks that somebody holds. */
export function readClaims(
  database: Database,
  sync: SyncRef,
  now: number,
): readonly (Claim & { readonly leftMs: number })[] {
  return database
    .all(
      'SELECT task, holder, fence, ends_at FROM claim WHERE sync = ? AND ends_at > ? ORDER BY fence',
      sync.id,
      now,
    )
    .map((row) => ({
      sync: sync.name,
      task: requiredText(row, 0),
      holder: requiredText(row, 1),
      fence: requiredNumber(row, 2),
      leftMs: requiredNumber(row, 3) - now,
    }))
    .filter(({ holder }) => !isDeadHolder(holder))
}

/** Whoever had the claim can have sent what it intended until then. */
function endIntents(database: Database, sync: number, fence: number, endedAt: number): void {
  database.run(
    'UPDATE intent SET sent_until = max(sent_until, ?) WHERE sync = ? AND fence = ?',
    endedAt,
    sync,
    fence,
  )
}

function fencedOff({ sync, task }: Claim): SyncError {
  return new SyncError({
    reason: 'fenced',
    message: `The claim on ${JSON.stringify(task)} of the sync ${JSON.stringify(sync)} is over: it was given back, or another process has taken the work over. Leave it to that one, or claim it again.`,
  })
}
