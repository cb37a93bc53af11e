import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cognipeer } from '@anycontact/cognipeer'
import type { ContactInput, ContactsWith } from '@anycontact/core'
import { COGNIPEER_HOOK_ID, COGNIPEER_TOKEN, createEmulator } from '@anycontact/emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blocksOf, guide, programSource } from './blocks.ts'
import { type ExportOptions, exportChanged } from './nightly-export.ts'
import { nightlyServers } from './nightly-export-servers.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightly-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let runs = 0
let markFile = ''
beforeEach(() => {
  markFile = join(folder, `mark-${++runs}`)
})

/** Exports once, and gives the emails of the rows, sorted. */
async function run(contacts: ContactsWith<'list'>, options: Partial<ExportOptions> = {}): Promise<string[]> {
  const file = join(folder, `rows-${++runs}.csv`)
  const rows = await exportChanged(contacts, { file, markFile, overlapMs: 0, ...options })
  const emails = emailsIn(await readFile(file, 'utf8'))
  expect(emails).toHaveLength(rows)
  return emails
}

const emailsIn = (csv: string): string[] => [...new Set(csv.match(/[\w-]+@example\.com/g))].sort()

it('the guide shows this program', () => {
  expect(blocksOf('nightly-export')).toContain(programSource('nightly-export.ts'))
})

describe.each(Object.entries(nightlyServers))('%s', (name, { start, time, deletions }) => {
  const email = (word: string): string => `${word}@example.com`
  const first = ['ana', 'bo', 'cleo'].map((word) => email(word))

  it('the first run gives all, the next ones what was created or changed meanwhile', async () => {
    const { contacts, create, change, tick } = start()
    for (const one of first) await create(one)
    expect(await run(contacts)).toEqual(first)
    tick()
    // At the border: whoever has the newest time of the run before may have been changed once more in that very moment.
    expect(first).toEqual(expect.arrayContaining(await run(contacts)))
    for (let night = 0; night < 3; night++) {
      tick()
      await change(email('ana'), email(`ana-${night}`))
      await create(email(`dora-${night}`))
      const seen = await run(contacts)
      expect(seen).toEqual(expect.arrayContaining([email(`ana-${night}`), email(`dora-${night}`)]))
      // The first night is next to the border.
      if (night > 0) expect(seen).not.toContain(email('bo'))
      tick()
      await change(email(`ana-${night}`), email('ana'))
    }
  })

  it('a change at the time of the border itself comes in the next run', async () => {
    const { contacts, create, change, freeze } = start()
    for (const one of first) await create(one)
    freeze()
    await change(email('bo'), email('bo-1'))
    expect(await run(contacts)).toContain(email('bo-1'))
    await change(email('cleo'), email('cleo-1'))
    expect(await run(contacts)).toContain(email('cleo-1'))
  })

  it('a deletion is seen where the guide says so', async () => {
    const { contacts, create, remove, tick } = start()
    for (const one of first) await create(one)
    await run(contacts)
    tick()
    await remove(email('bo'))
    const seen = (await run(contacts)).includes(email('bo'))
    expect(seen ? 'marked as deleted' : 'not seen').toBe(deletions)
  })

  it('costs what the guide says', async () => {
    const { contacts, seed, received } = start()
    await seed(Array.from({ length: 250 }, (_, index) => email(`other-${index}`)))
    await run(contacts)
    const before = received()
    await run(contacts)
    const row = `| ${name} | ${received() - before} | ${time} | ${deletions} |`
    expect(guide('nightly-export'), `stale: the row is\n${row}`).toContain(row)
  })
})

describe('the mark', () => {
  const { contacts, create, tick } = nightlyServers.memory.start()
  beforeEach(async () => {
    tick()
    await create(`p${runs}@example.com`)
  })

  it('stays where it was when a run fails, and the file is not there', async () => {
    await run(contacts)
    const mark = await readFile(markFile, 'utf8')
    const file = join(folder, 'broken.csv')
    const broken = { ...contacts, list: () => ({ ...contacts.list(), [Symbol.asyncIterator]: failing }) }
    await expect(exportChanged(broken as never, { file, markFile })).rejects.toThrow('cut')
    expect([existsSync(file), await readFile(markFile, 'utf8')]).toEqual([false, mark])
  })

  it('stays where it was when the listing may lack contacts', async () => {
    await run(contacts)
    const mark = await readFile(markFile, 'utf8')
    const file = join(folder, 'incomplete.csv')
    const all = contacts.list()
    const iterate = (): AsyncIterator<unknown> => all[Symbol.asyncIterator]()
    const short = { list: () => ({ complete: false, [Symbol.asyncIterator]: iterate }) }
    await expect(exportChanged(short as never, { file, markFile })).rejects.toThrow('may lack')
    expect([existsSync(file), await readFile(markFile, 'utf8')]).toEqual([false, mark])
  })

  it('is the last time that is read again: who has that very time comes', async () => {
    const [one] = await contacts.list({ pageSize: 1 }).toArray({ limit: 1 })
    await writeFile(markFile, one?.updatedAt ?? '')
    expect(await run(contacts)).toContain(one?.email)
  })

  it('is not made of nothing', async () => {
    expect(await run(nightlyServers.memory.start().contacts)).toEqual([])
    expect(existsSync(markFile)).toBe(false)
  })

  it('is read again from so much earlier as the overlap says', async () => {
    await run(contacts)
    tick(60_000)
    await create('late@example.com')
    await run(contacts)
    const [narrow, wide] = [await run(contacts), await run(contacts, { overlapMs: 120_000 })]
    expect(wide.length).toBeGreaterThan(narrow.length)
    expect(await run(contacts)).toContain('late@example.com')
  })

  it('that cannot be read is an error, and one that is no time begins anew', async () => {
    await expect(run(contacts, { markFile: folder })).rejects.toThrow('EISDIR')
    await writeFile(markFile, 'x')
    expect((await run(contacts)).length).toBe((await contacts.list().toArray()).length)
  })

  it('a file that holds people can be read by its owner alone', async () => {
    const file = join(folder, 'private.csv')
    await exportChanged(contacts, { file, markFile })
    expect((await stat(file)).mode & 0o077).toBe(process.platform === 'win32' ? expect.any(Number) : 0)
  })
})

it('who is changed after they were read, before somebody who was not, comes the next night', async () => {
  const { cognipeer: vendor } = createEmulator()
  vendor.seed(
    Array.from({ length: 250 }, (_, index) => ({
      integrationId: `c${index}`,
      email: `c${index}@example.com`,
    })),
  )
  const credentials = { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID }
  const other = cognipeer({ ...credentials, fetch: vendor.fetch })
  const change = (index: number, patch: ContactInput) => other.update({ externalId: `c${index}` }, patch)
  let pages = 0
  const slow: typeof fetch = async (input, init) => {
    if (++pages === 2) {
      // The first page was read: one of it changes, and a little later one of the last page.
      await change(3, { email: 'early@example.com' })
      await new Promise((done) => setTimeout(done, 30))
      await change(240, { email: 'later@example.com' })
    }
    return vendor.fetch(input, init)
  }
  const contacts = cognipeer({ ...credentials, fetch: slow, concurrency: 1 })
  const firstRun = await run(contacts)
  expect(firstRun).toContain('later@example.com')
  expect(firstRun).not.toContain('early@example.com')
  expect(await run(contacts)).toContain('early@example.com')
})

describe('Cognipeer', () => {
  const credentials = { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID }

  it('may leave the time out: then the contact comes each night', async () => {
    const { cognipeer: vendor } = createEmulator()
    vendor.seed([
      { email: 'ana@example.com' },
      { email: 'bo@example.com', createdDate: null, modifiedDate: null },
    ])
    const contacts = cognipeer({ ...credentials, fetch: vendor.fetch })
    await run(contacts)
    await new Promise((done) => setTimeout(done, 20))
    await contacts.create({ email: 'cleo@example.com' })
    await run(contacts)
    expect(await run(contacts)).toContain('bo@example.com')
  })

  it('newest first, takes one request for each hundred that changed', async () => {
    const { cognipeer: vendor } = createEmulator({ now: () => Date.UTC(2026, 1, 1) })
    const old = { createdDate: '2026-01-01T00:00:00.000Z', modifiedDate: '2026-01-01T00:00:00.000Z' }
    vendor.seed(Array.from({ length: 250 }, (_, index) => ({ email: `c${index}@example.com`, ...old })))
    const contacts = cognipeer({ ...credentials, fetch: vendor.fetch, concurrency: 1 })
    await contacts.update({ email: 'c99@example.com' }, { name: 'Ana' })
    const before = vendor.requests.length
    const changed: string[] = []
    for await (const { email = '', updatedAt = '' } of contacts.list({
      orderBy: { field: 'updatedAt', direction: 'desc' },
    })) {
      if (updatedAt < '2026-01-31T00:00:00.000Z') break
      changed.push(email)
    }
    expect(changed).toEqual(['c99@example.com'])
    // The page behind may be asked for before the loop is left.
    expect(vendor.requests.length - before).toBeLessThanOrEqual(2)
  })
})

async function* failing(): AsyncGenerator<never> {
  yield* []
  throw new Error('cut')
}
