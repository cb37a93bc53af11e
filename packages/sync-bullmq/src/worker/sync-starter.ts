import type { Sync } from '@anycontact/sync'
import { ledgerError } from '../postgres/errors.ts'
import { requireConnectionString } from '../postgres/pool.ts'
import { openQueue, type QueuePlace, type WakeQueue } from './queue.ts'

/** When a sync runs again and again. */
export type Schedule =
  | { readonly everyMs: number }
  | {
      /** A cron expression of five or six fields, as in `0 3 * * *`. */
      readonly cron: string
      /** Such as `Europe/Berlin`. @default UTC */
      readonly timeZone?: string | undefined
    }

/** Begins runs of syncs, which workers then do. */
export interface SyncStarter extends AsyncDisposable {
  /**
   * Has a run begun; after the one that is under way, which may have read past what was changed meanwhile. However often it is called, one
   * run waits. Returns once that is stored, not when the run is over.
   */
  start(sync: Sync): Promise<void>
  /** Has a sync run by a schedule, from now on, in place of the one that it has. */
  schedule(sync: Sync, schedule: Schedule): Promise<void>
  /** Ends the schedule of a sync. */
  unschedule(sync: Sync): Promise<void>
  /** Ends its connections. Runs and schedules stay. */
  close(): Promise<void>
}

/**
 * Begins runs that the workers of {@link syncWorker} do.
 *
 * @throws ContactsError `config` where no database is named
 *
 * @example
 * ```ts
 * await using starter = syncStarter({ connectionString })
 * await starter.schedule(sync, { cron: '0 3 * * *', timeZone: 'Europe/Berlin' })
 * ```
 */
export function syncStarter(place: QueuePlace): SyncStarter {
  requireConnectionString(place.connectionString)
  const queues = new Map<Sync, WakeQueue>()
  const use = async (sync: Sync, work: (queue: WakeQueue) => Promise<unknown>): Promise<void> => {
    // What is wrong is thrown by what is asked for.
    const queue = queues.get(sync) ?? openQueue(place, sync, () => undefined)
    queues.set(sync, queue)
    try {
      await work(queue)
    } catch (error) {
      throw ledgerError(error)
    }
  }
  const close = async (): Promise<void> => {
    await Promise.all([...queues.values()].map((queue) => queue.close()))
  }
  return {
    start: (sync) =>
      use(sync, (queue) =>
        queue.add('start', {}, { deduplication: { id: 'start', keepLastIfActive: true } }),
      ),
    schedule: (sync, schedule) =>
      use(sync, (queue) =>
        queue.upsertJobScheduler('start', repeatOf(schedule), { name: 'start', data: {} }),
      ),
    unschedule: (sync) => use(sync, (queue) => queue.removeJobScheduler('start')),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function repeatOf(schedule: Schedule): { every: number } | { pattern: string; tz: string } {
  if ('everyMs' in schedule) return { every: schedule.everyMs }
  return { pattern: schedule.cron, tz: schedule.timeZone ?? 'UTC' }
}
