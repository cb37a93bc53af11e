import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
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
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const made = await stat(lock).catch(() => undefined)
    if (made && Date.now() - made.mtimeMs > LEFT_BEHIND_MS) await rm(lock, { recursive: true, force: true })
    return false
  }
}
