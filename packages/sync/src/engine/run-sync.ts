import { planOf, type Sync } from '../define/define-sync.ts'
import { processHolder } from '../ledger/holder.ts'
import { overlayLedger } from '../ledger/overlay.ts'
import { claimTask, RUN_TASK } from './claim-task.ts'
import { Course } from './course.ts'
import { readOnly } from './dry-run.ts'
import { Lease } from './lease.ts'
import { openSync, requireClaim } from './open-sync.ts'
import type { SyncReport } from './report.ts'
import { checkRunOptions, type RunOptions, readSettings } from './run-options.ts'
import { checkGoOn } from './work.ts'

/**
 * Runs a sync to its end, or goes on with one that was killed or stopped: what the two sides have is brought into step, what has not
 * changed is not written, and what could not be written is tried again next time.
 *
 * @param sync - what `defineSync` gave
 * @throws SyncError for what is wrong with the ledger or would delete too much; ContactsError for what ends the run at a provider, such
 * as a credential that has expired: run it again, and it goes on
 *
 * @example
 * ```ts
 * await using ledger = sqliteLedger('contacts.db')
 * const report = await runSync(sync, { ledger })
 * console.log(report.created, report.updated, report.failed)
 * ```
 */
export async function runSync(sync: Sync, options: RunOptions): Promise<SyncReport> {
  const plan = planOf(sync)
  checkRunOptions(options)
  const { keepHistoryMs, ...settings } = readSettings(options, plan.maxDeletions)
  const { changedDefinition = 'throw', dryRun = false, signal, onProgress, onContact } = options
  signal?.throwIfAborted()
  const ledger = dryRun ? overlayLedger(options.ledger) : options.ledger
  const { salt, isChanged } = await openSync(ledger, plan, changedDefinition)
  const { clock, leaseMs } = settings
  const askedAt = clock.now()
  const claim = requireClaim(
    await claimTask(ledger, plan.name, { task: RUN_TASK, holder: processHolder(), leaseMs }),
    plan.name,
  )
  const lease = new Lease(claim, askedAt, { ledger, clock, leaseMs })
  try {
    const course = new Course({
      ...settings,
      plan: dryRun ? readOnly(plan) : plan,
      ledger,
      salt,
      lease,
      signal,
      onProgress,
      onContact,
      keepHistoryMs,
      dryRun,
    })
    await course.begin(isChanged ? changedDefinition : undefined)
    return await follow(course)
  } finally {
    await lease.release()
  }
}

/** Follows a run from where it is to its end. */
async function follow(course: Course): Promise<SyncReport> {
  for (;;) {
    checkGoOn(course.work())
    const { phase } = course.run
    if (phase === 'target') await course.readTarget()
    else if (phase === 'source') await course.readSource()
    else if (phase === 'leftovers') await course.leftovers()
    else if (phase === 'settling') await course.settle()
    else return await course.end()
    await course.next()
  }
}
