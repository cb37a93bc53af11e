import assert from 'node:assert/strict'
import type { Conflict, ConflictDecision } from '../../ledger/records.ts'
import { type DefineLedgerTest, type LedgerSession, links } from '../ledger-session.ts'

/** Conflicts: kept until they are settled, with what was decided of them. */
export function conflicts(define: DefineLedgerTest): void {
  define('a conflict comes back as it was stored', async (session) => {
    const [pair] = await session.commit(...links(1))
    const stored: readonly Conflict[] = [
      {
        ...conflictOf(pair, 'full', 5),
        key: 'ü\0',
        source: { b: [1, null], a: '\0\ud800' },
        target: null,
        base: 'x',
        decision: { value: { deep: ['y', null] } },
      },
      { ...conflictOf(pair, 'bare', 6) },
      {
        ...conflictOf(pair, 'null decided', 7),
        source: '',
        target: false,
        base: 0,
        decision: { value: null },
      },
    ]
    await put(session, ...stored)
    assert.deepEqual(await session.ledger.conflicts('one'), stored)
  })

  define('conflicts come oldest first, page by page and by pairs', async (session) => {
    const [first, second, third] = await session.commit(...links(3))
    const all = ['z', 'm', 'a', 'q', 'b'].map((id, n) => conflictOf(n % 2 === 0 ? first : second, id, 10 + n))
    await put(session, ...all)
    const { ledger } = session
    const ids = async (query?: Parameters<typeof ledger.conflicts>[1]): Promise<string> =>
      (await ledger.conflicts('one', query)).map(({ id }) => id).join('')
    assert.equal(await ids(), 'zmaqb')
    assert.equal(await ids({ limit: 2 }), 'zm')
    assert.equal(await ids({ after: 'm', limit: 2 }), 'aq')
    assert.equal(await ids({ after: 'b' }), '')
    assert.ok(first !== undefined && second !== undefined && third !== undefined)
    assert.equal(await ids({ pairs: [first] }), 'zab')
    assert.equal(await ids({ pairs: [first, second], after: 'z', limit: 3 }), 'maq')
    assert.equal(await ids({ pairs: [third] }), '')
    assert.equal(await ids({ pairs: [] }), '')
    await session.commit({ type: 'resolved', conflicts: ['m', 'none'] })
    assert.equal(await ids(), 'zaqb')
  })

  define('a decision is stored without a claim, changed, and taken back', async (session) => {
    const [pair] = await session.commit(...links(1))
    await put(session, conflictOf(pair, 'c', 1))
    const { ledger } = session
    const decisions: readonly ConflictDecision[] = [
      'source',
      'target',
      { value: { a: [1] } },
      { value: null },
    ]
    for (const decision of decisions) {
      assert.equal(await ledger.decide('one', 'c', decision), true)
      assert.deepEqual((await ledger.conflicts('one'))[0]?.decision, decision)
    }
    assert.equal(await ledger.decide('one', 'c', undefined), true)
    assert.equal((await ledger.conflicts('one'))[0]?.decision, undefined)
    assert.equal(await ledger.decide('one', 'none', 'source'), false)
  })

  define('a conflict that is found again keeps its place, its time and what was decided', async (session) => {
    const [pair] = await session.commit(...links(1))
    const first = { ...conflictOf(pair, 'a', 1), source: { x: 1, y: [2] }, target: 't' }
    await put(session, first, conflictOf(pair, 'b', 2))
    await session.ledger.decide('one', 'a', 'source')
    await put(session, { ...first, source: { y: [2], x: 1 }, foundAt: 3 })
    const [again, second] = await session.ledger.conflicts('one')
    assert.deepEqual(again, { ...first, decision: 'source' })
    assert.equal(second?.id, 'b')
  })

  define('what was decided goes when a value has changed', async (session) => {
    const [pair] = await session.commit(...links(1))
    const first = { ...conflictOf(pair, 'a', 1), source: 's', target: null, base: [1, 2] }
    const { target: _target, ...withoutTarget } = first
    for (const changed of [
      { ...first, source: 'other' },
      { ...first, base: [2, 1] },
      { ...first, base: { 0: 1, 1: 2 } },
      { ...first, base: [1, 2, 3] },
      { ...first, base: [1] },
      withoutTarget,
    ]) {
      await put(session, first)
      await session.ledger.decide('one', 'a', 'target')
      await put(session, changed)
      assert.deepEqual(await session.ledger.conflicts('one'), [changed])
    }
  })
}

function conflictOf(pair: number | undefined, id: string, foundAt: number): Conflict {
  return { id, pair: pair ?? assert.fail('the pair has no number'), shard: 3, field: `field ${id}`, foundAt }
}

async function put(session: LedgerSession, ...all: readonly Conflict[]): Promise<void> {
  await session.commit(...all.map((conflict) => ({ type: 'conflict', conflict }) as const))
}
