import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { alone } from './once.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anycontact-once-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('does one piece of work at a time, and leaves no lock', async () => {
  const lock = join(folder, 'one')
  let under = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++under)
    await new Promise((resolve) => setTimeout(resolve, 20))
    under--
  }
  await Promise.all([alone(lock, work), alone(lock, work), alone(lock, work)])
  expect(most).toBe(1)
  await expect(stat(lock)).rejects.toThrow('ENOENT')
})

it('takes over at once from a process that was ended in the midst of it', async () => {
  const lock = join(folder, 'left')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  await mkdir(lock)
  await mkdir(join(lock, String(pid)))
  expect(await alone(lock, async () => 'done')).toBe('done')
})

it('waits for a process that is there', async () => {
  const lock = join(folder, 'held')
  await mkdir(lock)
  await mkdir(join(lock, String(process.pid)))
  let done = false
  const waiting = alone(lock, async () => {
    done = true
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(done).toBe(false)
  await rm(lock, { recursive: true })
  await waiting
  expect(done).toBe(true)
})
