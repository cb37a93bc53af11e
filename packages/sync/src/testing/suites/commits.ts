import assert from 'node:assert/strict'
import type { LedgerChange } from '../../ledger/change.ts'
import {
  assertRefused,
  claimOf,
  type DefineLedgerTest,
  LEASE_MS,
  links,
  put,
  side,
  stage,
} from '../ledger-session.ts'

/** Commits: whole or not at all, and one after the other. */
export function commits(define: DefineLedgerTest): void {
  define('a commit that fails in its middle leaves nothing', async (session) => {
    const { ledger } = session
    const [first] = await session.commit(...links(1), { type: 'count', run: 1, counts: { created: 1 } })
    assert.ok(first !== undefined)
    const run = { number: 1, phase: 'done', state: 'done', startedAt: 1, endedAt: 2, resumes: 0 } as const
    await session.commit({ type: 'run', run })
    // JSON cannot hold it: the store finds out when all before it has been dealt with.
    const wrong = put({ keyHash: 'bad', source: side('bad', { base: { hash: 'h', values: circular() } }) })
    await assert.rejects(
      session.commit(
        { type: 'drop', pairs: [first] },
        put({ keyHash: 'k', source: side('s9') }),
        {
          type: 'generation',
          generation: { side: 'source', number: 1, state: 'reading', cursor: 'c', read: 1, startedAt: 1 },
        },
        { type: 'intent', intent: { id: 'i', keyHash: 'k', shard: 0, side: 'target', operation: 'create' } },
        stage(['s9']),
        { type: 'count', run: 1, counts: { created: 1 } },
        { type: 'definition', definition: { changed: true } },
        { type: 'expire', endedBefore: 100 },
        wrong,
      ),
    )
    assert.deepEqual(
      (await ledger.pairs('one', { limit: 9 })).map(({ id }) => id),
      [first],
    )
    assert.deepEqual(await ledger.generations('one'), [])
    assert.deepEqual(await ledger.intents('one'), [])
    assert.deepEqual(await ledger.lines('one'), [])
    assert.deepEqual((await ledger.state('one'))?.definition, {})
    assert.deepEqual((await ledger.runs('one', 9))[0]?.counts, { created: 1 })
    // And the store goes on.
    assert.equal((await session.commit(put({ keyHash: 'k', source: side('s9') }))).length, 1)
  })

  define('a commit under a lost claim leaves nothing of any change', async (session) => {
    const { ledger, subject } = session
    const first = await claimOf(ledger)
    const [pair] = await ledger.commit(first, links(1))
    assert.ok(pair !== undefined)
    await subject.advance(LEASE_MS)
    await claimOf(await session.another())
    await assertRefused(
      ledger.commit(first, [
        { type: 'seen', side: 'source', generation: 2, pairs: [pair] },
        { type: 'drop', pairs: [pair] },
      ]),
      'fenced',
    )
    assert.equal((await ledger.pairs('one', { limit: 9 }))[0]?.source?.seen, 1)
  })

  define('commits of several ledgers at once are all there, each whole', async (session) => {
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => session.another()))
    const numbers = await Promise.all(
      ledgers.map(async (ledger, worker) => {
        const claim = await claimOf(ledger, { task: `shard:${worker}` })
        const given: number[] = []
        for (let round = 0; round < 5; round++) {
          const changes: LedgerChange[] = Array.from({ length: 10 }, (_, n) =>
            put({ keyHash: `k${worker}`, source: side(`s${worker}.${round}.${n}`) }),
          )
          given.push(
            ...(await ledger.commit(claim, [...changes, { type: 'count', run: 1, counts: { created: 10 } }])),
          )
        }
        return given
      }),
    )
    const given = numbers.flat()
    assert.equal(new Set(given).size, 200, 'a number was given twice')
    const found = await session.ledger.pairs('one', { limit: 1000 })
    assert.deepEqual(
      found.map(({ id }) => id),
      [...given].sort((one, other) => one - other),
    )
    for (const [worker, own] of numbers.entries()) {
      const pairs = await session.ledger.pairs('one', { keyHashes: [`k${worker}`] })
      assert.deepEqual(
        pairs.map(({ id }) => id),
        own,
      )
    }
    const run = { number: 1, phase: 'done', state: 'done', startedAt: 1, endedAt: 2, resumes: 0 } as const
    await session.commit({ type: 'run', run })
    assert.deepEqual((await session.ledger.runs('one', 1))[0]?.counts, { created: 200 })
  })

  define('what one ledger has stored, another one sees', async (session) => {
    await session.commit(...links(2))
    const other = await session.another()
    assert.equal(await other.count('one', { having: 'both' }), 2)
    await session.commit(...links(1, { keyHash: 'k9' }))
    assert.equal((await other.pairs('one', { keyHashes: ['k9'] })).length, 1)
  })

  define('a commit of nothing is one', async (session) => {
    assert.deepEqual(await session.commit(), [])
  })
}

function circular(): { [key: string]: { [key: string]: never } } {
  const values: { [key: string]: { [key: string]: never } } = {}
  Reflect.set(values, 'self', values)
  return values
}
