import { Client } from 'pg'
import { PostgresLedger } from '../ledger/postgres-ledger.ts'

/** A ledger's schema whose clock a test moves. */
export interface MovedClock {
  open(): PostgresLedger
  /** Lets time pass for all ledgers of the schema. */
  advance(ms: number): Promise<void>
}

/** Makes a clock beside a ledger's schema, which is as late as the database's and what the test adds. */
export async function moveClock(connectionString: string, schema: string): Promise<MovedClock> {
  const table = `${schema}_clock`
  await execute(
    connectionString,
    `create table ${table} (added bigint not null); insert into ${table} values (0)`,
  )
  const now = `((extract(epoch from clock_timestamp()) * 1000)::bigint + (select added from public.${table}))`
  return {
    open: () => new PostgresLedger({ connectionString, schema }, now),
    advance: (ms) => execute(connectionString, `update ${table} set added = added + ${Number(ms)}`),
  }
}

async function execute(connectionString: string, statements: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}
