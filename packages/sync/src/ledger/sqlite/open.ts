import { closeSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SyncError } from '../../errors.ts'
import { requiredNumber } from '../rows/row.ts'
import { Database } from './database.ts'
import type { OpenFile } from './driver.ts'
import { codeOf, ledgerError } from './errors.ts'
import { MIGRATIONS } from './migrations.ts'

/** Marks a file as a ledger, beside the version of its schema: "ANCT". */
const APPLICATION_ID = 0x414e4354

/** How long a statement waits for another process to end its transaction. */
const BUSY_TIMEOUT_MS = 15_000

/** Opens a ledger file, makes it where it is not there, and brings it up to date. */
export async function openDatabase(path: string, openFile: OpenFile): Promise<Database> {
  const isMemory = path === ':memory:'
  // An absolute path is taken for no URL, and stays right when the process changes its folder.
  const file = isMemory ? path : resolve(path)
  if (!isMemory) makeFile(file)
  const database = new Database(openFile(file))
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    requireLedger(database)
    migrate(database)
    if (!isMemory) await useWal(database)
    // FULL: what was committed outlives a power cut, which is what an intent is for. secure_delete: what is forgotten is overwritten.
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768')
    database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Makes the file before SQLite does, readable by its owner alone; its `-wal` and `-shm` get the same mode. */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch (cause) {
    const hints: Readonly<Record<string, string>> = {
      ENOENT: 'its folder is not there: make it first',
      EISDIR: 'it is a folder: give the path of a file',
      EACCES: 'this user may not write it',
      EROFS: 'its disk is read-only',
    }
    const hint = hints[codeOf(cause) ?? ''] ?? 'the file cannot be made or written'
    throw new SyncError({ reason: 'ledger', message: `The ledger cannot be opened: ${hint}.`, cause })
  }
}

/** Looks before anything is written: a file of another program is left as it is. */
function requireLedger(database: Database): void {
  const application = pragma(database, 'application_id')
  if (application === APPLICATION_ID) return
  const [tables] = database.all('SELECT count(*) FROM sqlite_schema')
  if (
    application === 0 &&
    pragma(database, 'user_version') === 0 &&
    tables &&
    requiredNumber(tables, 0) === 0
  ) {
    return
  }
  throw new SyncError({
    reason: 'ledger',
    message: 'The file is a SQLite database of another program; give the path of a ledger, or of a new file.',
  })
}

function migrate(database: Database): void {
  if (versionOf(database) === MIGRATIONS.length) return
  database.transaction(() => {
    // Another process may have done it since.
    for (const migration of MIGRATIONS.slice(versionOf(database))) database.exec(migration)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`)
  })
}

function versionOf(database: Database): number {
  const version = pragma(database, 'user_version')
  if (version > MIGRATIONS.length) {
    throw new SyncError({
      reason: 'newer_schema',
      message: `The ledger has version ${version} of its schema, and this version of @anycontact/sync knows ${MIGRATIONS.length}; update the package.`,
    })
  }
  return version
}

/** SQLite does not wait for other processes in this one step, so it is tried again. */
async function useWal(database: Database): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (waitedMs >= BUSY_TIMEOUT_MS) throw ledgerError(error)
      await sleep(20)
    }
  }
}

function pragma(database: Database, name: 'application_id' | 'user_version'): number {
  const row = database.first(`PRAGMA ${name}`)
  return row ? requiredNumber(row, 0) : 0
}
