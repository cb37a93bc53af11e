import {
  type Claim,
  type ClaimHolder,
  type ClaimRequest,
  requiredNumber,
  requiredText,
  SyncError,
} from '@anycontact/sync/ledger-kit'
import type { Database, Statements } from '../postgres/database.ts'
import type { Row } from '../postgres/pool.ts'

/** A sync by its name and its number in the database. */
export interface SyncRef {
  readonly name: string
  readonly id: number
}

const CLAIM = `select holder, fence, ends_at, @now from @.claim where sync = $1 and task = $2`

/** Claims a task, where nobody has it any more. */
export async function claim(
  database: Database,
  sync: SyncRef,
  { task, holder, leaseMs }: ClaimRequest,
): Promise<Claim | ClaimHolder> {
  const [seen] = await database.rows(CLAIM, sync.id, task)
  const current = seen && livingHolder(seen)
  if (current) return current
  return await database.transaction(async (statements) => {
    // One claims at a time, also where there is no row of the task yet.
    await statements.rows('select fence from @.sync where id = $1 for update', sync.id)
    // Waits for a commit that is under way under the claim.
    const [row] = await statements.rows(`${CLAIM} for update`, sync.id, task)
    if (row) {
      const [looked] = await statements.rows(CLAIM, sync.id, task)
      const other = livingHolder(looked ?? row)
      if (other) return other
      await endIntents(statements, sync.id, requiredNumber(row, 1))
    }
    const [raised] = await statements.rows(
      'update @.sync set fence = fence + 1 where id = $1 returning fence',
      sync.id,
    )
    const fence = raised ? requiredNumber(raised, 0) : 0
    await statements.run(
      `insert into @.claim (sync, task, holder, fence, ends_at) values ($1, $2, $3, $4, @now + $5)
      on conflict (sync, task) do update set holder = excluded.holder, fence = excluded.fence, ends_at = excluded.ends_at`,
      sync.id,
      task,
      holder,
      fence,
      leaseMs,
    )
    return { sync: sync.name, task, holder, fence }
  })
}

/** Holds a claim for longer. */
export async function renew(database: Database, sync: number, claim: Claim, leaseMs: number): Promise<void> {
  const renewed = await database.run(
    `update @.claim set ends_at = @now + $4 where sync = $1 and task = $2 and fence = $3`,
    sync,
    claim.task,
    claim.fence,
    leaseMs,
  )
  if (renewed === 0) throw fencedOff(claim)
}

/** Gives a claim back. */
export async function release(database: Database, sync: number, { task, fence }: Claim): Promise<void> {
  await database.transaction(async (statements) => {
    const mine = 'from @.claim where sync = $1 and task = $2 and fence = $3'
    const [row] = await statements.rows(`select 1 ${mine} for update`, sync, task, fence)
    if (!row) return
    await endIntents(statements, sync, fence)
    await statements.run(`delete ${mine}`, sync, task, fence)
  })
}

/**
 * Makes sure of a claim until the end of a transaction: who wants to take it over waits until then.
 *
 * @throws SyncError `fenced` where it has gone to somebody else
 */
export async function holdFence(statements: Statements, sync: number, claim: Claim): Promise<void> {
  const [row] = await statements.rows(
    'select 1 from @.claim where sync = $1 and task = $2 and fence = $3 for update',
    sync,
    claim.task,
    claim.fence,
  )
  if (!row) throw fencedOff(claim)
}

/** The tasks that somebody holds. */
export async function readClaims(
  database: Database,
  sync: SyncRef,
): Promise<readonly (Claim & { readonly leftMs: number })[]> {
  const rows = await database.rows(
    `select holder, fence, ends_at, now, task from @.claim, (select @now as now) as clock
    where sync = $1 and ends_at > now order by fence`,
    sync.id,
  )
  return rows.map((row) => ({
    sync: sync.name,
    task: requiredText(row, 4),
    holder: requiredText(row, 0),
    fence: requiredNumber(row, 1),
    leftMs: leftMs(row),
  }))
}

/** Whoever had the claim can have sent what it intended until it ended. */
async function endIntents(statements: Statements, sync: number, fence: number): Promise<void> {
  await statements.run(
    `update @.intent set sent_until = greatest(sent_until, least(claim.ends_at, @now)) from @.claim
    where intent.sync = $1 and intent.fence = $2 and claim.sync = $1 and claim.fence = $2`,
    sync,
    fence,
  )
}

function livingHolder(row: Row): ClaimHolder | undefined {
  return leftMs(row) > 0 ? { holder: requiredText(row, 0), leftMs: leftMs(row) } : undefined
}

function leftMs(row: Row): number {
  return requiredNumber(row, 2) - requiredNumber(row, 3)
}

function fencedOff({ sync, task }: Claim): SyncError {
  return new SyncError({
    reason: 'fenced',
    message: `The claim on ${JSON.stringify(task)} of the sync ${JSON.stringify(sync)} is over: it was given back, or another process has taken the work over. Leave it to that one, or claim it again.`,
  })
}
