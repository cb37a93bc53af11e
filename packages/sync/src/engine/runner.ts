import { SyncError } from '../errors.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pair.ts'
import { type Generation, PHASES, type Phase, type Run } from '../ledger/records.ts'
import type { SyncPlan } from '../project/plan.ts'
import { Counts } from './counts.ts'
import type { Lease } from './lease.ts'
import { completeSides, guardDeletions, leftovers } from './leftovers.ts'
import { noteTarget } from './note-target.ts'
import { nextGeneration, readSide } from './read-side.ts'
import { reconcile } from './reconcile.ts'
import { type RunProgress, reportOf, type SyncReport } from './report.ts'
import { forgetAgreed } from './restart.ts'
import { commit } from './send-tasks.ts'
import { settle } from './settle.ts'
import { checkGoOn, type Work, type WorkSettings } from './work.ts'

/** What a run in one process is made with. */
export interface RunnerInit extends WorkSettings {
  readonly plan: SyncPlan
  readonly ledger: Ledger
  readonly salt: string
  readonly lease: Lease
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: RunProgress) => void) | undefined
  readonly keepHistoryMs: number
  readonly dryRun: boolean
}

/** A pause of more than this, and the target is read again before a run goes on: others may have changed it. */
const MAX_PAUSE_MS = 600_000

/** One run in one process, phase by phase. Each phase can be begun again from what the ledger has. */
export class Runner {
  readonly #init: RunnerInit
  readonly #counts = new Counts()
  readonly #failures = { inARow: 0 }
  readonly #totals: Partial<Record<Side, number>> = {}
  #generations: Partial<Record<Side, Generation>> = {}
  #run: Run = { number: 0, phase: 'target', state: 'running', startedAt: 0, resumes: 0 }

  constructor(init: RunnerInit) {
    this.#init = init
  }

  async run(changed: 'continue' | 'restart' | 'throw' | undefined): Promise<SyncReport> {
    await this.#begin(changed)
    for (;;) {
      const { phase } = this.#run
      checkGoOn(this.#work())
      if (phase === 'target') await this.#readTarget()
      else if (phase === 'source') await this.#readSource()
      else if (phase === 'leftovers') await this.#leftovers()
      else if (phase === 'settling') await settle(this.#work())
      else break
      await this.#enter(PHASES[PHASES.indexOf(phase) + 1] ?? 'done')
    }
    return await this.#end()
  }

  async #begin(changed: 'continue' | 'restart' | 'throw' | undefined): Promise<void> {
    const { ledger, plan } = this.#init
    const [last] = await ledger.runs(plan.name, 1)
    for (const generation of await ledger.generations(plan.name))
      this.#generations[generation.side] = generation
    const now = await ledger.now()
    const changes: LedgerChange[] = []
    if (last?.state === 'running' && !changed) {
      const { counts: _, ...run } = last
      this.#run = { ...run, resumes: run.resumes + 1 }
      const pausedMs = now - Number(run.notes?.aliveAt ?? run.startedAt)
      if (pausedMs > MAX_PAUSE_MS && run.phase !== 'target') await this.#beginTargetAnew(now, changes)
    } else {
      this.#run = {
        number: (last?.number ?? 0) + 1,
        phase: 'target',
        state: 'running',
        startedAt: now,
        resumes: 0,
      }
      changes.push(...this.#newGeneration('target', now), ...this.#newGeneration('source', now))
    }
    changes.push({ type: 'run', run: this.#run })
    await commit(this.#work(), changes)
    if (changed === 'restart') await forgetAgreed(this.#work())
    // Last: until everything has been forgotten, the next start asks again.
    if (changed) await commit(this.#work(), [{ type: 'definition', definition: plan.definition }])
  }

  /** What was read of the source stays read. */
  async #beginTargetAnew(now: number, changes: LedgerChange[]): Promise<void> {
    this.#run = { ...this.#run, phase: 'target' }
    changes.push(...this.#newGeneration('target', now))
  }

  #newGeneration(side: Side, now: number): readonly LedgerChange[] {
    const generation = nextGeneration(side, this.#generations[side], now)
    this.#generations[side] = generation
    return [{ type: 'generation', generation }]
  }

  async #readTarget(): Promise<void> {
    await this.#read('target', async (contacts, after) => {
      const work = this.#work()
      await commit(work, [...(await noteTarget(work, contacts, after)), ...(await this.#stands(after))])
    })
  }

  async #readSource(): Promise<void> {
    await this.#read('source', async (contacts, after) => {
      await reconcile(this.#work(), contacts, after, await this.#stands(after))
    })
  }

  async #read(
    side: Side,
    take: (contacts: Parameters<typeof noteTarget>[1], after: Generation) => Promise<void>,
  ): Promise<void> {
    const { plan, chunkSize, signal, lease } = this.#init
    const before = this.#generations[side]
    if (before?.state !== 'reading') return
    // Whatever was read before this process began, somebody else may have moved since.
    const generation =
      this.#run.resumes > 0 && before.cursor !== undefined ? { ...before, resumed: true } : before
    const stop = signal ? AbortSignal.any([signal, lease.signal]) : lease.signal
    const onTotal = (total: number): void => {
      this.#totals[side] = total
    }
    for await (const { contacts, after } of readSide(plan[side], generation, {
      chunkSize,
      signal: stop,
      onTotal,
    })) {
      await take(contacts, after)
      this.#generations[side] = after
      checkGoOn(this.#work())
    }
  }

  /** Where a reading stands, and that the run is alive. */
  async #stands(generation: Generation): Promise<readonly LedgerChange[]> {
    await this.#noteAlive()
    return [
      { type: 'generation', generation },
      { type: 'run', run: this.#run },
    ]
  }

  async #noteAlive(): Promise<void> {
    this.#run = { ...this.#run, notes: { ...this.#run.notes, aliveAt: await this.#init.ledger.now() } }
  }

  async #leftovers(): Promise<void> {
    const work = this.#work()
    const sides = completeSides(work)
    try {
      await guardDeletions(work, sides)
    } catch (error) {
      // Whoever decides may also mend what is gone: the next start reads both sides anew.
      if (error instanceof SyncError)
        await this.#store({ state: 'stopped', endedAt: await work.ledger.now() })
      throw error
    }
    await leftovers(work, sides)
  }

  async #enter(phase: Phase): Promise<void> {
    await this.#store({ phase })
  }

  async #store(now: Partial<Run>, more: readonly LedgerChange[] = []): Promise<void> {
    await this.#noteAlive()
    this.#run = { ...this.#run, ...now }
    await commit(this.#work(), [{ type: 'run', run: this.#run }, ...more])
  }

  async #end(): Promise<SyncReport> {
    const { ledger, plan, keepHistoryMs, dryRun } = this.#init
    const endedAt = await ledger.now()
    await this.#store({ state: 'done', endedAt }, [{ type: 'expire', endedBefore: endedAt - keepHistoryMs }])
    const [run = { ...this.#run, counts: {} }] = await ledger.runs(plan.name, 1)
    return reportOf(run, this.#generations, dryRun)
  }

  #work(): Work {
    return {
      ...this.#init,
      run: this.#run,
      generations: this.#generations,
      counts: this.#counts,
      failures: this.#failures,
      onCommit: () => this.#tell(),
    }
  }

  #tell(): void {
    const read = { source: this.#generations.source?.read ?? 0, target: this.#generations.target?.read ?? 0 }
    this.#init.onProgress?.({ phase: this.#run.phase, read, total: { ...this.#totals } })
  }
}
