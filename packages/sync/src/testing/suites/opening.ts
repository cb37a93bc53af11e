import assert from 'node:assert/strict'
import { assertRefused, claimOf, type DefineLedgerTest, links, put, side, stage } from '../ledger-session.ts'

/** Syncs in a ledger: made once, apart from each other, still there when the store is opened again. */
export function opening(define: DefineLedgerTest): void {
  define('a sync is made once, with a salt of its own', async ({ ledger }) => {
    assert.equal(await ledger.state('two'), undefined)
    const made = await ledger.open({ name: 'two', definition: { by: 'email' } })
    assert.deepEqual(made, { definition: { by: 'email' }, isKnown: false, salt: made.salt })
    const again = await ledger.open({ name: 'two', definition: { by: 'phone' } })
    const known = { definition: { by: 'email' }, isKnown: true, salt: made.salt }
    assert.deepEqual(again, known, 'the first definition stays until it is replaced')
    assert.deepEqual(await ledger.state('two'), known)
    const one = await ledger.state('one')
    assert.notEqual(one?.salt, made.salt)
    assert.ok(made.salt.length >= 16, 'a salt that can be guessed hides nothing')
  })

  define('only looking makes no sync', async ({ ledger }) => {
    await ledger.state('two')
    assert.deepEqual(await ledger.pairs('two', { limit: 10 }), [])
    assert.equal(await ledger.count('two', {}), 0)
    assert.deepEqual(await ledger.generations('two'), [])
    assert.deepEqual(await ledger.intents('two'), [])
    assert.deepEqual(await ledger.staged('two', { shard: 0, limit: 1 }), [])
    assert.deepEqual(await ledger.lines('two'), [])
    assert.deepEqual(await ledger.claims('two'), [])
    assert.deepEqual(await ledger.conflicts('two'), [])
    assert.deepEqual(await ledger.runs('two', 5), [])
    assert.equal(await ledger.decide('two', 'c', 'source'), false)
    assert.equal(await ledger.state('two'), undefined)
  })

  define('a sync that was not opened cannot be claimed', async ({ ledger }) => {
    await assertRefused(ledger.claim('two', { task: 'run', holder: 'somebody', leaseMs: 1000 }), 'ledger')
  })

  define('ledgers that are opened at once make one store and one sync', async (session) => {
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => session.another()))
    const states = await Promise.all(ledgers.map((ledger) => ledger.open({ name: 'two', definition: {} })))
    assert.equal(new Set(states.map(({ salt }) => salt)).size, 1)
    assert.equal(states.filter(({ isKnown }) => !isKnown).length, 1)
  })

  define('a definition is replaced in a commit', async (session) => {
    const definition = { by: 'email', fields: ['name', 'ünï'], nested: { b: null, a: [1, true] } }
    await session.commit({ type: 'definition', definition })
    assert.deepEqual((await session.ledger.state('one'))?.definition, definition)
  })

  define('what was stored is there when the store is opened again', async (session) => {
    await session.commit(...links(3), {
      type: 'generation',
      generation: { side: 'source', number: 1, state: 'reading', cursor: 'c', read: 3, startedAt: 5 },
    })
    const before = await session.ledger.pairs('one', { limit: 10 })
    const state = await session.ledger.state('one')
    await session.ledger.close()
    const ledger = await session.another()
    assert.deepEqual(await ledger.state('one'), state)
    assert.equal(before.length, 3)
    assert.deepEqual(await ledger.pairs('one', { limit: 10 }), before)
    assert.equal((await ledger.generations('one'))[0]?.cursor, 'c')
  })

  define('syncs of a ledger do not see each other', async (session) => {
    const { ledger } = session
    await ledger.open({ name: 'two', definition: {} })
    const [first] = await session.commit(
      ...links(2),
      stage(['s9']),
      { type: 'intent', intent },
      { type: 'run', run },
      { type: 'count', run: 1, counts: { created: 2 } },
      {
        type: 'generation',
        generation: { side: 'source', number: 3, state: 'complete', read: 2, startedAt: 0 },
      },
    )
    assert.ok(first !== undefined)
    await session.commit({
      type: 'conflict',
      conflict: { id: 'c', pair: first, shard: 0, field: 'name', foundAt: 1 },
    })
    const two = await claimOf(ledger, { sync: 'two' })
    const [other] = await ledger.commit(two, [put({ keyHash: 'k1', source: side('s1') })])
    assert.ok(other !== undefined)
    assert.deepEqual(
      (await ledger.pairs('two', { limit: 9 })).map(({ id }) => id),
      [other],
    )
    assert.deepEqual(
      (await ledger.pairs('two', { side: 'source', ids: ['s1', 's2'] })).map(({ id }) => id),
      [other],
    )
    assert.deepEqual(
      (await ledger.pairs('two', { keyHashes: ['k1', 'k2'] })).map(({ id }) => id),
      [other],
    )
    assert.deepEqual(await ledger.generations('two'), [])
    assert.deepEqual(await ledger.intents('two'), [])
    assert.deepEqual(await ledger.lines('two'), [])
    assert.deepEqual(await ledger.conflicts('two'), [])
    assert.deepEqual(await ledger.runs('two', 9), [])
    assert.equal(await ledger.decide('two', 'c', 'source'), false)
    const [waiting] = await ledger.staged('one', { shard: 0, limit: 9 })
    assert.ok(waiting)
    // What belongs to another sync is not touched by its number either.
    await ledger.commit(two, [
      { type: 'drop', pairs: [first] },
      { type: 'seen', side: 'source', generation: 9, pairs: [first] },
      { type: 'unstage', sequences: [waiting.sequence] },
      { type: 'settled', intents: [intent.id] },
      { type: 'resolved', conflicts: ['c'] },
      { type: 'expire', endedBefore: 1e13 },
      put({ id: first, keyHash: 'stolen' }),
    ])
    assert.equal(await ledger.count('one', { having: 'both' }), 2)
    const [kept] = await ledger.pairs('one', { side: 'source', ids: ['s1'] })
    assert.equal(kept?.source?.seen, 1)
    assert.equal(kept?.keyHash, 'k1')
    assert.equal((await ledger.staged('one', { shard: 0, limit: 9 })).length, 1)
    assert.equal((await ledger.intents('one')).length, 1)
    assert.equal((await ledger.conflicts('one')).length, 1)
    assert.deepEqual((await ledger.runs('one', 9))[0]?.counts, { created: 2 })
  })
}

const intent = { id: 'i', keyHash: 'k1', shard: 0, side: 'target', operation: 'create' } as const
const run = { number: 1, phase: 'done', state: 'done', startedAt: 1, endedAt: 2, resumes: 0 } as const
