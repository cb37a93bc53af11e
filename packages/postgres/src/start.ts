import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { installPrograms } from './programs.ts'

/** How a server is wanted. */
export interface PostgresOptions {
  /** Whether a commit waits until it is on the disk, as on a server that is meant to last. Figures want it, tests do not. @default false */
  readonly durable?: boolean
}

/** A PostgreSQL server, and an empty database of it. */
export interface Postgres extends AsyncDisposable {
  /** Of a database that was made for this caller. */
  readonly url: string
  /** Makes another empty database. @returns its URL */
  createDatabase(): Promise<string>
  /** Removes the databases, and ends the server if it was started for this caller. */
  stop(): Promise<void>
}

/** A server, whoever has started it. */
interface Server {
  readonly url: string
  stop(): Promise<void>
}

const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url))

/**
 * Gives a PostgreSQL server: that of `DATABASE_URL` where it is set, else one of the caller's own, whose programs are installed with
 * its first use. Its own server ends, and its data goes, when it is stopped or the caller ends, by `kill -9` too.
 *
 * Several processes may call it at once. The user of `DATABASE_URL` must be one that may make databases.
 */
export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<Postgres> {
  const given = process.env.DATABASE_URL
  const server = given ? { url: given, stop: async () => undefined } : await startOwn(durable)
  const databases: string[] = []
  const createDatabase = async (): Promise<string> => {
    const name = `anycontact_${randomBytes(6).toString('hex')}`
    await administer(server.url, `create database ${name}`)
    databases.push(name)
    const url = new URL(server.url)
    url.pathname = `/${name}`
    return url.href
  }
  const stop = async (): Promise<void> => {
    // A server of one's own takes them with it.
    if (given)
      for (const name of databases.splice(0))
        await administer(given, `drop database if exists ${name} with (force)`)
    await server.stop()
  }
  try {
    return { url: await createDatabase(), createDatabase, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startOwn(durable: boolean): Promise<Server> {
  const native = await installPrograms()
  const keeper = spawn(process.execPath, [KEEPER, native, durable ? 'durable' : 'quick'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(keeper, 'exit')
  const lines = createInterface(keeper.stdout)
  const [line] = await Promise.race([once(lines, 'line'), ended])
  if (typeof line !== 'string') throw new Error('PostgreSQL could not be started: see above.')
  // The server is no reason for the caller to go on.
  keeper.unref()
  for (const stream of [keeper.stdin, keeper.stdout])
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
  return {
    url: line,
    async stop() {
      keeper.ref()
      keeper.stdin.end()
      await ended
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
