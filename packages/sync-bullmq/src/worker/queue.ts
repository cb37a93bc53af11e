import { createHash } from 'node:crypto'
import type { Sync } from '@anycontact/sync'
import { planOf } from '@anycontact/sync/ledger-kit'
import { createPostgresBackend, withBackend } from 'bullmq'

/** Where the queues are: in the database of the ledger. */
export interface QueuePlace {
  /** `postgresql://user:password@host:5432/database`. */
  readonly connectionString: string
  /** The schema of the ledger; that of the queues is named after it, with `_queue`. @default 'anycontact_sync' */
  readonly schema?: string | undefined
}

/** What a job says: it wakes a worker up, and nothing is lost with it. */
export interface Wake {
  /** The number of the last run before the one that is to begin; absent until a worker has looked. */
  readonly after?: number
}

/** `start` begins a run, `help` joins one. */
export type WakeName = 'start' | 'help'

/** A queue of BullMQ in PostgreSQL. */
export type WakeQueue = ReturnType<typeof openQueue>

/** BullMQ's classes, on PostgreSQL. */
export const bullmq = withBackend(createPostgresBackend)

/** How BullMQ connects; its schema is made, or brought up to date, at the first connection. */
export function connectionOf({ connectionString, schema = 'anycontact_sync' }: QueuePlace) {
  return { connectionString, schema: `${schema}_queue`, migrate: true, keepAlive: true, max: 4 }
}

/** The name of a sync's queue: each has its own, so that a worker gets jobs of syncs that it knows. */
export function queueName(sync: Sync): string {
  const { name } = planOf(sync)
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `${plain.slice(0, 40)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

/** Opens the queue of a sync. */
export function openQueue(place: QueuePlace, sync: Sync, onError: (error: unknown) => void) {
  const queue = new bullmq.Queue<Wake, unknown, WakeName>(queueName(sync), {
    connection: connectionOf(place),
    defaultJobOptions: { removeOnComplete: { count: 100 }, removeOnFail: { count: 100 } },
  })
  queue.on('error', onError)
  return queue
}
