import { ContactsError } from '@anycontact/core'
import { Pool } from 'pg'

/** A row of text, whatever its columns are: what a program has set for the types of its own queries does not matter here. */
export type Row = readonly (string | null)[]

/** A query as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string
  readonly values?: unknown[]
  readonly rowMode: 'array'
  readonly types: { getTypeParser(): (text: string) => string }
}

/** What is used of a connection of `pg`. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{ rows: unknown[][]; rowCount: number | null }>
  release(destroy?: boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** What is used of a `Pool` of `pg`: give one. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
}

/** Which PostgreSQL: a URL, or a pool of `pg` that the program has. */
export type PostgresSource =
  | {
      /** `postgresql://user:password@host:5432/database`. Connections of its own are opened, and ended with `close`. */
      readonly connectionString: string
      readonly pool?: undefined
    }
  | {
      /** Stays the caller's: it is not ended, and its event `error` is the caller's to listen to. */
      readonly pool: PostgresPool
      readonly connectionString?: undefined
    }

/** A pool, and what ends it. */
export interface OpenPool {
  readonly pool: PostgresPool
  end(): Promise<void>
}

/** How many connections a ledger opens at most: a worker sends few statements at once, and servers allow some hundred in all. */
const CONNECTIONS = 4

/** How long a connection may take to be there. */
const CONNECT_MS = 15_000

/**
 * Checks that it is said which database: `pg` would take one of this machine's where an environment variable is not set.
 *
 * @throws ContactsError `config`
 */
export function requireConnectionString(given: unknown): void {
  if (typeof given === 'string' && given.trim() !== '') return
  const message = 'must be given, such as postgresql://user:password@host:5432/database'
  throw new ContactsError({
    code: 'config',
    message: `No database is named: connectionString ${message}.`,
    issues: [{ path: 'connectionString', message }],
  })
}

/** Gives the caller's pool, or opens one. @throws ContactsError `config` where no database is named */
export function openPool(source: PostgresSource, connections = CONNECTIONS): OpenPool {
  if (source.pool !== undefined) return { pool: source.pool, end: async () => undefined }
  requireConnectionString(source.connectionString)
  const pool = new Pool({
    connectionString: source.connectionString,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'anycontact-sync',
    keepAlive: true,
  })
  // A connection that breaks while nobody uses it: the next statement takes another one.
  pool.on('error', () => undefined)
  // Nor is one that the server closes while it is being ended, for which the pool listens no more.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { pool, end: () => pool.end() }
}
