export { type PostgresLedgerOptions, postgresLedger } from './ledger/postgres-ledger.ts'
export type { SharedRate } from './limit/pace.ts'
export {
  type SharedRateLimiter,
  type SharedRateLimitOptions,
  sharedRateLimit,
} from './limit/shared-rate-limit.ts'
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresSource } from './postgres/pool.ts'
export type { QueuePlace } from './worker/queue.ts'
export { type Schedule, type SyncStarter, syncStarter } from './worker/sync-starter.ts'
export { type SyncWorker, type SyncWorkerOptions, syncWorker } from './worker/sync-worker.ts'
