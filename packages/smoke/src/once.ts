import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock older than this was left by a process that is gone. */
const LEFT_BEHIND_MS = 10 * 60_000

/**
 * Does a piece of work while no other process of this repository does it: several test files and scripts want the same folder
 * filled at the same time.
 *
 * @param lock The path of a folder that exists for as long as the work goes on.
 */
export async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lock), { recursive: true })
  while (!(await take(lock))) await sleep(100)
  try {
    return await work()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    if (await isLeftBehind(lock)) await rm(lock, { recursive: true, force: true })
    return false
  }
  // Whose it is, for those who wait: a process that is ended from without does not take its lock away.
  await mkdir(join(lock, String(process.pid)))
  return true
}

async function isLeftBehind(lock: string): Promise<boolean> {
  const made = await stat(lock).catch(() => undefined)
  if (made === undefined) return false
  const [holder] = await readdir(lock).catch(() => [])
  return Date.now() - made.mtimeMs > LEFT_BEHIND_MS || (holder !== undefined && !isRunning(Number(holder)))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It may be another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
