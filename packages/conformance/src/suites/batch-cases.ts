import { refBy } from '@anycontact/core/adapter-kit'
import { assert, assertSame } from '../assert.ts'
import type { Suite } from '../suite.ts'
import { exactOutcome, upsertKey } from './upsert-key.ts'

/** What batches do beyond their single items. */
export const batchCases: Suite = (define) => {
  define('upsertMany of the same key twice makes one contact', async (session) => {
    if (!session.has('upsertMany')) {
      await session.refuses('upsertMany')
      return
    }
    const by = upsertKey(session)
    for (const exact of [{}, exactOutcome(session)]) {
      const input = session.spelled({ ...session.basic(), ...session.sample([by]) })
      const options = { by, scan: true, ...exact }
      const { succeeded, failed } = await session.client.upsertMany([input, input, input], options)
      assertSame(
        failed.map(({ error }) => error.message),
        [],
        'upsertMany of the same contact: what failed',
      )
      // `stored` where that is declared and nobody asks for more.
      const isVague = session.capabilities.upsert?.outcome === 'stored' && !('outcome' in exact)
      const outcomes = succeeded.map(({ outcome }): string => outcome)
      const told = outcomes.map((outcome) => (isVague && outcome === 'stored' ? 'unchanged' : outcome))
      assertSame(
        told.sort(),
        ['created', 'unchanged', 'unchanged'],
        'upsertMany of the same contact: the outcomes',
      )
      const ids = new Set(
        succeeded.map(({ contact }) => session.keep(session.check(contact, 'upsertMany')).id),
      )
      assertSame(ids.size, 1, 'upsertMany of the same contact: how many contacts')
    }
  })

  for (const key of ['externalId', 'email', 'phone'] as const) {
    define(
      `updateMany and deleteMany find contacts by ${key}, with scan where it takes one`,
      async (session) => {
        for (const [single, many] of [
          ['update', 'updateMany'],
          ['delete', 'deleteMany'],
        ] as const) {
          const declared = session.capabilities[single]
          if (!session.has(many) || !declared) {
            await session.refuses(many)
            continue
          }
          const contacts = await session.makeMany(3)
          const refs = contacts.flatMap((contact) => {
            const value = contact[key]
            return value === undefined ? [] : [refBy(key, value)]
          })
          const isNative = declared.by.includes(key) || session.readsBy(key)
          const isScan = declared.scan?.includes(key) ?? false
          if (refs.length < 3) {
            assert(!isNative && !isScan, `${single} by ${key} is declared, but contacts have no ${key}`)
            continue
          }
          const run = (scan: boolean) =>
            many === 'deleteMany'
              ? session.client.deleteMany(refs, { scan })
              : session.client.updateMany(
                  refs.map((ref) => ({ ref, patch: {} })),
                  { scan },
                )
          const plain = isNative ? undefined : await run(false)
          if (plain)
            assertSame(
              plain.failed.map(({ error }) => error.code),
              ['unsupported', 'unsupported', 'unsupported'],
              `${many} by ${key} without scan`,
            )
          const { succeeded } = await run(true)
          assertSame(succeeded.length, isNative || isScan ? 3 : 0, `${many} by ${key}: how many succeeded`)
        }
      },
    )
  }

  define('a batch runs once', async (session) => {
    if (!session.has('createMany')) {
      await session.refuses('createMany')
      return
    }
    const run = session.client.createMany([])
    await run
    let failure: unknown
    try {
      for await (const _ of run) assert(false, 'a batch that was awaited gave a result again')
    } catch (error) {
      failure = error
    }
    assert(failure !== undefined, 'a batch that was awaited could be run again')
  })
}
