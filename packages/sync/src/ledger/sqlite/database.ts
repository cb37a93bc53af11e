import type { Row } from '../rows/row.ts'
import type { Driver, SqlValue, Statement } from './driver.ts'

/** An open ledger file: each statement is prepared once, at its first use. */
export class Database {
  readonly #driver: Driver
  readonly #statements = new Map<string, Statement>()

  constructor(driver: Driver) {
    this.#driver = driver
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#statement(sql).run(values)
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#statement(sql).all(values)
  }

  first(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#statement(sql).all(values)[0]
  }

  /** Several statements without values, such as those of a migration. */
  exec(sql: string): void {
    this.#driver.exec(sql)
  }

  /** All that a function writes, or nothing; other processes write before or after it. */
  transaction<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.run('COMMIT')
      return result
    } catch (error) {
      this.#rollBack()
      throw error
    }
  }

  /** Moves what stands in the log into the file, as far as no other process reads it. */
  emptyLog(): void {
    this.all('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#statements.clear()
    this.#driver.close()
  }

  #rollBack(): void {
    try {
      this.run('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself, as it does on a full disk; what counts is the first error.
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#driver.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
