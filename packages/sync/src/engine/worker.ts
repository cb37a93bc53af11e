import { planOf, type Sync } from '../define/define-sync.ts'
import { SyncError } from '../errors.ts'
import { processHolder } from '../ledger/holder.ts'
import type { Ledger, SyncState } from '../ledger/ledger.ts'
import type { SyncPlan } from '../project/plan.ts'
import { Course } from './course.ts'
import { Lease } from './lease.ts'
import { openSync } from './open-sync.ts'
import { lastReport, type SyncReport } from './report.ts'
import { type RunOptions, readSettings } from './run-options.ts'
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

/** So many contacts wait in line at most before the reader helps to write them. */
const MAX_IN_LINE_SHARDS = 48

/**
 * Works on the run of a sync beside other workers, on the same ledger, until the run is over. One reads at a time; what was read is put in
 * line by a hash of its key, and a line is one worker's. A worker that dies is replaced by the others once its claims have ended.
 *
 * @returns the report of the run, as it is when this worker sees its end; `undefined` where there was none to work on
 * @throws what ends the run for this worker; the others go on
 */
export async function work(sync: Sync, options: WorkerOptions): Promise<SyncReport | undefined> {
  const plan = planOf(sync)
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
  #report: SyncReport | undefined

  constructor(plan: SyncPlan, settings: Settings, salt: string, options: WorkerOptions) {
    this.#plan = plan
    this.#settings = settings
    this.#salt = salt
    this.#options = options
    this.#ledger = options.ledger
  }

  async run(changed: 'throw' | 'continue' | 'restart' | undefined): Promise<SyncReport | undefined> {
    const first = await this.#ledger.runs(this.#plan.name, 1)
    if (first[0]?.state !== 'running' || changed) {
      if (!this.#options.start) return undefined
      await this.#claimed('closer', async (course) => {
        if (!(await course.load()) || changed) await course.begin(changed)
      })
    }
    for (;;) {
      this.#options.signal?.throwIfAborted()
      const [run] = await this.#ledger.runs(this.#plan.name, 1)
      if (run?.state !== 'running') return this.#report ?? (await lastReport(this.#ledger, this.#plan.name))
      const hasWorked = await this.#step(run.phase)
      if (!hasWorked) await this.#settings.clock.sleep(this.#settings.pollMs, this.#options.signal)
    }
  }

  /** Does what there is to do now. @returns whether there was something */
  async #step(phase: string): Promise<boolean> {
    if (phase === 'target') return await this.#readTarget()
    if (phase === 'source')
      return (await this.#drainOne()) || (await this.#readSource()) || (await this.#closeSource())
    return await this.#close()
  }

  async #readTarget(): Promise<boolean> {
    return await this.#claimed('reader', async (course) => {
      if (!(await course.load()) || course.run.phase !== 'target') return
      await course.readTarget()
      await course.next()
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
    while ((await this.#ledger.stagedShards(this.#plan.name)).length > MAX_IN_LINE_SHARDS) {
      if (!(await this.#drainOne()))
        await this.#settings.clock.sleep(this.#settings.pollMs, this.#options.signal)
    }
  }

  /** Takes over a line that nobody has. */
  async #drainOne(): Promise<boolean> {
    const waiting = await this.#ledger.stagedShards(this.#plan.name)
    if (waiting.length === 0) return false
    const held = new Set((await this.#ledger.claims(this.#plan.name)).map(({ task }) => task))
    const free = waiting.filter((shard) => !held.has(`shard:${shard}`))
    // At random, so that workers which look at the same time do not all ask for the same one.
    const start = Math.floor(this.#settings.random() * free.length)
    for (const shard of [...free.slice(start), ...free.slice(0, start)]) {
      const isMine = await this.#claimed(`shard:${shard}`, async (course) => {
        if (!(await course.load()) || course.run.phase !== 'source') return
        await drainShard(course.work(), shard)
      })
      if (isMine) return true
    }
    return false
  }

  /** Once everything is read and no line is left, nor anybody at one, the run goes on to those that did not come. */
  async #closeSource(): Promise<boolean> {
    return await this.#claimed('closer', async (course) => {
      if (!(await course.load()) || course.run.phase !== 'source' || course.isReading('source')) return false
      if ((await this.#ledger.stagedShards(this.#plan.name)).length > 0) return false
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
  async #claimed(task: string, run: (course: Course) => Promise<boolean | void>): Promise<boolean> {
    const { clock, leaseMs } = this.#settings
    const askedAt = clock.now()
    const claim = await this.#ledger.claim(this.#plan.name, { task, holder: this.#holder, leaseMs })
    if (!('fence' in claim)) return false
    const lease = new Lease(claim, askedAt, { ledger: this.#ledger, clock, leaseMs })
    try {
      return (await run(this.#course(lease))) ?? true
    } catch (error) {
      // Somebody else has it now, and goes on with it.
      if (error instanceof SyncError && error.reason === 'fenced') return true
      throw error
    } finally {
      await lease.release()
    }
  }

  #course(lease: Lease): Course {
    const { signal, onProgress } = this.#options
    return new Course({
      ...this.#settings,
      plan: this.#plan,
      ledger: this.#ledger,
      salt: this.#salt,
      lease,
      signal,
      onProgress,
      dryRun: false,
    })
  }
}
