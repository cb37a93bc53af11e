import assert from 'node:assert/strict'
import { claimOf, type DefineLedgerTest, put, side, snapshot, stage } from '../ledger-session.ts'

/** What is kept of a person goes when it is asked for. */
export function forgetting(define: DefineLedgerTest): void {
  define('everything that is kept of a key goes, in every sync, and nothing of others', async (session) => {
    const { ledger } = session
    const two = await ledger.open({ name: 'two', definition: {} })
    const one = await ledger.state('one')
    assert.ok(one)
    const hash = (sync: string, salt: string): string => `${sync} ${salt} ann`
    const ann = hash('one', one.salt)
    const [pair, other] = await session.commit(
      put({ keyHash: ann, key: 'ann', source: side('s1', { base: snapshot('Ann') }), target: side('t1') }),
      put({ keyHash: 'bob', key: 'bob', source: side('s2') }),
      put({ keyHash: ann, key: 'ann', target: side('t3') }),
      {
        type: 'intent',
        intent: { id: 'i1', keyHash: ann, shard: 0, side: 'target', operation: 'create', key: 'ann' },
      },
      { type: 'intent', intent: { id: 'i2', keyHash: 'bob', shard: 0, side: 'target', operation: 'create' } },
      stage(['s1', 's2']),
    )
    assert.ok(pair !== undefined && other !== undefined)
    await session.commit(
      { type: 'conflict', conflict: { id: 'c1', pair, shard: 0, key: 'ann', field: 'name', foundAt: 1 } },
      { type: 'conflict', conflict: { id: 'c2', pair: other, shard: 0, field: 'name', foundAt: 1 } },
    )
    const claim = await claimOf(ledger, { sync: 'two' })
    await ledger.commit(claim, [put({ keyHash: hash('two', two.salt), source: side('s1') })])
    assert.equal(await ledger.forget(hash), 3)
    assert.deepEqual(
      (await ledger.pairs('one', { limit: 9 })).map(({ id }) => id),
      [other],
    )
    assert.equal(await ledger.count('two', {}), 0)
    assert.deepEqual(
      (await ledger.conflicts('one')).map(({ id }) => id),
      ['c2'],
    )
    assert.deepEqual(
      (await ledger.intents('one')).map(({ id }) => id),
      ['i2'],
    )
    assert.deepEqual(
      (await ledger.staged('one', { shard: 0, limit: 9 })).map(({ contact }) => contact.id),
      ['s2'],
    )
    assert.equal(await ledger.forget(hash), 0)
  })
}
