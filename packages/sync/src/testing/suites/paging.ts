import assert from 'node:assert/strict'
import type { PairQuery } from '../../ledger/ledger.ts'
import type { PairWrite } from '../../ledger/pair.ts'
import { type DefineLedgerTest, type LedgerSession, put, side } from '../ledger-session.ts'

/** Pairs by what they have and lack, page by page, and counted. */
export function paging(define: DefineLedgerTest): void {
  define('pairs are given by what they have, page by page', async (session) => {
    const all = await store(session)
    const both = all.filter(({ source, target }) => source && target)
    await assertPages(session, {}, all)
    await assertPages(session, { having: 'both' }, both)
    await assertPages(
      session,
      { having: 'source-only' },
      all.filter(({ target }) => !target),
    )
    await assertPages(
      session,
      { having: 'target-only' },
      all.filter(({ source }) => !source),
    )
    await assertPages(
      session,
      { having: 'problem' },
      all.filter(({ problem }) => problem),
    )
    await assertPages(
      session,
      { having: 'both', shard: 2 },
      both.filter(({ shard }) => shard === 2),
    )
    await assertPages(
      session,
      { shard: 1 },
      all.filter(({ shard }) => shard === 1),
    )
    assert.equal(await session.ledger.count('one', {}), all.length)
    assert.equal(await session.ledger.count('one', { having: 'both' }), both.length)
  })

  define('pairs that did not come in a generation are given page by page', async (session) => {
    const all = await store(session)
    for (const missing of ['source', 'target'] as const) {
      for (const generation of [1, 2, 3]) {
        const gone = all.filter(({ [missing]: of }) => of && of.seen !== generation && !of.gone)
        await assertPages(session, { missing, generation }, gone)
        await assertPages(
          session,
          { missing, generation, shard: 0 },
          gone.filter(({ shard }) => shard === 0),
        )
        const query = { missing: { side: missing, generation } }
        assert.equal(await session.ledger.count('one', query), gone.length)
        assert.equal(
          await session.ledger.count('one', { ...query, having: 'both' }),
          gone.filter(({ source, target }) => source && target).length,
        )
      }
    }
  })
}

type Stored = PairWrite & { readonly id: number }

/** Sixty pairs of every kind. */
async function store(session: LedgerSession): Promise<readonly Stored[]> {
  const pairs: PairWrite[] = Array.from({ length: 60 }, (_, n) => ({
    keyHash: `k${n}`,
    shard: n % 4,
    ...(n % 3 !== 0 && { source: side(`s${n}`, { seen: n % 4, ...(n % 7 === 0 && { gone: true }) }) }),
    ...(n % 3 !== 1 && { target: side(`t${n}`, { seen: n % 5, ...(n % 11 === 0 && { gone: true }) }) }),
    ...(n % 10 === 0 && { problem: { kind: 'failed', code: 'timeout', message: 'Again.' } }),
  }))
  const ids = await session.commit(...pairs.map((pair) => put(pair)))
  return pairs.map((pair, index) => ({ id: ids[index] ?? assert.fail('a number is missing'), ...pair }))
}

type Paged = Exclude<PairQuery, { readonly ids: unknown } | { readonly keyHashes: unknown }>
type WithoutLimit<Query> = Query extends unknown ? Omit<Query, 'limit' | 'after'> : never

async function assertPages(
  { ledger }: LedgerSession,
  query: WithoutLimit<Paged>,
  expected: readonly Stored[],
): Promise<void> {
  const what = JSON.stringify(query)
  assert.ok(expected.length > 0, `${what} is to find something`)
  assert.deepEqual(await ledger.pairs('one', { ...query, limit: 1000 }), expected, what)
  const paged = []
  let after: number | undefined
  do {
    const page = await ledger.pairs('one', { ...query, limit: 4, ...(after !== undefined && { after }) })
    assert.ok(page.length <= 4, `${what} gives more than was asked for`)
    paged.push(...page)
    after = page.at(-1)?.id
  } while (after !== undefined && paged.length <= expected.length)
  assert.deepEqual(paged, expected, `${what} in pages`)
}
