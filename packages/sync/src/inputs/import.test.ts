import { readCsv } from '@anycontact/formats'
import { describe, expect, it } from 'vitest'
import { DEAD, mortalLedger } from '../changes/testing/mortal-ledger.ts'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import type { LedgerChange } from '../ledger/change.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { inputSource } from './input-source.ts'

const COUNT = 40

const line = (i: number, name = `Name ${i}`): string => `u${i},${name},u${i}@example.com`

const csv = (lines: readonly string[]): string => ['externalId,name,email', ...lines].join('\n')

const LINES = Array.from({ length: COUNT }, (_, i) => line(i))

/** An import of a file into ChatBotKit; the file can be changed, and each run is that of a new process. */
function createImport() {
  const world = createWorld()
  const file = { text: csv(LINES) }
  const run = async (options: { ledger?: Ledger; maxDeletions?: number } = {}) => {
    const source = inputSource({
      provider: 'csv',
      by: 'externalId',
      fields: ['name', 'email'],
      open: () => readCsv(file.text, { by: 'externalId' }),
    })
    const sync = defineSync({
      name: 'import',
      source,
      target: world.chatbotkit,
      by: 'externalId',
      deletions: 'mirror',
      maxDeletions: options.maxDeletions ?? 0.1,
    })
    const { ledger = world.ledger } = options
    return await runSync(sync, { ledger, clock: world.clock, random: () => 0.5 })
  }
  const names = async (): Promise<string[]> =>
    (await world.chatbotkit.list().toArray()).map(({ externalId, name }) => `${externalId} ${name}`).sort()
  return { ...world, file, run, names }
}

const expected = (lines: readonly string[]): string[] =>
  lines.map((text) => text.split(',').slice(0, 2).join(' ')).sort()

describe('an import of a file', () => {
  it('writes every row, and the next time only what changed', async () => {
    const { file, run, names, writes } = createImport()
    expect(await run()).toMatchObject({ created: COUNT, failed: 0, complete: true })
    expect(await names()).toEqual(expected(LINES))
    const before = writes()
    expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: COUNT })
    expect(writes()).toBe(before)
    // In another order, with one row edited, one new, and one gone.
    const lines = [...LINES.slice(1).reverse(), line(99)].map((text) => text.replace('Name 7,', 'Seven,'))
    file.text = csv(lines)
    expect(await run()).toMatchObject({ created: 1, updated: 1, deleted: 1 })
    expect(await names()).toEqual(expected(lines))
  })

  it('deletes nothing where a row was refused: it may be the one that is not there', async () => {
    const { file, run, names } = createImport()
    await run()
    file.text = csv([...LINES.slice(1), 'u0,Name 0,no address'])
    expect(await run()).toMatchObject({ deleted: 0, complete: false, unchanged: COUNT - 1 })
    expect(await names()).toEqual(expected(LINES))
  })

  it.each([false, true])(
    'makes each contact once, wherever the process is killed (commit stored: %s)',
    async (stored) => {
      let kills = 0
      for (let atCommit = 1; ; atCommit += 1) {
        const { run, names, ledger, clock } = createImport()
        const killed = await run({ ledger: mortalLedger(ledger, { atCommit, stored }) }).then(
          () => false,
          () => true,
        )
        if (!killed) break
        kills++
        await clock.advance(600_000)
        const { created, unchanged, failed } = await run()
        expect([created + unchanged, failed]).toEqual([COUNT, 0])
        expect(await names()).toEqual(expected(LINES))
      }
      expect(kills).toBeGreaterThan(3)
    },
  )
})

describe('an import of a messy file', () => {
  // A key that is there twice, an address that is none, a row without a key, one that is blank, and a field that was not announced.
  const messy = [
    ...LINES.slice(0, 8),
    'u3,Another,u3@example.com',
    'u40,Name 40,no address',
    ',Nobody,nobody@example.com',
    ...LINES.slice(8, 30),
    'u5,,',
    'u41,Name 41,u41@example.com,Ada',
    ...LINES.slice(30),
    ' u42 , Name 42 ,',
  ].map((text) => (text.endsWith('Ada') ? text : `${text},`))
  const wanted = expected([...LINES, 'u42,Name 42'])

  const createMessy = (by: 'externalId' | undefined) => {
    const world = createWorld()
    const refused: (number | undefined)[] = []
    const run = async (ledger: Ledger = world.ledger) => {
      refused.length = 0
      const source = inputSource({
        provider: 'csv',
        by: 'externalId',
        fields: ['name', 'email'],
        open: () => readCsv(['externalId,name,email,nickname', ...messy].join('\n'), { by }),
        onRefused: ({ line }) => refused.push(line),
      })
      const sync = defineSync({
        name: 'messy',
        source,
        target: world.chatbotkit,
        by: 'externalId',
        absent: 'leave',
      })
      return await runSync(sync, { ledger, clock: world.clock, random: () => 0.5, chunkSize: 7 })
    }
    const names = async (): Promise<string[]> =>
      (await world.chatbotkit.list().toArray()).map(({ externalId, name }) => `${externalId} ${name}`).sort()
    return { ...world, refused, run, names }
  }

  it.each(['externalId', undefined] as const)(
    'tells each refused row, and makes each contact once, wherever the process is killed (keys checked by the reader: %s)',
    async (by) => {
      let kills = 0
      for (let atCommit = 1; ; atCommit += 1) {
        const { run, names, ledger, clock, refused } = createMessy(by)
        const killed = await run(mortalLedger(ledger, { atCommit, stored: atCommit % 2 === 0 })).then(
          () => false,
          () => true,
        )
        const before = [...refused]
        const isReadWhole = (await ledger.generations('messy')).some(
          ({ side, state }) => side === 'source' && state === 'partial',
        )
        if (killed) {
          kills++
          await clock.advance(600_000)
        }
        const { failed, skipped, unreadable, complete } = await run()
        expect([failed, skipped, unreadable.source, complete]).toEqual([0, 0, 5, false])
        // Who goes on when all has been read has nothing to read.
        if (killed && isReadWhole) expect(refused.splice(0)).toEqual([])
        expect(killed && isReadWhole ? before : refused).toEqual([10, 11, 12, 35, 36])
        expect(await names()).toEqual(wanted)
        expect(await run()).toMatchObject({
          created: 0,
          updated: 0,
          unchanged: COUNT + 1,
          writes: { target: 0 },
        })
        if (!killed) break
      }
      expect(kills).toBeGreaterThan(8)
    },
  )
})

describe('an import that was stopped within its file', () => {
  const many = Array.from({ length: 620 }, (_, i) => line(i))

  /** An import that was killed when the first 500 rows were dealt with. */
  async function createStopped() {
    const stopped = createImport()
    const { file, run, ledger, clock } = stopped
    file.text = csv(many)
    const atCommit = (changes: readonly LedgerChange[]): boolean =>
      changes.some(
        (change) =>
          change.type === 'generation' &&
          change.generation.side === 'source' &&
          change.generation.cursor !== undefined,
      )
    await expect(run({ ledger: mortalLedger(ledger, { atCommit, stored: true }) })).rejects.toBe(DEAD)
    await clock.advance(120_000)
    const source = async () => (await ledger.generations('import')).find(({ side }) => side === 'source')
    expect(await source()).toMatchObject({ number: 1, state: 'reading', read: 500 })
    return { ...stopped, source }
  }

  it('goes on where it was', async () => {
    const { run, names, source } = await createStopped()
    expect(await run()).toMatchObject({ created: 620, unchanged: 0, failed: 0, complete: true })
    expect(await source()).toMatchObject({ number: 1, state: 'complete', read: 620 })
    expect(await names()).toEqual(expected(many))
  })

  it('begins anew where the file is another one by then', async () => {
    const { file, run, names, source } = await createStopped()
    const lines = [line(777), ...many.slice(1)]
    file.text = csv(lines)
    expect(await run({ maxDeletions: 1 })).toMatchObject({ failed: 0, complete: true, deleted: 1 })
    expect(await source()).toMatchObject({ number: 2, state: 'complete', read: 620 })
    expect(await names()).toEqual(expected(lines))
  })
})
