import { ContactsError } from '@anycontact/core'
import { type Ledger, SyncError } from '@anycontact/sync/ledger-kit'
import type { Engine } from './engine.ts'
import { between, oneOf } from './world/chance.ts'
import { isUnreachable } from './world/ledger-line.ts'
import { Process } from './world/process.ts'
import type { World } from './world/world.ts'

/** How long a run may take, on the virtual clock. */
const PATIENCE_MS = 96 * 3_600_000

/** How often processes are started again before that counts as not ending. */
const MOST_STARTS = 60

/** The reason with which a caller stops a run. */
const STOPPED = new Error('stopped by its caller')

type End = 'done' | 'killed' | 'stalled' | { readonly error: unknown }

/** Runs a sync, with whatever happens to its processes, until it has been brought to its end. */
export class Runs {
  readonly #world: World
  readonly #engine: Engine
  readonly #ledger: Ledger
  #started = 0
  #isAllowedToDelete = false
  /** Processes that others have taken the work from, and that live on. */
  #forgotten: Promise<unknown>[] = []

  constructor(world: World, engine: Engine, ledger: Ledger) {
    this.#world = world
    this.#engine = engine
    this.#ledger = ledger
  }

  /**
   * Runs it once to its end.
   *
   * @param isQuiet - whether nothing goes wrong: then an error that nobody caused is one of the engine
   */
  async toTheEnd(isQuiet: boolean): Promise<void> {
    const { time, journal, script } = this.#world
    const before = (await this.#newest())?.number ?? 0
    const places = Array.from({ length: Math.max(1, script.definition.workers) })
    const work = Promise.all(places.map(() => this.#fill(before, isQuiet)))
    await time.settle(work, PATIENCE_MS)
    this.#isAllowedToDelete = false
    await time.settle(Promise.all(this.#forgotten), PATIENCE_MS)
    this.#forgotten = []
    journal.tell('the run is done')
  }

  #newest() {
    return this.#engine.newestRun(this.#ledger, this.#world.script.definition)
  }

  /** Sees to it that there is a process at work until the run is at its end. */
  async #fill(before: number, isQuiet: boolean): Promise<void> {
    const { time, journal, script } = this.#world
    for (let start = 0; ; start++) {
      if (start === MOST_STARTS) throw new Error(`The run has not ended after ${MOST_STARTS} starts.`)
      // Whatever goes wrong comes to an end.
      if (start === MOST_STARTS / 2) this.#world.calm()
      const run = await this.#newest()
      if (script.definition.workers > 0 && run?.state === 'done' && run.number > before) return
      const end = await this.#start(run?.state !== 'running')
      if (end === 'done' && this.#forgotten.length > 0) journal.count('taken over')
      // A worker that has found nothing to do comes back.
      if (end === 'done' && script.definition.workers === 0) return
      if (typeof end === 'object') this.#judge(end.error, isQuiet)
      if (typeof end === 'object') journal.tell(`it stopped: ${wordsOf(end.error)}`)
      else if (end !== 'done') journal.tell(end === 'killed' ? 'it was killed' : 'it hangs')
      if (end !== 'done') await time.wait(this.#pause())
    }
  }

  async #start(isFirst: boolean): Promise<End> {
    const world = this.#world
    const { script } = world
    const random = world.chance(`process ${this.#started}`)
    const skewMs = script.skewMs === 0 ? 0 : between(random, -script.skewMs, script.skewMs)
    const process = new Process(`p${++this.#started}`, world, skewMs)
    const stop = new AbortController()
    if (random.chance(world.stopRate)) {
      const afterMs = random.below(random.chance(0.5) ? 2_000 : 200_000)
      void world.time.wait(afterMs).then(() => stop.abort(STOPPED))
    }
    let hang: (end: End) => void = () => {}
    const stall = new Promise<End>((resolve) => {
      hang = resolve
    })
    const run = this.#engine
      .run({
        definition: script.definition,
        ...world.meansOf(process, this.#ledger, () => hang('stalled')),
        random,
        signal: stop.signal,
        start: isFirst,
        isAllowedToDelete: this.#isAllowedToDelete,
      })
      .then(
        (): End => 'done',
        (error: unknown): End => ({ error }),
      )
    const end = await Promise.race([run, process.death, stall])
    if (end === 'stalled') this.#forgotten.push(this.#follow(Promise.race([run, process.death])))
    else process.retire((what) => world.late.push(`${process.name} went on after its run had ended: ${what}`))
    return end
  }

  /** Whoever comes back after others have taken his work has to find out. */
  async #follow(end: Promise<End>): Promise<void> {
    const ended = await end
    if (typeof ended === 'object') this.#judge(ended.error, false)
  }

  #judge(error: unknown, isQuiet: boolean): void {
    const { journal } = this.#world
    if (error === STOPPED) {
      journal.count('stopped by its caller')
      return
    }
    if (!ContactsError.is(error)) throw error
    if (error instanceof SyncError && error.reason === 'ledger' && !isUnreachable(error)) throw error
    const reason = error instanceof SyncError ? error.reason : error.code
    journal.count(`stopped: ${reason}`)
    if (reason === 'too_many_deletions') this.#isAllowedToDelete = true
    // Somebody who died holds the work for as long as his claim lasts.
    else if (isQuiet && reason !== 'locked') throw error
  }

  #pause(): number {
    return oneOf(this.#world.chance(`pause ${this.#started}`), [0, 1_000, 20_000, 70_000, 400_000])
  }
}

/** What names processes of this machine is left out: a replay is the same on each. */
function wordsOf(error: unknown): string {
  if (error instanceof SyncError && error.reason === 'locked') return error.reason
  return error instanceof Error ? error.message : String(error)
}
