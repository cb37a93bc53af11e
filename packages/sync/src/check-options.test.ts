import { describe, expect, it } from 'vitest'
import { defineSync } from './define/define-sync.ts'
import { runSync } from './engine/run-sync.ts'
import { LOST_AT_CHATBOTKIT } from './engine/testing/lost.ts'
import { createWorld } from './engine/testing/world.ts'
import { work } from './engine/worker.ts'
import { inputSource } from './inputs/input-source.ts'
import { sqliteLedger } from './ledger/sqlite/sqlite-ledger.ts'
import { listConflicts, resolveConflict } from './review/conflicts.ts'
import { forgetContact } from './review/forget.ts'
import { listProblems } from './review/problems.ts'
import { verifySync } from './verify/verify-sync.ts'

// What a program without types may call, with anything.
type Loose = (...given: readonly unknown[]) => unknown

const world = createWorld()
const { ledger } = world
const sync = defineSync({
  name: 'loose',
  source: world.memory,
  target: world.chatbotkit,
  by: 'externalId',
  lost: LOST_AT_CHATBOTKIT,
})
const next = (listing: AsyncIterator<unknown>): Promise<unknown> => listing.next()

async function refusalOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return undefined
}

const calls = {
  runSync,
  work,
  verifySync,
  resolveConflict,
  listConflicts: (of: typeof sync, options: { ledger: typeof ledger }) => next(listConflicts(of, options)),
  listProblems: (of: typeof sync, options: { ledger: typeof ledger }) => next(listProblems(of, options)),
} as unknown as Readonly<Record<string, Loose>>

describe('options of a program without types', () => {
  it.each(Object.entries(calls))('%s: none, no ledger and an unknown one are refused', async (_, call) => {
    for (const [options, path] of [
      [undefined, 'options'],
      [{}, 'ledger'],
      [{ ledger: 'contacts.db' }, 'ledger'],
      [{ ledger, dryrun: true }, 'dryrun'],
    ] as const) {
      expect(await refusalOf(() => call(sync, options))).toMatchObject({
        code: 'invalid_input',
        issues: expect.arrayContaining([expect.objectContaining({ path })]),
      })
    }
  })

  it.each([
    { dryRun: 'yes' },
    { onProgress: 5 },
    { signal: 5 },
    { changedDefinition: 'yes' },
    { maxDeletions: 7 },
    { settleMs: '60s' },
    { chunkSize: 501 },
  ])('runSync: %o is refused before anything is read', async (options) => {
    const [path] = Object.keys(options)
    const run = runSync as unknown as Loose
    expect(await refusalOf(() => run(sync, { ledger, ...options }))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path }],
    })
    expect(await ledger.state('loose')).toBeUndefined()
  })

  it('a path that is none, and options that a ledger has not, are refused at once', async () => {
    const make = sqliteLedger as unknown as Loose
    for (const given of [
      [],
      [''],
      [{ path: 'contacts.db' }],
      ['a.db', { busy: 1 }],
      ['a.db', { driver: 'x' }],
    ])
      expect(await refusalOf(() => make(...given))).toMatchObject({ code: 'invalid_input' })
  })

  it('a contact that is not said cannot be forgotten', async () => {
    const forget = forgetContact as unknown as Loose
    for (const key of [undefined, null, 'user-42'])
      expect(await refusalOf(() => forget(ledger, key))).toMatchObject({ code: 'invalid_input' })
    expect(await refusalOf(() => forget('contacts.db', { id: 'a' }))).toMatchObject({
      issues: [{ path: 'ledger' }],
    })
  })

  it('rows that are none end a run, and say what is to be given', async () => {
    const make = inputSource as unknown as (init: object) => ReturnType<typeof inputSource>
    const init = { provider: 'csv', by: 'externalId', fields: ['name'] }
    expect(await refusalOf(() => make({ ...init, opne: 1, open: () => [] }))).toMatchObject({
      issues: [{ path: 'opne' }],
    })
    for (const rows of [undefined, 5, [{ externalId: 'a', name: 'Ana' }], [undefined]]) {
      const source = make({ ...init, open: () => rows })
      expect(await refusalOf(() => source.list().toArray())).toMatchObject({
        code: 'config',
        issues: [{ path: 'open' }],
      })
    }
  })
})
