import type { Contact } from '@anycontact/core'
import { SyncError } from '../errors.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Pair, Side } from '../ledger/pair.ts'
import { type Generation, PHASES, type Run } from '../ledger/records.ts'
import type { SyncClient, SyncPlan } from '../project/plan.ts'
import type { TellContact } from './contact-event.ts'
import { Counts } from './counts.ts'
import { createAtSource } from './create-at-source.ts'
import type { Lease } from './lease.ts'
import { completeSides, guardDeletions, leftovers } from './leftovers.ts'
import { noteTarget } from './note-target.ts'
import type { ChangedDefinition } from './open-sync.ts'
import { nextGeneration, readOn } from './read-side.ts'
import { reconcile } from './reconcile.ts'
import { type RunProgress, reportOf, type SyncReport } from './report.ts'
import { forgetAgreed } from './restart.ts'
import { commit } from './send-tasks.ts'
import { settle } from './settle.ts'
import { drainShard, stageChanges } from './stage.ts'
import { checkGoOn, type Work, type WorkSettings } from './work.ts'

/** What the course of a run is made with. */
export interface CourseInit extends WorkSettings {
  readonly plan: SyncPlan
  readonly ledger: Ledger
  readonly salt: string
  readonly lease: Lease
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: RunProgress) => void) | undefined
  readonly onContact: TellContact | undefined
  readonly keepHistoryMs: number
  readonly dryRun: boolean
  /** Of the worker, over all its claims. */
  readonly failures?: { inARow: number }
}

/** A pause of more than this, and the target is read again before a run goes on: others may have changed it. */
const MAX_PAUSE_MS = 600_000

/** Whether nobody has been at a run for so long that others may have changed what was read. */
export function isStale({ notes, startedAt }: Run, now: number): boolean {
  return now - Number(notes?.aliveAt ?? startedAt) > MAX_PAUSE_MS
}

/** What is stored of contacts that were read, with where the reading stands. */
type Take = (contacts: readonly Contact[], after: Generation) => Promise<void>

/** The course of a run under one claim, phase by phase. Each phase can be begun again from what the ledger has. */
export class Course {
  readonly #init: CourseInit
  readonly #counts = new Counts()
  readonly #failures: { inARow: number }
  readonly #totals: Partial<Record<Side, number>> = {}
  #generations: Partial<Record<Side, Generation>> = {}
  #run: Run = { number: 0, phase: 'target', state: 'running', startedAt: 0, resumes: 0 }

  constructor(init: CourseInit) {
    this.#init = init
    this.#failures = init.failures ?? { inARow: 0 }
  }

  /** The run as it is now. */
  get run(): Run {
    return this.#run
  }

  /** Whether a side's generation is not at its end. */
  isReading(side: Side): boolean {
    return this.#generations[side]?.state === 'reading'
  }

  /** Takes the run from the ledger as it is. @returns whether one is under way */
  async load(): Promise<boolean> {
    const { ledger, plan } = this.#init
    const [last] = await ledger.runs(plan.name, 1)
    this.#generations = {}
    for (const generation of await ledger.generations(plan.name))
      this.#generations[generation.side] = generation
    if (!last) return false
    const { counts: _, ...run } = last
    this.#run = run
    return run.state === 'running'
  }

  /** Begins a run, or goes on with the one that is under way. */
  async begin(changed: ChangedDefinition | undefined): Promise<void> {
    const { ledger, plan } = this.#init
    const isUnderWay = await this.load()
    const now = await ledger.now()
    const changes: LedgerChange[] = []
    if (isUnderWay && !changed) {
      if (isStale(this.#run, now) && this.#run.phase !== 'target') changes.push(...this.#beginTargetAnew(now))
      this.#run = { ...this.#run, resumes: this.#run.resumes + 1 }
    } else {
      this.#run = {
        number: this.#run.number + 1,
        phase: 'target',
        state: 'running',
        startedAt: now,
        resumes: 0,
      }
      changes.push(...this.#newGeneration('target', now), ...this.#newGeneration('source', now))
    }
    await this.#noteAlive()
    changes.push({ type: 'run', run: this.#run })
    // First: until everything has been forgotten, the ledger has the definition of before, and the next start asks again.
    if (changed === 'restart') await forgetAgreed(this.work())
    if (changed) changes.push({ type: 'definition', definition: plan.definition })
    await commit(this.work(), changes)
  }

  /** What was read of the source stays read. */
  #beginTargetAnew(now: number): readonly LedgerChange[] {
    this.#run = { ...this.#run, phase: 'target' }
    return this.#newGeneration('target', now)
  }

  #newGeneration(side: Side, now: number): readonly LedgerChange[] {
    const generation = nextGeneration(side, this.#generations[side], now)
    this.#generations[side] = generation
    return [{ type: 'generation', generation }]
  }

  /** Reads the target and notes what it has. */
  async readTarget(): Promise<void> {
    await this.#read('target', async (contacts, after) => {
      const work = this.work()
      await commit(work, [...(await noteTarget(work, contacts, after)), ...(await this.#stands(after))])
    })
  }

  /** Reads the source and brings what it has into step, chunk by chunk; before that, what workers have left in line. */
  async readSource(): Promise<void> {
    const { ledger, plan } = this.#init
    for (const { shard } of await ledger.lines(plan.name)) await drainShard(this.work(), shard)
    await this.#read('source', async (contacts, after) => {
      await reconcile(this.work(), contacts, after, await this.#stands(after))
    })
  }

  /**
   * Reads the source and puts what it has in line for other workers.
   *
   * @param help - called after each chunk, so that the line does not grow without end
   */
  async stageSource(help: () => Promise<void>): Promise<void> {
    await this.#read('source', async (contacts, after) => {
      const work = this.work()
      await commit(work, [...stageChanges(work, contacts, after), ...(await this.#stands(after))])
      await help()
    })
  }

  async #read(side: Side, take: Take): Promise<void> {
    const { plan, chunkSize, signal, lease } = this.#init
    const before = this.#generations[side]
    if (before?.state !== 'reading') return
    const generation = before.cursor === undefined ? before : resumed(plan[side], before)
    const stop = signal ? AbortSignal.any([signal, lease.signal]) : lease.signal
    const onTotal = (total: number): void => {
      this.#totals[side] = total
    }
    const begin = async (): Promise<Generation> => {
      const changes = this.#newGeneration(side, await this.#init.ledger.now())
      await commit(this.work(), changes)
      return this.#generations[side] ?? before
    }
    const options = { chunkSize, signal: stop, onTotal }
    for await (const { contacts, after } of readOn(plan[side], generation, options, begin)) {
      await take(contacts, after)
      this.#generations[side] = after
      checkGoOn(this.work())
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

  /** Deals with what came on one side only, once both have been read. @throws SyncError `too_many_deletions` */
  async leftovers(): Promise<void> {
    const work = this.work()
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

  /** Settles the writes of the run whose outcome is not known. */
  async settle(): Promise<void> {
    const unmade = await settle(this.work())
    const { target } = completeSides(this.work())
    if (!target || this.#init.plan.direction === 'one-way') return
    // Those that have had to wait for it, and those whose create has turned out not to have arrived.
    const isWanted = ({ problem, keyHash }: Pair): boolean => !problem || unmade.has(keyHash)
    await createAtSource(this.work(), target, { isWanted })
    await settle(this.work())
  }

  /** Enters the phase that follows. */
  async next(): Promise<void> {
    await this.#store({ phase: PHASES[PHASES.indexOf(this.#run.phase) + 1] ?? 'done' })
  }

  async #store(now: Partial<Run>, more: readonly LedgerChange[] = []): Promise<void> {
    await this.#noteAlive()
    this.#run = { ...this.#run, ...now }
    await commit(this.work(), [{ type: 'run', run: this.#run }, ...more])
  }

  /** Ends the run, and lets go of runs whose time is over. */
  async end(): Promise<SyncReport> {
    const { ledger, plan, keepHistoryMs, dryRun } = this.#init
    const endedAt = await ledger.now()
    await this.#store({ state: 'done', endedAt }, [{ type: 'expire', endedBefore: endedAt - keepHistoryMs }])
    const [run = { ...this.#run, counts: {} }] = await ledger.runs(plan.name, 1)
    return reportOf(run, this.#generations, dryRun)
  }

  /** What the parts of the engine work with. */
  work(): Work {
    return {
      ...this.#init,
      run: this.#run,
      generations: this.#generations,
      counts: this.#counts,
      failures: this.#failures,
      onCommit: () => this.#tell(),
      onWait: (waitMs) => this.#tell(waitMs),
      onContact: this.#init.dryRun ? withoutMadeIds(this.#init.onContact) : this.#init.onContact,
    }
  }

  #tell(waitMs?: number): void {
    const read = { source: this.#generations.source?.read ?? 0, target: this.#generations.target?.read ?? 0 }
    this.#init.onProgress?.({
      phase: this.#run.phase,
      read,
      total: { ...this.#totals },
      ...(waitMs !== undefined && { waitMs }),
    })
  }
}

/** In a dry run, a contact that would be created has no id on that side. */
function withoutMadeIds(tell: TellContact | undefined): TellContact | undefined {
  return (
    tell &&
    ((event) => {
      const { sourceId, targetId, ...rest } = event
      if (event.outcome !== 'created') tell(event)
      else if (event.side === 'source') tell({ ...rest, ...(targetId !== undefined && { targetId }) })
      else tell({ ...rest, ...(sourceId !== undefined && { sourceId }) })
    })
  )
}

/**
 * A reading that is taken up again. Where a cursor names a contact it goes on there. Where cursors count contacts, others may have moved
 * over the place meanwhile: it begins at the first page, and passes over what it has dealt with, so that it can be complete.
 */
function resumed({ capabilities }: SyncClient, before: Generation): Generation {
  if (capabilities.list?.pagination === 'cursor') return { ...before, resumed: true }
  const { side, number, state, startedAt } = before
  return { side, number, state, startedAt, read: 0 }
}
