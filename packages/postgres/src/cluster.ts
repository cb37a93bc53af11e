import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { otherUser, reachable, type User } from './programs.ts'

/** What the folders of clusters are called, in the folder for temporary files; the id of the process that keeps one follows. */
export const PREFIX = 'anycontact-postgres-'

/** A server with its data. */
export interface Cluster {
  /** Of the server, with its superuser. */
  readonly url: string
  /** Resolves when the server has ended by itself or was stopped. */
  readonly ended: Promise<unknown>
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

/** How often another port is tried where somebody else has taken the first one meanwhile. */
const TRIES = 5

/** How long a server may take to end its connections before it is ended without that. */
const STOP_MS = 10_000

/**
 * Makes a server with data of its own on a free port of this machine.
 *
 * @param native - where PostgreSQL's programs are
 * @param durable - whether a commit waits until it is on the disk: a crash of the machine alone needs it, not that of a process
 */
export async function startCluster(native: string, durable: boolean): Promise<Cluster> {
  const user = otherUser()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    if (user !== undefined) await chown(folder, user.uid, user.gid)
    const programs = join(await reachable(native, user, folder), 'bin')
    const password = randomBytes(12).toString('hex')
    await initialise({ programs, folder, password, user })
    const { server, port } = await listen({ programs, folder, durable, user })
    const ended = once(server, 'exit')
    return {
      url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
      ended,
      async stop() {
        await end(server, ended)
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

interface Place {
  readonly programs: string
  readonly folder: string
  readonly user: User | undefined
}

async function initialise({
  programs,
  folder,
  password,
  user,
}: Place & { readonly password: string }): Promise<void> {
  const file = join(folder, 'password')
  await writeFile(file, password, { mode: 0o600 })
  if (user !== undefined) await chown(file, user.uid, user.gid)
  const args = [
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${file}`,
    '--encoding=UTF8',
    '--no-locale',
  ]
  const child = spawn(join(programs, 'initdb'), ['-D', join(folder, 'data'), '--no-sync', ...args], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = textOf(child)
  const [code] = await once(child, 'close')
  await rm(file)
  if (code !== 0) throw new Error(`initdb ended with ${code}.\n${said()}`)
}

async function listen(
  place: Place & { readonly durable: boolean },
): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    const server = serve(place, port)
    const said = textOf(server)
    if (await isReady(server)) return { server, port }
    if (tries === TRIES || !said().includes('Address already in use')) {
      throw new Error(`PostgreSQL did not start.\n${said()}`)
    }
  }
}

function serve(
  { programs, folder, durable, user }: Place & { readonly durable: boolean },
  port: number,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    lc_messages: 'C',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(programs, 'postgres'), ['-D', join(folder, 'data'), '-p', String(port), ...options], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What a terminal sends to the keeper is not for it: it is ended in order.
    detached: true,
  })
}

/** @returns whether it takes connections; else it has ended */
async function isReady(server: ChildProcess): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready to accept connections')) resolve(true)
    })
    server.on('error', reject)
    server.on('close', () => resolve(false))
  })
}

async function end(server: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGINT')
  const late = setTimeout(() => server.kill('SIGQUIT'), STOP_MS)
  await ended
  clearTimeout(late)
}

/** Collects the end of what a program says. */
function textOf(child: ChildProcess): () => string {
  let text = ''
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-4000)
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  return () => text
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
