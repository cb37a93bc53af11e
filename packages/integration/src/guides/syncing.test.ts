import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEmulator, type EmulatorServer } from '@anycontact/emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blocksOf, programSource } from './blocks.ts'

/** The program runs from the sources, as everything that is tested. */
const SOURCES = fileURLToPath(new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url))
const PROGRAM = programSource('syncing.ts')
const PEOPLE = 700

const emulator = createEmulator()
const { cognipeer, chatbotkit } = emulator
let server: EmulatorServer
beforeAll(async () => {
  server = await emulator.listen()
})
afterAll(() => server.close())

let folder = ''
beforeEach(async () => {
  emulator.reset()
  folder = await mkdtemp(join(tmpdir(), 'syncing-'))
  cognipeer.seed(
    Array.from({ length: PEOPLE }, (_, at) => ({
      integrationId: `user-${at}`,
      name: `Name ${at}`,
      status: 'active',
      tags: at === 0 ? ['vip'] : [],
    })),
  )
  return () => rm(folder, { recursive: true, force: true })
})

/** Starts the guide's program, as it stands there but for the port, in a folder of its own. */
async function start(program = PROGRAM): Promise<ChildProcess> {
  const file = join(folder, 'sync.ts')
  await writeFile(file, program.replaceAll('http://127.0.0.1:4010', server.url))
  return spawn(process.execPath, ['--import', SOURCES, file], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** What a program printed that has come to its end by itself. */
async function printedBy(child: ChildProcess): Promise<string> {
  let printed = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  const [code]: unknown[] = await once(child, 'close')
  expect(code).toBe(0)
  return printed
}

const stored = (): number => chatbotkit.contacts.length
const fingerprints = (): number => new Set(chatbotkit.contacts.map(({ fingerprint }) => fingerprint)).size

it('the guide shows this program', () => {
  expect(blocksOf('syncing')).toContain(PROGRAM)
})

describe('the program', () => {
  it('copies everybody, and the second time writes only what changed', async () => {
    const first = await printedBy(await start())
    expect(first).toContain(`created: ${PEOPLE},`)
    expect(first).toContain('lost: { tags: 1 }')
    expect([stored(), fingerprints()]).toEqual([PEOPLE, PEOPLE])
    expect(chatbotkit.contacts[0]?.meta).toEqual({ status: 'active' })

    const before = emulator.audit().writes
    expect(await printedBy(await start())).toContain(`unchanged: ${PEOPLE},`)
    expect(emulator.audit().writes).toBe(before)
  }, 60_000)

  it('that is killed and started again ends right', async () => {
    // What was under way is settled a while later; the guide's program waits for as long as a request may take on the way to a vendor.
    const program = PROGRAM.replace('{ ledger }', '{ ledger, settleMs: 2_000 }')
    expect(program).not.toBe(PROGRAM)
    for (const share of [0.2, 0.6]) {
      const child = await start(program)
      const ended = once(child, 'close')
      while (stored() < PEOPLE * share && child.exitCode === null)
        await new Promise((done) => setTimeout(done, 5))
      child.kill('SIGKILL')
      expect(await ended).toEqual([null, 'SIGKILL'])
      expect(stored()).toBeLessThan(PEOPLE)
    }
    expect(await printedBy(await start(program))).toMatch(/resumes: 2,.*failed: 0,/s)
    expect([stored(), fingerprints(), emulator.audit().doubled]).toEqual([PEOPLE, PEOPLE, []])
  }, 60_000)
})
