import { SyncError } from '../../errors.ts'
import type { Row } from '../rows/row.ts'

/** The SQLite that a ledger works with. */
export type SqliteDriver = 'node:sqlite' | 'libsql'

/** What is bound to a statement. */
export type SqlValue = string | number | null

/** A prepared statement. */
export interface Statement {
  /** @returns how many rows changed */
  run(values: readonly SqlValue[]): number
  all(values: readonly SqlValue[]): readonly Row[]
}

/** An open file: what both drivers have in common. */
export interface Driver {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

/** Opens a file, which is there already, or `:memory:`. */
export type OpenFile = (path: string) => Driver

/**
 * The function that opens files with a driver; without one named, with that of the runtime where it has one, else with `libsql`.
 *
 * @throws SyncError `ledger` where it is not there
 */
export async function loadDriver(wanted: SqliteDriver | undefined): Promise<OpenFile> {
  if (wanted !== 'libsql') {
    const open = nodeSqlite()
    if (open) return open
    if (wanted) {
      throw new SyncError({
        reason: 'ledger',
        message:
          'This runtime has no node:sqlite; run Node 22.13 or later, or install libsql and leave `driver` out.',
      })
    }
  }
  return libsql()
}

function nodeSqlite(): OpenFile | undefined {
  // Node 20 has no such module: an import would fail where this gives nothing.
  const sqlite = process.getBuiltinModule?.('node:sqlite')
  if (!sqlite) return undefined
  return (path) => {
    const database = new sqlite.DatabaseSync(path)
    return {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        // Node 22.13 to 22.15 give objects only; their keys stand in the order of the columns.
        const givesArrays = 'setReturnArrays' in statement
        if (givesArrays) statement.setReturnArrays(true)
        return {
          run: (values) => Number(statement.run(...values).changes),
          all: (values) => rowsOf(statement.all(...values)),
        }
      },
    }
  }
}

async function libsql(): Promise<OpenFile> {
  const Database = await import('libsql').then(
    (module) => module.default,
    (cause: unknown) => {
      throw new SyncError({
        reason: 'ledger',
        message:
          'A ledger in a file needs node:sqlite (Node 22.13 or later) or the package libsql: install it beside @anycontact/sync.',
        cause,
      })
    },
  )
  return (path) => {
    const database = new Database(path)
    return {
      exec: (sql) => void database.exec(sql),
      close: () => void database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        if (statement.reader) statement.raw()
        return {
          run: (values) => statement.run(...values).changes,
          all: (values) => rowsOf(statement.all(...values)),
        }
      },
    }
  }
}

function rowsOf(rows: readonly unknown[]): readonly Row[] {
  return rows.every(Array.isArray) ? rows : rows.map((row) => Object.values(Object(row)))
}
