import { setTimeout as sleep } from 'node:timers/promises'
import { SyncError } from '@anycontact/sync/ledger-kit'
import { isLost, isOvertaken, ledgerError } from './errors.ts'
import type { PostgresClient, PostgresPool, Row } from './pool.ts'

/**
 * Runs statements, in which `@.` stands for the schema, `@clock` for the time in milliseconds since the epoch, and `@now` for it in whole
 * ones.
 */
export interface Statements {
  /** The rows that a statement gives. */
  rows(text: string, ...values: readonly unknown[]): Promise<readonly Row[]>
  /** @returns how many rows a statement has changed */
  run(text: string, ...values: readonly unknown[]): Promise<number>
}

/** What stands for what in statements. */
type Words = Readonly<Record<'@.' | '@clock' | '@now', string>>

/** How often a transaction is tried, or a statement. Of many that are in each other's way some are overtaken again and again. */
const TRIES = { overtaken: 15, lost: 6 }

/**
 * The longest waits before the first repetition; they double with each of the first five. A server that is started anew is there after
 * some seconds.
 */
const PAUSE_MS = { overtaken: 50, lost: 500 }
const MAX_DOUBLINGS = 4

/**
 * What is set for each transaction, whatever is set for the database. What was committed outlives a crash of the server. A connection
 * that is silent in a transaction, because its machine is gone, does not keep others waiting.
 */
const BEGIN = `begin isolation level read committed read write;
set local idle_in_transaction_session_timeout = '15s';
select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`

/** The database's clock as it is, not as it was when the transaction began. */
const CLOCK = '(extract(epoch from clock_timestamp()) * 1000)::double precision'

const TYPES = { getTypeParser: () => (text: string) => text }

/** A PostgreSQL, as a ledger uses it: everything that is kept in one schema of a database. */
export class Database implements Statements {
  readonly schema: string
  readonly #pool: PostgresPool
  readonly #words: Words
  /** Whether a connection was there once: what never was is rather a wrong address. */
  #wasThere = false

  /** @param clock - what the time is, as an expression; another one in tests, whose clock can be moved */
  constructor(pool: PostgresPool, schema: string, clock = CLOCK) {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
      throw new SyncError({
        reason: 'ledger',
        message:
          '`schema` must be a name of small letters, digits and underscores, which begins with no digit.',
      })
    }
    this.schema = schema
    this.#pool = pool
    this.#words = { '@.': `"${schema}".`, '@clock': clock, '@now': `floor(${clock})::bigint` }
  }

  rows(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> {
    return this.#withClient(false, async (statements) => await statements.rows(text, ...values))
  }

  run(text: string, ...values: readonly unknown[]): Promise<number> {
    return this.transaction(async (statements) => await statements.run(text, ...values))
  }

  /** Does some work whole or not at all; where another transaction is in its way it is done again. */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    return this.#withClient(true, work)
  }

  async #withClient<Result>(
    isTransaction: boolean,
    work: (statements: Statements) => Promise<Result>,
  ): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      const attempt = new Attempt(this.#pool, this.#words)
      try {
        const result = await (isTransaction ? attempt.transaction(work) : attempt.statement(work))
        this.#wasThere = true
        return result
      } catch (error) {
        const kind = isOvertaken(error) ? 'overtaken' : this.#wasThere && isLost(error) ? 'lost' : undefined
        if (kind === undefined || attempt.mayBeStored || tries >= TRIES[kind]) throw ledgerError(error)
        await sleep(Math.random() * PAUSE_MS[kind] * 2 ** Math.min(tries - 1, MAX_DOUBLINGS))
      }
    }
  }
}

/** One try, on a connection of the pool. */
class Attempt {
  /** Whether the connection broke while the server was asked to store what was done: it cannot be told whether it has. */
  mayBeStored = false
  readonly #pool: PostgresPool
  readonly #words: Words

  constructor(pool: PostgresPool, words: Words) {
    this.#pool = pool
    this.#words = words
  }

  async statement<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    return await this.#onClient(async (client) => await work(this.#statements(client)))
  }

  async transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    return await this.#onClient(async (client) => {
      await ask(client, BEGIN)
      const result = await work(this.#statements(client))
      try {
        await ask(client, 'commit')
      } catch (error) {
        this.mayBeStored = isLost(error)
        throw error
      }
      return result
    })
  }

  async #onClient<Result>(work: (client: PostgresClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect()
    // The statement that is under way tells of it, or the next one; without a listener it would end the program.
    const ignore = (): void => undefined
    client.on('error', ignore)
    let isBroken = true
    try {
      const result = await work(client)
      isBroken = false
      return result
    } catch (error) {
      isBroken = isLost(error) || !(await rolledBack(client))
      throw error
    } finally {
      client.off('error', ignore)
      client.release(isBroken)
    }
  }

  #statements(client: PostgresClient): Statements {
    const text = (given: string): string =>
      given.replace(/@(?:\.|clock\b|now\b)/g, (word) => Reflect.get(this.#words, word))
    return {
      rows: async (given, ...values) => (await ask(client, text(given), values)).rows as readonly Row[],
      run: async (given, ...values) => (await ask(client, text(given), values)).rowCount ?? 0,
    }
  }
}

function ask(
  client: PostgresClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ rows: unknown[][]; rowCount: number | null }> {
  // Without values several statements may come at once.
  return client.query({
    text,
    rowMode: 'array',
    types: TYPES,
    ...(values.length > 0 && { values: [...values] }),
  })
}

async function rolledBack(client: PostgresClient): Promise<boolean> {
  try {
    await ask(client, 'rollback')
    return true
  } catch {
    return false
  }
}
