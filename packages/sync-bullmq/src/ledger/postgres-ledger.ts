import { randomBytes } from 'node:crypto'
import {
  type Claim,
  type ClaimHolder,
  type ClaimRequest,
  type Ledger,
  type LedgerChange,
  notOpened,
  requiredNumber,
  StoredLedger,
  type StoreReads,
  SyncError,
  type SyncIdentity,
  type SyncState,
  stateOf,
  storedText,
} from '@anycontact/sync/ledger-kit'
import { Database, type Statements } from '../postgres/database.ts'
import { type OpenPool, openPool, type PostgresSource } from '../postgres/pool.ts'
import { claim, holdFence, readClaims, release, renew, type SyncRef } from './claims.ts'
import { decideConflict, readConflicts, storeConflicts } from './conflicts.ts'
import { forget } from './forget.ts'
import { readIntents, storeIntents } from './intents.ts'
import { migrate } from './migrate.ts'
import { countPairs, readPairs } from './pairs.ts'
import { readGenerations, readRuns, storeRuns } from './runs.ts'
import { readLines, readStaged, storeStaged } from './staged.ts'
import { storePairs } from './store-pairs.ts'

/** Where a ledger in PostgreSQL is. */
export type PostgresLedgerOptions = PostgresSource & {
  /**
   * The schema that holds its tables; made where it is not there. Ledgers of one database have one each.
   *
   * @default 'anycontact_sync'
   */
  readonly schema?: string | undefined
  /** Makes the text that a new sync's hashes are mixed with; replaced in tests that are to be the same each time. @default random text */
  readonly newSalt?: (() => string) | undefined
}

/**
 * A ledger in PostgreSQL (13 or later), for syncs that several processes and machines work on.
 *
 * The clock is the database's, so that workers whose own clocks differ agree. A claim is held by the lock on its row while something is
 * stored under it: what an old holder still sends is refused, never stored after the takeover. What a method has stored outlives a crash
 * of the server, also where `synchronous_commit` is off for the database. A connection that breaks is made anew; what may have been
 * stored when it broke is not done twice, but thrown.
 *
 * It is given at once, and connects at the first call; what is wrong with the database is thrown there. Errors hold neither the
 * connection string nor values of contacts.
 *
 * @example
 * ```ts
 * await using ledger = postgresLedger({ connectionString: process.env.DATABASE_URL })
 * ```
 */
export function postgresLedger(options: PostgresLedgerOptions): Ledger {
  return new PostgresLedger(options)
}

/** Where the methods that look something up find it. */
interface Place extends SyncRef {
  readonly database: Database
}

const READS: StoreReads<Place> = {
  pairs: ({ database, id }, query) => readPairs(database, id, query),
  count: ({ database, id }, query) => countPairs(database, id, query),
  generations: ({ database, id }) => readGenerations(database, id),
  intents: ({ database, id }, shard) => readIntents(database, id, shard),
  staged: ({ database, id }, query) => readStaged(database, id, query),
  lines: ({ database, id }) => readLines(database, id),
  claims: ({ database, ...sync }) => readClaims(database, sync),
  conflicts: ({ database, id }, query) => readConflicts(database, id, query ?? {}),
  decide: ({ database, id }, conflict, decision) => decideConflict(database, id, conflict, decision),
  runs: ({ database, id }, limit) => readRuns(database, id, limit),
}

/** A ledger in PostgreSQL; what {@link postgresLedger} gives. */
export class PostgresLedger extends StoredLedger<Place> implements Ledger {
  readonly kind = 'PostgreSQL'
  protected readonly reads = READS
  readonly #connections: OpenPool
  readonly #database: Database
  readonly #newSalt: () => string
  readonly #syncs = new Map<string, number>()
  #migrating: Promise<void> | undefined
  #closing: Promise<void> | undefined

  /** @param clock - the clock, as an expression of SQL; replaced in tests, which move it */
  constructor({ schema = 'anycontact_sync', newSalt, ...source }: PostgresLedgerOptions, clock?: string) {
    super()
    this.#connections = openPool(source)
    this.#database = new Database(this.#connections.pool, schema, clock)
    this.#newSalt = newSalt ?? (() => randomBytes(16).toString('base64url'))
  }

  async now(): Promise<number> {
    const [row] = await (await this.#ready()).rows(`select @now`)
    return row ? requiredNumber(row, 0) : 0
  }

  async open({ name, definition }: SyncIdentity): Promise<SyncState> {
    const database = await this.#ready()
    const known = await readState(database, name)
    if (known) return known
    const salt = this.#newSalt()
    const made = await database.run(
      'insert into @.sync (name, definition, salt) values ($1, $2, $3) on conflict (name) do nothing',
      storedText(name),
      JSON.stringify(definition),
      salt,
    )
    // Another process may have been first.
    return made > 0 ? { definition, isKnown: false, salt } : await this.open({ name, definition })
  }

  async state(sync: string): Promise<SyncState | undefined> {
    return await readState(await this.#ready(), sync)
  }

  async claim(sync: string, request: ClaimRequest): Promise<Claim | ClaimHolder> {
    return await claim(await this.#ready(), { name: sync, id: await this.#known(sync) }, request)
  }

  async renew(claim: Claim, leaseMs: number): Promise<void> {
    await renew(await this.#ready(), await this.#known(claim.sync), claim, leaseMs)
  }

  async release(claim: Claim): Promise<void> {
    await release(await this.#ready(), await this.#known(claim.sync), claim)
  }

  async commit(claim: Claim, changes: readonly LedgerChange[]): Promise<readonly number[]> {
    const sync = await this.#known(claim.sync)
    return await this.#database.transaction(async (statements) => {
      await holdFence(statements, sync, claim)
      const { added, lost } = await storePairs(statements, sync, changes)
      await storeConflicts(statements, sync, changes, lost)
      await storeIntents(statements, sync, claim.fence, changes)
      await storeStaged(statements, sync, changes)
      await storeRuns(statements, sync, claim, changes)
      return added
    })
  }

  async forget(keyHashOf: (sync: string, salt: string) => string): Promise<number> {
    return await forget(await this.#ready(), keyHashOf)
  }

  close(): Promise<void> {
    this.#closing ??= this.#connections.end()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  protected async read<Result>(
    name: string,
    nothing: Result,
    work: (place: Place) => Result | Promise<Result>,
  ): Promise<Result> {
    const database = await this.#ready()
    const id = await this.#idOf(name)
    return id === undefined ? nothing : await work({ database, name, id })
  }

  async #known(sync: string): Promise<number> {
    const id = await this.#idOf(sync)
    if (id === undefined) throw notOpened(sync)
    return id
  }

  /** The database, once its schema is up to date. */
  async #ready(): Promise<Database> {
    if (this.#closing) {
      throw new SyncError({ reason: 'ledger', message: 'The ledger was closed; make another one.' })
    }
    this.#migrating ??= migrate(this.#database).catch((error: unknown) => {
      // What was wrong may be mended before the next call.
      this.#migrating = undefined
      throw error
    })
    await this.#migrating
    return this.#database
  }

  /** The number of a sync in the database, which it keeps. */
  async #idOf(sync: string): Promise<number | undefined> {
    const known = this.#syncs.get(sync)
    if (known !== undefined) return known
    const [row] = await (await this.#ready()).rows('select id from @.sync where name = $1', storedText(sync))
    if (!row) return undefined
    const id = requiredNumber(row, 0)
    this.#syncs.set(sync, id)
    return id
  }
}

async function readState(statements: Statements, sync: string): Promise<SyncState | undefined> {
  const [row] = await statements.rows('select definition, salt from @.sync where name = $1', storedText(sync))
  return stateOf(row)
}
