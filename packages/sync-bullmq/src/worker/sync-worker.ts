import { setTimeout as timer } from 'node:timers/promises'
import { ContactsError } from '@anycontact/core'
import type { ContactEvent, RunProgress, Sync, SyncReport } from '@anycontact/sync'
import {
  checkWorkerOptions,
  type Ledger,
  planOf,
  type WorkerOptions,
  work,
} from '@anycontact/sync/ledger-kit'
import type { Job } from 'bullmq'
import { postgresLedger } from '../ledger/postgres-ledger.ts'
import { ledgerError } from '../postgres/errors.ts'
import {
  bullmq,
  connectionOf,
  openQueue,
  type QueuePlace,
  queueName,
  type Wake,
  type WakeName,
  type WakeQueue,
} from './queue.ts'

/** How a worker works. */
export interface SyncWorkerOptions
  extends QueuePlace,
    Omit<WorkerOptions, 'ledger' | 'start' | 'signal' | 'onProgress' | 'onContact'> {
  /** What it works on: the same definitions in all workers. */
  readonly syncs: readonly Sync[]
  /** How often it looks in the ledger for a run that nobody woke it up for, in milliseconds. @default 10000 */
  readonly lookMs?: number | undefined
  /** Told after each commit of this worker how far the run is. */
  readonly onProgress?: ((sync: Sync, progress: RunProgress) => void) | undefined
  /** Told what came of each contact that this worker has brought into step, once that is stored. What it throws ends the run for this worker. */
  readonly onContact?: ((sync: Sync, event: ContactEvent) => void) | undefined
  /** Told of the end of a run that this worker worked on. */
  readonly onReport?: ((sync: Sync, report: SyncReport) => void) | undefined
  /** Told of what went wrong; the worker goes on, and looks again after `lookMs`. */
  readonly onError?: ((sync: Sync, error: unknown) => void) | undefined
}

/** As good as always; PostgreSQL has it as an integer of four bytes, and counts on from it. */
const MOST_STALLS = 1_000_000_000

/** A worker of some syncs. */
export interface SyncWorker extends AsyncDisposable {
  /** Ends it once the requests under way are answered. What it leaves others go on with, or the next worker that is started. */
  close(): Promise<void>
}

/**
 * Works on syncs beside other workers, on this machine and others, each with the same ledger in PostgreSQL.
 *
 * The ledger is the truth, and a job of BullMQ is only a wake-up: it says that there is a run to work on. What is to be done follows from
 * the ledger alone, so that a job that is lost, comes twice, or fails does no harm: each worker looks there by itself too, when it starts
 * and every `lookMs`. A run that was stopped, by an error that ends it or because it asks first, waits for the next `start`.
 *
 * @throws ContactsError `config` where no database is named, `invalid_input` for options that cannot work
 *
 * @example
 * ```ts
 * await using worker = syncWorker({ connectionString, syncs: [sync] })
 * ```
 */
export function syncWorker(options: SyncWorkerOptions): SyncWorker {
  const { connectionString, schema, syncs } = options
  requireSyncs(syncs)
  const ledger = postgresLedger({ connectionString, schema })
  checkWorkerOptions({ ...ofWork(options), ledger })
  const workplaces = syncs.map((sync) => new Workplace(sync, ledger, options))
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= Promise.all(workplaces.map((workplace) => workplace.close())).then(() => ledger.close())
    return closing
  }
  return { close, [Symbol.asyncDispose]: close }
}

/** @throws ContactsError `invalid_input` for what are no syncs, or none at all: such a worker would wait for ever */
function requireSyncs(syncs: unknown): void {
  if (Array.isArray(syncs) && syncs.length > 0) {
    for (const sync of syncs) planOf(sync)
    return
  }
  const message = 'must be an array of what defineSync returned'
  throw new ContactsError({
    code: 'invalid_input',
    operation: 'syncWorker',
    message: `The worker cannot begin: syncs ${message}.`,
    issues: [{ path: 'syncs', message }],
  })
}

/** The options that are the engine's. */
function ofWork(options: SyncWorkerOptions) {
  const {
    connectionString: _,
    schema: __,
    syncs: ___,
    lookMs: ____,
    onError: _____,
    onReport: ______,
    onProgress: _______,
    onContact: ________,
    ...ofWork
  } = options
  return ofWork
}

/** What a worker does for one sync. */
class Workplace {
  readonly #sync: Sync
  readonly #name: string
  readonly #ledger: Ledger
  readonly #options: SyncWorkerOptions
  readonly #queue: WakeQueue
  readonly #jobs: { close(): Promise<void> }
  readonly #stop = new AbortController()
  readonly #looking: Promise<void>
  /** The run that this worker is at. */
  #run: Promise<SyncReport | undefined> | undefined

  constructor(sync: Sync, ledger: Ledger, options: SyncWorkerOptions) {
    this.#sync = sync
    this.#name = planOf(sync).name
    this.#ledger = ledger
    this.#options = options
    const tell = (error: unknown): void => this.#tell(ledgerError(error))
    this.#queue = openQueue(options, sync, tell)
    const jobs = new bullmq.Worker<Wake, unknown, WakeName>(queueName(sync), (job) => this.#take(job), {
      connection: connectionOf(options),
      // A job whose worker was killed is given to another one, however often that happens.
      maxStalledCount: MOST_STALLS,
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 100 },
    })
    jobs.on('error', tell)
    this.#jobs = jobs
    this.#looking = this.#look()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#looking
    await this.#jobs.close()
    // Whoever began the run gets its error.
    await this.#run?.catch(() => undefined)
    await this.#queue.close()
  }

  /** Does what a job says. */
  async #take(job: Job<Wake, unknown, WakeName>): Promise<unknown> {
    const start = job.name === 'start' && (await this.#isToBegin(job))
    if (start) await this.#callOthers()
    const report = await this.#work(start)
    return report && { run: report.run }
  }

  /** Whether the run that a job asks for has not begun. A job can come twice, and then the run may even be over. */
  async #isToBegin(job: Job<Wake, unknown, WakeName>): Promise<boolean> {
    const newest = (await this.#newest())?.number ?? 0
    const { after } = job.data
    if (after === undefined) await job.updateData({ after: newest })
    return after === undefined || after === newest
  }

  /** Wakes up those that wait, instead of having them look by themselves. */
  async #callOthers(): Promise<void> {
    const others = (await this.#queue.getWorkersCount()) - 1
    if (others < 1) return
    await this.#queue.addBulk(Array.from({ length: others }, () => ({ name: 'help' as const, data: {} })))
  }

  /** Looks for runs in the ledger, whatever jobs say. */
  async #look(): Promise<void> {
    const { lookMs = 10_000 } = this.#options
    while (!this.#stop.signal.aborted) {
      try {
        if (!this.#run && (await this.#newest())?.state === 'running') await this.#work(false)
      } catch (error) {
        this.#tell(error)
      }
      // It ends early only when the worker is closed.
      await timer(lookMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
    }
  }

  /** Works on the run, with others who wait for the same one. */
  async #work(start: boolean): Promise<SyncReport | undefined> {
    this.#run ??= this.#workOnce(start).finally(() => {
      this.#run = undefined
    })
    return await this.#run
  }

  async #workOnce(start: boolean): Promise<SyncReport | undefined> {
    const { onProgress, onContact, onReport } = this.#options
    const report = await work(this.#sync, {
      ...ofWork(this.#options),
      ledger: this.#ledger,
      start,
      signal: this.#stop.signal,
      onProgress: onProgress && ((progress) => onProgress(this.#sync, progress)),
      onContact: onContact && ((event) => onContact(this.#sync, event)),
    })
    if (report) onReport?.(this.#sync, report)
    return report
  }

  async #newest() {
    const [run] = await this.#ledger.runs(this.#name, 1)
    return run
  }

  #tell(error: unknown): void {
    if (!this.#stop.signal.aborted) this.#options.onError?.(this.#sync, error)
  }
}
