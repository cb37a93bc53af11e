import { planOf, type Sync } from '../define/define-sync.ts'
import { SyncError } from '../errors.ts'
import { processHolder } from '../ledger/holder.ts'
import type { Ledger, SyncState } from '../ledger/ledger.ts'
import type { Phase, Run } from '../ledger/records.ts'
import type { SyncPlan } from '../project/plan.ts'
import { claimTask } from './claim-task.ts'
import { Course, isStale } from './course.ts'
import { Lease } from './lease.ts'
import {
  type ChangedDefinition,
  checkDefinition,
  definitionChanges,
  openSync,
  requireClaim,
} from './open-sync.ts'
import { lastReport, type SyncReport } from './report.ts'
import { checkWorkerOptions, type RunOptions, readSettings } from './run-options.ts'
import { drainShard } from './stage.ts'
import type { WorkSettings } from './work.ts'

/** How a worker works. */
export interface WorkerOptions extends Omit<RunOptions, 'dryRun'> {
  /**
   * Whether a run is begun where none is under way; without it a worker only helps with one that is.
   * @default false
   */
  readonly start?: boolean | undefined
  /** How long a worker waits before it looks again for something to do, in milliseconds. @default 250 */
  readonly pollMs?: number | undefined
}

/** So many contacts wait at most before the reader helps to write them, and so many are left when it reads on. */
const LINE_LIMITS = { full: 10_000, empty: 5_000 } as const

/**
 * Works on the run of a sync beside other workers, on the same ledger, until the run is over. One reads at a time; what was read is put in
 * line by a hash of its key, and a line is one worker's. A worker that dies is replaced by the others once its claims have ended.
 *
 * @returns the report of the run, as it is when this worker sees its end; `undefined` where there was none to work on
 * @throws what ends the run for this worker; the others go on
 */
export async function work(sync: Sync, options: WorkerOptions): Promise<SyncReport | undefined> {
  const plan = planOf(sync)
  checkWorkerOptions(options)
  const { keepHistoryMs, ...settings } = readSettings(options, plan.maxDeletions)
  const { ledger, changedDefinition = 'throw' } = options
  options.signal?.throwIfAborted()
  const { salt, isChanged } = await openSync(ledger, plan, changedDefinition)
  const worker = new Worker(
    plan,
    { ...settings, keepHistoryMs, pollMs: options.pollMs ?? 250 },
    salt,
    options,
  )
  return await worker.run(isChanged ? changedDefinition : undefined)
}

interface Settings extends WorkSettings {
  readonly keepHistoryMs: number
  readonly pollMs: number
}

class Worker {
  readonly #plan: SyncPlan
  readonly #settings: Settings
  readonly #salt: SyncState['salt']
  readonly #options: WorkerOptions
  readonly #ledger: Ledger
  readonly #holder = processHolder()
  readonly #failures = { inARow: 0 }
  #hasJoined = false
  #report: SyncReport | undefined
  /** Whether all workers may have been away: when this one comes, and when it has lost a claim. */
  #mayBeStale = true

  constructor(plan: SyncPlan, settings: Settings, salt: string, options: WorkerOptions) {
    this.#plan = plan
    this.#settings = settings
    this.#salt = salt
    this.#options = options
    this.#ledger = options.ledger
  }

  async run(changed: ChangedDefinition | undefined): Promise<SyncReport | undefined> {
    if (!(await this.#join(changed))) return undefined
    this.#hasJoined = true
    for (;;) {
      this.#options.signal?.throwIfAborted()
      const run = await this.#newest()
      if (run?.state !== 'running') return this.#report ?? (await lastReport(this.#ledger, this.#plan.name))
      if (this.#mayBeStale) this.#mayBeStale = !(await this.#refresh(run))
      const hasWorked = !this.#mayBeStale && (await this.#step(run.phase))
      if (!hasWorked) await this.#settings.clock.sleep(this.#settings.pollMs, this.#options.signal)
    }
  }

  /** Sees to it that a run is under way, or one that was begun meanwhile is over. @returns whether there is a run to look at */
  async #join(changed: ChangedDefinition | undefined): Promise<boolean> {
    const { clock, pollMs } = this.#settings
    const before = await this.#newest()
    if (before?.state === 'running' && !changed) return true
    if (!this.#options.start) return false
    for (;;) {
      const isBegun = await this.#claimed('closer', async (course) => {
        const isUnderWay = await course.load()
        // Somebody else may have begun one since, of the new definition even, and may have ended it.
        const isChanged = changed && (await definitionChanges(this.#ledger, this.#plan)).length > 0
        if (isChanged || (!isUnderWay && course.run.number === (before?.number ?? 0))) {
          if (isChanged) await this.#requireAlone()
          await course.begin(isChanged ? changed : undefined)
        }
        return true
      })
      if (isBegun) return true
      await clock.sleep(pollMs, this.#options.signal)
    }
  }

  /**
   * As a run in one process does after a long pause, the target is read again where all workers have been away: others may have made
   * there what is to be made.
   *
   * @returns whether this worker can go on: not, while another one does just that
   */
  async #refresh(run: Run): Promise<boolean> {
    const isAway = async () => isStale(run, await this.#ledger.now())
    const others = (await this.#ledger.claims(this.#plan.name)).filter(
      ({ holder }) => holder !== this.#holder,
    )
    const isRefreshing = ['reader', 'closer'].every((task) => others.some((other) => other.task === task))
    if (!(await isAway()) || (others.length > 0 && !isRefreshing)) return true
    // Who reads and who closes store how far the run is: for a moment it is neither.
    await this.#claimed('reader', () =>
      this.#claimed('closer', async (course) => {
        const isUnderWay = await course.load()
        if (!isUnderWay || !isStale(course.run, await this.#ledger.now())) return false
        await course.begin(undefined)
        return true
      }),
    )
    return false
  }

  /** Others work by the definition of before, and are not told of a new one in the middle of it. */
  async #requireAlone(): Promise<void> {
    const others = (await this.#ledger.claims(this.#plan.name)).filter(
      ({ holder }) => holder !== this.#holder,
    )
    for (const { holder, leftMs } of others) requireClaim({ holder, leftMs }, this.#plan.name)
  }

  async #newest(): Promise<Run | undefined> {
    const [run] = await this.#ledger.runs(this.#plan.name, 1)
    return run
  }

  /** Does what there is to do now. @returns whether there was something */
  async #step(phase: Phase): Promise<boolean> {
    if (phase === 'target') return await this.#readTarget()
    if (phase === 'source')
      return (await this.#drainOne()) || (await this.#readSource()) || (await this.#closeSource())
    return await this.#close()
  }

  async #readTarget(): Promise<boolean> {
    return await this.#claimed('reader', async (course) => {
      if (!(await course.load()) || course.run.phase !== 'target') return false
      await course.readTarget()
      await course.next()
      return true
    })
  }

  async #readSource(): Promise<boolean> {
    return await this.#claimed('reader', async (course) => {
      if (!(await course.load()) || course.run.phase !== 'source' || !course.isReading('source')) return false
      await course.stageSource(() => this.#relieve())
      return true
    })
  }

  /** The reader keeps its place in the listing while it helps: a listing that is taken up again proves less. */
  async #relieve(): Promise<void> {
    if ((await this.#waiting()) < LINE_LIMITS.full) return
    while ((await this.#waiting()) > LINE_LIMITS.empty) {
      if (!(await this.#drainOne()))
        await this.#settings.clock.sleep(this.#settings.pollMs, this.#options.signal)
    }
  }

  async #waiting(): Promise<number> {
    return (await this.#ledger.lines(this.#plan.name)).reduce((sum, { waiting }) => sum + waiting, 0)
  }

  /** Takes over the longest line that nobody has. */
  async #drainOne(): Promise<boolean> {
    const lines = await this.#ledger.lines(this.#plan.name)
    if (lines.length === 0) return false
    const held = new Set((await this.#ledger.claims(this.#plan.name)).map(({ task }) => task))
    // Among equals at random, so that workers which look at the same time do not all ask for the same one.
    const free = lines
      .filter(({ shard }) => !held.has(`shard:${shard}`))
      .map((line) => ({ ...line, order: line.waiting + this.#settings.random() * line.waiting }))
      .sort((one, other) => other.order - one.order)
    for (const { shard } of free) {
      const isMine = await this.#claimed(`shard:${shard}`, async (course) => {
        if (!(await course.load()) || course.run.phase !== 'source') return false
        await drainShard(course.work(), shard)
        return true
      })
      if (isMine) return true
    }
    return false
  }

  /** Once everything is read and no line is left, nor anybody at one, the run goes on to those that did not come. */
  async #closeSource(): Promise<boolean> {
    return await this.#claimed('closer', async (course) => {
      if (!(await course.load()) || course.run.phase !== 'source' || course.isReading('source')) return false
      if ((await this.#waiting()) > 0) return false
      const others = (await this.#ledger.claims(this.#plan.name)).filter(({ task }) =>
        task.startsWith('shard:'),
      )
      if (others.length > 0) return false
      await course.next()
      return true
    })
  }

  async #close(): Promise<boolean> {
    return await this.#claimed('closer', async (course) => {
      if (!(await course.load())) return false
      if (course.run.phase === 'leftovers') await course.leftovers()
      else if (course.run.phase === 'settling') await course.settle()
      else if (course.run.phase === 'done') {
        this.#report = await course.end()
        return true
      } else return false
      await course.next()
      return true
    })
  }

  /**
   * Does something under a claim.
   *
   * @returns whether it was done: not, where somebody else has the claim, or it says so itself
   */
  async #claimed(task: string, run: (course: Course) => Promise<boolean>): Promise<boolean> {
    const { clock, leaseMs } = this.#settings
    const askedAt = clock.now()
    const claim = await claimTask(this.#ledger, this.#plan.name, { task, holder: this.#holder, leaseMs })
    if (!('fence' in claim)) return false
    const lease = new Lease(claim, askedAt, { ledger: this.#ledger, clock, leaseMs })
    try {
      // A worker that begins a run brings the definition itself.
      if (this.#hasJoined) await checkDefinition(this.#ledger, this.#plan)
      return await run(this.#course(lease))
    } catch (error) {
      // Somebody else has it now, and goes on with it.
      if (!(error instanceof SyncError && error.reason === 'fenced')) throw error
      this.#mayBeStale = true
      return true
    } finally {
      await lease.release()
    }
  }

  #course(lease: Lease): Course {
    const { signal, onProgress, onContact } = this.#options
    return new Course({
      ...this.#settings,
      plan: this.#plan,
      ledger: this.#ledger,
      salt: this.#salt,
      lease,
      signal,
      onProgress,
      onContact,
      dryRun: false,
      failures: this.#failures,
    })
  }
}
