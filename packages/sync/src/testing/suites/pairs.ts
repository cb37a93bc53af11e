import assert from 'node:assert/strict'
import type { PairWrite } from '../../ledger/pair.ts'
import { type DefineLedgerTest, links, put, side, snapshot } from '../ledger-session.ts'

/** Pairs: stored whole, found by ids and keys, taken away, seen, dropped. */
export function pairs(define: DefineLedgerTest): void {
  define('a pair comes back as it was stored, and nothing more', async (session) => {
    const full: PairWrite = {
      keyHash: 'full',
      key: 'key',
      shard: 7,
      source: side('s', {
        seen: 12,
        base: snapshot('Ann'),
        read: {
          hash: 'r',
          values: { name: 'Anna', tags: ['a', 'b'], 'customFields.plan': { deep: [1, null] } },
        },
        editedAt: '2026-01-31T09:00:00.000Z',
        ownAt: '2026-01-31T09:00:01Z',
        gone: true,
      }),
      target: side('t', { seen: 0, base: snapshot('ann'), read: snapshot('Bob'), editedAt: 'e', ownAt: 'o' }),
      problem: { kind: 'failed', code: 'conflict', message: 'Mend it.' },
    }
    const stored: readonly PairWrite[] = [
      full,
      { keyHash: 'source', shard: 0, source: side('only') },
      { keyHash: '', shard: 3, target: side('only', { gone: true }) },
      {
        keyHash: 'same',
        shard: 1,
        source: side('a', { base: snapshot('A') }),
        target: side('b', { base: snapshot('A') }),
      },
      {
        keyHash: 'hashes',
        shard: 1,
        source: side('c', { base: { hash: 'h' } }),
        target: side('d', { base: { hash: 'h' }, read: { hash: 'i' } }),
      },
    ]
    const ids = await session.commit(...stored.map((pair) => put(pair)))
    assert.deepEqual(
      await session.ledger.pairs('one', { limit: 10 }),
      stored.map((pair, index) => ({ id: ids[index], ...pair })),
    )
  })

  define('new pairs get growing numbers, told in the order of the changes', async (session) => {
    const first = await session.commit(put({ keyHash: 'a', source: side('1') }))
    const [known] = first
    assert.ok(known !== undefined)
    const second = await session.commit(
      put({ keyHash: 'b', source: side('2') }),
      put({ id: known, keyHash: 'a', source: side('1'), target: side('1') }),
      { type: 'count', run: 1, counts: { created: 1 } },
      put({ keyHash: 'c', source: side('3') }),
    )
    assert.equal(second.length, 2)
    const all = [...first, ...second]
    assert.deepEqual(
      all,
      [...all].sort((one, other) => one - other),
    )
    const found = await session.ledger.pairs('one', { limit: 10 })
    assert.deepEqual(
      found.map(({ id, keyHash }) => [id, keyHash]),
      all.map((id, index) => [id, 'abc'.charAt(index)]),
    )
    assert.deepEqual(await session.commit({ type: 'drop', pairs: [] }), [])
  })

  define('a number is not given again after its pair is gone', async (session) => {
    const [first, last] = await session.commit(...links(2))
    assert.ok(first !== undefined && last !== undefined)
    await session.commit({ type: 'drop', pairs: [last] })
    const [next] = await session.commit(put({ keyHash: 'n', source: side('new') }))
    assert.ok(next !== undefined && next > last, `${last} was given twice`)
  })

  define('pairs are found by the ids of a side and by key hashes', async (session) => {
    const ids = await session.commit(...links(3), put({ keyHash: 'k2', target: side('s1') }))
    const { ledger } = session
    const numbers = async (
      query: Parameters<typeof ledger.pairs>[1],
    ): Promise<readonly (number | undefined)[]> => (await ledger.pairs('one', query)).map(({ id }) => id)
    assert.deepEqual(await numbers({ side: 'source', ids: ['s3', 's1', 'none', 's3'] }), [ids[0], ids[2]])
    assert.deepEqual(await numbers({ side: 'target', ids: ['s1', 't2'] }), [ids[1], ids[3]])
    assert.deepEqual(await numbers({ side: 'target', ids: [] }), [])
    assert.deepEqual(await numbers({ keyHashes: ['k2', 'none'] }), [ids[1], ids[3]])
    assert.deepEqual(await numbers({ keyHashes: [] }), [])
  })

  define('a pair is replaced whole', async (session) => {
    const [id] = await session.commit(
      put({
        keyHash: 'k',
        key: 'key',
        source: side('s', { base: snapshot('A'), read: snapshot('B'), editedAt: 'e', gone: true }),
        target: side('t', { base: snapshot('A') }),
        problem: { kind: 'skipped', code: 'no_key', message: 'm' },
      }),
    )
    assert.ok(id !== undefined)
    const sameIds = {
      id,
      keyHash: 'k',
      shard: 0,
      source: side('s', { seen: 2 }),
      target: side('t', { seen: 3 }),
    }
    assert.deepEqual(await session.commit(put(sameIds)), [])
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [sameIds])
    const otherIds = {
      id,
      keyHash: 'k2',
      key: 'other',
      shard: 4,
      target: side('t2', { base: snapshot('C') }),
    }
    await session.commit(put(otherIds))
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [otherIds])
    assert.deepEqual(await session.ledger.pairs('one', { side: 'source', ids: ['s'] }), [])
    assert.deepEqual(await session.ledger.pairs('one', { keyHashes: ['k'] }), [])
    assert.deepEqual(await session.ledger.pairs('one', { keyHashes: ['k2'] }), [otherIds])
  })

  define('a pair that is not there any more is not stored again', async (session) => {
    const [id] = await session.commit(...links(1))
    assert.ok(id !== undefined)
    await session.commit({ type: 'drop', pairs: [id] })
    await session.commit(put({ id, keyHash: 'k1', source: side('s1') }))
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [])
  })

  define(
    'a new pair takes ids away from others: what is left of them stays, what is nothing goes',
    async (session) => {
      const [both, only] = await session.commit(
        put({
          keyHash: 'both',
          source: side('s1', { base: snapshot('A') }),
          target: side('t1', { base: snapshot('A') }),
        }),
        put({ keyHash: 'only', target: side('t2') }),
      )
      assert.ok(both !== undefined && only !== undefined)
      await session.commit(
        { type: 'conflict', conflict: { id: 'c1', pair: both, shard: 0, field: 'name', foundAt: 1 } },
        { type: 'conflict', conflict: { id: 'c2', pair: only, shard: 0, field: 'name', foundAt: 1 } },
      )
      const [taker] = await session.commit(put({ keyHash: 'new', source: side('s1'), target: side('t2') }))
      assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [
        { id: both, keyHash: 'both', shard: 0, target: side('t1', { base: snapshot('A') }) },
        { id: taker, keyHash: 'new', shard: 0, source: side('s1'), target: side('t2') },
      ])
      assert.deepEqual(await session.ledger.conflicts('one'), [])
    },
  )

  define('a pair that is replaced takes ids away from others too', async (session) => {
    const [one, other] = await session.commit(
      put({ keyHash: 'k', source: side('s') }),
      put({ keyHash: 'k', target: side('t') }),
    )
    assert.ok(one !== undefined && other !== undefined)
    await session.commit(put({ id: one, keyHash: 'k', source: side('s'), target: side('t') }))
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [
      { id: one, keyHash: 'k', shard: 0, source: side('s'), target: side('t') },
    ])
  })

  define('two pairs change their ids with each other in one commit', async (session) => {
    const [one, other] = await session.commit(
      put({ keyHash: 'a', source: side('s1'), target: side('t1') }),
      put({ keyHash: 'b', source: side('s2'), target: side('t2') }),
    )
    assert.ok(one !== undefined && other !== undefined)
    const swapped = [
      { id: one, keyHash: 'a', shard: 0, source: side('s1'), target: side('t2') },
      { id: other, keyHash: 'b', shard: 0, source: side('s2'), target: side('t1') },
    ]
    await session.commit(...swapped.map((pair) => put(pair)))
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), swapped)
  })

  define('seen changes the generation of one side and nothing else', async (session) => {
    const rest = { base: snapshot('A'), read: snapshot('B'), editedAt: 'e', gone: true }
    const ids = await session.commit(
      put({ keyHash: 'a', source: side('s1', rest), target: side('t1', rest) }),
      put({ keyHash: 'b', source: side('s2') }),
      put({ keyHash: 'c', target: side('t3') }),
    )
    await session.commit({ type: 'seen', side: 'target', generation: 5, pairs: [...ids, 987_654] })
    assert.deepEqual(await session.ledger.pairs('one', { limit: 5 }), [
      {
        id: ids[0],
        keyHash: 'a',
        shard: 0,
        source: side('s1', rest),
        target: side('t1', { ...rest, seen: 5 }),
      },
      { id: ids[1], keyHash: 'b', shard: 0, source: side('s2') },
      { id: ids[2], keyHash: 'c', shard: 0, target: side('t3', { seen: 5 }) },
    ])
  })

  define('dropped pairs are gone, and so are their conflicts', async (session) => {
    const [first, second] = await session.commit(...links(2))
    assert.ok(first !== undefined && second !== undefined)
    await session.commit(
      { type: 'conflict', conflict: { id: 'c1', pair: first, shard: 0, field: 'name', foundAt: 1 } },
      { type: 'conflict', conflict: { id: 'c2', pair: second, shard: 0, field: 'name', foundAt: 1 } },
      { type: 'drop', pairs: [first, 987_654] },
    )
    const { ledger } = session
    assert.deepEqual(
      (await ledger.pairs('one', { limit: 5 })).map(({ id }) => id),
      [second],
    )
    assert.deepEqual(await ledger.pairs('one', { side: 'source', ids: ['s1'] }), [])
    assert.deepEqual(
      (await ledger.conflicts('one')).map(({ id }) => id),
      ['c2'],
    )
    // Its ids are free.
    await session.commit(put({ keyHash: 'k', source: side('s1'), target: side('t1') }))
    assert.equal(await ledger.count('one', {}), 2)
  })

  define(
    'any text is kept: of other scripts, with NUL, with half a character, and much of it',
    async (session) => {
      const texts = [
        'Zoë Łukasz 山田 🙂 \u202e',
        'a\0b',
        'a',
        '\ud800 half',
        '\udc00\ud800',
        '\\u0000',
        'a\\b',
        "'; DROP TABLE pair; --",
        ' ',
        'ﬃ',
        'e\u0301',
        'é',
        'A',
        'x'.repeat(2000),
      ]
      const big = 'ä\0"\\\ud800'.repeat(100_000)
      const values = { name: big, 'customFields.\0': [big.slice(0, 9), { ['__proto__']: 1, '': null }] }
      const stored = texts.map((text, index) => ({
        keyHash: `k${index}`,
        key: text,
        shard: 0,
        source: side(text, { base: { hash: 'h', ...(index < 2 && { values }) } }),
        target: side(text),
      }))
      const ids = await session.commit(...stored.map((pair) => put(pair)))
      const expected = stored.map((pair, index) => ({ id: ids[index], ...pair }))
      assert.deepEqual(await session.ledger.pairs('one', { side: 'source', ids: texts }), expected)
      for (const [index, text] of texts.entries()) {
        assert.deepEqual(await session.ledger.pairs('one', { side: 'target', ids: [text] }), [
          expected[index],
        ])
      }
    },
  )

  define('a chunk of 500 pairs and more is stored and found at once', async (session) => {
    const ids = await session.commit(...links(1500))
    assert.equal(ids.length, 1500)
    const names = ids.map((_, index) => `s${index + 1}`)
    const found = await session.ledger.pairs('one', { side: 'source', ids: names })
    assert.deepEqual(
      found.map(({ source }) => source?.id),
      names,
    )
    await session.commit({ type: 'seen', side: 'source', generation: 2, pairs: ids })
    assert.equal(await session.ledger.count('one', { missing: { side: 'source', generation: 2 } }), 0)
    await session.commit({ type: 'drop', pairs: ids })
    assert.equal(await session.ledger.count('one', {}), 0)
  })
}
