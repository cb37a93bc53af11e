import { randomBytes } from 'node:crypto'
import type { Clock } from '@anycontact/core'
import { callback, checkOptions, clock as clockCheck, type OptionCheck, oneOf } from '../../check-options.ts'
import { SyncError } from '../../errors.ts'
import type { LedgerChange } from '../change.ts'
import type { Claim, ClaimHolder, ClaimRequest, Ledger, SyncState } from '../ledger.ts'
import type { SyncIdentity } from '../records.ts'
import { requiredNumber } from '../rows/row.ts'
import { notOpened, StoredLedger, type StoreReads, stateOf } from '../rows/stored-ledger.ts'
import { storedText } from '../text.ts'
import { claim, readClaims, release, renew, type SyncRef } from './claims.ts'
import { commit } from './commit.ts'
import { decideConflict, readConflicts } from './conflicts.ts'
import type { Database } from './database.ts'
import { loadDriver, type SqliteDriver } from './driver.ts'
import { ledgerError } from './errors.ts'
import { forget } from './forget.ts'
import { openDatabase } from './open.ts'
import { countPairs, readPairs } from './pairs.ts'
import { readGenerations, readIntents, readLines, readRuns, readStaged } from './records.ts'

/** How a ledger in a SQLite file is opened. */
export interface SqliteLedgerOptions {
  /** Where time comes from. @default the system's */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /**
   * Which SQLite: the one of the runtime (Node 22.13 or later), or the package `libsql`, which is to be installed beside this one.
   *
   * @default the runtime's where it has one, else libsql
   */
  readonly driver?: SqliteDriver | undefined
  /** Makes the text that a new sync's hashes are mixed with; replaced in tests that are to be the same each time. @default random text */
  readonly newSalt?: (() => string) | undefined
}

const CHECKS = {
  path: (value) =>
    typeof value === 'string' && value !== '' ? undefined : 'must be the path of a file, or :memory:',
  clock: clockCheck,
  driver: oneOf('node:sqlite', 'libsql'),
  newSalt: callback,
} as const satisfies Readonly<Record<keyof SqliteLedgerOptions | 'path', OptionCheck>>

/**
 * A ledger in one SQLite file, for syncs that run in one process at a time.
 *
 * The file is made where it is not there, readable by its owner alone: it holds personal data, unless the sync has `keep: 'hashes'`.
 * Beside it stand its `-wal` and `-shm` while it is open. A process that died holds nothing: whoever asks next on the same machine has
 * its claims at once.
 *
 * What a method has stored outlives a power cut, because SQLite waits for the disk at each commit (`synchronous = FULL`). Where that
 * takes 0.2 ms, as on a solid-state disk, it is 1 µs a contact at two commits a chunk of 500; where it takes 10 ms, 40 µs. A contact of
 * six fields takes about 530 bytes on the disk, and about 40 µs of processor time to be linked; one that came as it was known takes
 * less than 15 µs.
 *
 * It is given at once, and opens the file at the first call; what is wrong with the file is thrown there.
 *
 * @param path - the file, or `:memory:` for one that is gone when it is closed
 * @throws ContactsError `invalid_input` for a path that is no text, and for options that there are not
 */
export function sqliteLedger(path: string, options: SqliteLedgerOptions = {}): Ledger {
  checkOptions({ path, ...options }, CHECKS, {
    operation: 'sqliteLedger',
    cannot: 'The ledger cannot be made',
  })
  return new SqliteLedger(path, options)
}

/** Where the methods that look something up find it. */
interface Place extends SyncRef {
  readonly database: Database
  readonly now: number
}

const READS: StoreReads<Place> = {
  pairs: ({ database, id }, query) => readPairs(database, id, query),
  count: ({ database, id }, query) => countPairs(database, id, query),
  generations: ({ database, id }) => readGenerations(database, id),
  intents: ({ database, id, now }, shard) => readIntents(database, id, now, shard),
  staged: ({ database, id }, query) => readStaged(database, id, query),
  lines: ({ database, id }) => readLines(database, id),
  claims: ({ database, now, ...sync }) => readClaims(database, sync, now),
  conflicts: ({ database, id }, query) => readConflicts(database, id, query ?? {}),
  decide: ({ database, id }, conflict, decision) => decideConflict(database, id, conflict, decision),
  runs: ({ database, id }, limit) => readRuns(database, id, limit),
}

class SqliteLedger extends StoredLedger<Place> implements Ledger {
  readonly kind = 'SQLite'
  protected readonly reads = READS
  readonly #path: string
  readonly #driver: SqliteDriver | undefined
  readonly #now: () => number
  readonly #newSalt: () => string
  readonly #syncs = new Map<string, number>()
  #opening: Promise<Database> | undefined
  #isClosed = false

  constructor(path: string, { clock, driver, newSalt }: SqliteLedgerOptions) {
    super()
    this.#path = path
    this.#driver = driver
    this.#now = clock ? () => clock.now() : () => Date.now()
    this.#newSalt = newSalt ?? (() => randomBytes(16).toString('base64url'))
  }

  async now(): Promise<number> {
    return this.#now()
  }

  open({ name, definition }: SyncIdentity): Promise<SyncState> {
    return this.#use((database) =>
      database.transaction(() => {
        const known = readState(database, name)
        if (known) return known
        const salt = this.#newSalt()
        database.run(
          'INSERT INTO sync (name, definition, salt, fence) VALUES (?, ?, ?, 0)',
          storedText(name),
          JSON.stringify(definition),
          salt,
        )
        return { definition, isKnown: false, salt }
      }),
    )
  }

  state(sync: string): Promise<SyncState | undefined> {
    return this.#use((database) => readState(database, sync))
  }

  claim(sync: string, request: ClaimRequest): Promise<Claim | ClaimHolder> {
    return this.#on(sync, (database, id) => claim(database, { name: sync, id }, request, this.#now()))
  }

  renew(claim: Claim, leaseMs: number): Promise<void> {
    return this.#on(claim.sync, (database, sync) => renew(database, sync, claim, this.#now() + leaseMs))
  }

  release(claim: Claim): Promise<void> {
    return this.#on(claim.sync, (database, sync) => release(database, sync, claim, this.#now()))
  }

  commit(claim: Claim, changes: readonly LedgerChange[]): Promise<readonly number[]> {
    return this.#on(claim.sync, (database, sync) => commit(database, sync, claim, changes, this.#now()))
  }

  forget(keyHashOf: (sync: string, salt: string) => string): Promise<number> {
    return this.#use((database) => {
      const forgotten = forget(database, keyHashOf)
      // Until then what was forgotten stands in the log.
      database.emptyLog()
      return forgotten
    })
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    // What could not be opened has told so whoever used it, and needs no closing.
    const database = await this.#opening?.catch(() => undefined)
    if (!database) return
    try {
      // libsql leaves the log beside the file otherwise, as large as it was.
      database.emptyLog()
    } finally {
      database.close()
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #on<Result>(sync: string, work: (database: Database, sync: number) => Result): Promise<Result> {
    return this.#use((database) => {
      const id = this.#idOf(database, sync)
      if (id === undefined) throw notOpened(sync)
      return work(database, id)
    })
  }

  protected read<Result>(
    name: string,
    nothing: Result,
    work: (place: Place) => Result | Promise<Result>,
  ): Promise<Result> {
    return this.#use((database) => {
      const id = this.#idOf(database, name)
      return id === undefined ? nothing : work({ database, name, id, now: this.#now() })
    })
  }

  /** Runs synchronously once the file is open, so that no other call comes between the statements of one. */
  async #use<Result>(work: (database: Database) => Result | Promise<Result>): Promise<Result> {
    try {
      return await work(await this.#open())
    } catch (error) {
      throw ledgerError(error)
    }
  }

  #open(): Promise<Database> {
    if (this.#isClosed) {
      throw new SyncError({
        reason: 'ledger',
        message: 'The ledger was closed; make another one of its file.',
      })
    }
    this.#opening ??= loadDriver(this.#driver)
      .then((openFile) => openDatabase(this.#path, openFile))
      .catch((error: unknown) => {
        // What was wrong may be mended before the next call.
        this.#opening = undefined
        throw error
      })
    return this.#opening
  }

  /** The number of a sync in the file, which it keeps. */
  #idOf(database: Database, sync: string): number | undefined {
    const known = this.#syncs.get(sync)
    if (known !== undefined) return known
    const row = database.first('SELECT id FROM sync WHERE name = ?', storedText(sync))
    if (!row) return undefined
    const id = requiredNumber(row, 0)
    this.#syncs.set(sync, id)
    return id
  }
}

function readState(database: Database, sync: string): SyncState | undefined {
  return stateOf(database.first('SELECT definition, salt FROM sync WHERE name = ?', storedText(sync)))
}
