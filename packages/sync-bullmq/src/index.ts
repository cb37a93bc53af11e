export { type PostgresLedgerOptions, postgresLedger } from './ledger/postgres-ledger.ts'
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresSource } from './postgres/pool.ts'
