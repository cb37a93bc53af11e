import assert from 'node:assert/strict'
import type { Intent } from '../../ledger/records.ts'
import { claimOf, type DefineLedgerTest, LEASE_MS, type LedgerSession } from '../ledger-session.ts'

/** Intents: there until they are settled, with the age by which it is told whether a write may still be under way. */
export function intents(define: DefineLedgerTest): void {
  define('intents are there until they are settled, oldest first', async (session) => {
    const all: readonly Intent[] = [
      { id: 'c', keyHash: 'k1', shard: 1, side: 'target', operation: 'create', key: 'ü\0', otherId: 's1' },
      {
        id: 'a',
        keyHash: 'k2',
        shard: 2,
        side: 'source',
        operation: 'update',
        recordId: 's2',
        otherId: 't2',
        written: { name: 'Ünal \0 \ud800', note: null, 'customFields.a.b': [1, { c: true }] },
      },
      { id: 'b', keyHash: 'k1', shard: 1, side: 'target', operation: 'delete', recordId: 't3' },
    ]
    await session.commit(...all.map((intent) => ({ type: 'intent', intent }) as const))
    assert.deepEqual(await bare(session), all)
    assert.deepEqual(await bare(session, 1), [all[0], all[2]])
    assert.deepEqual(await bare(session, 5), [])
    await session.commit({ type: 'settled', intents: ['c', 'none'] })
    assert.deepEqual(await bare(session), [all[1], all[2]])
    await session.commit({ type: 'settled', intents: [] })
    assert.equal((await bare(session)).length, 2)
  })

  define('an intent’s age begins when it is stored, while its claim lasts', async (session) => {
    await session.commit({ type: 'intent', intent: create('i') })
    await session.subject.advance(20_000)
    await assertAge(session, 20_000)
  })

  define('an intent that is stored once more is as old as the last time', async (session) => {
    await session.commit({ type: 'intent', intent: create('i') })
    await session.subject.advance(20_000)
    await session.commit({ type: 'intent', intent: { ...create('i'), operation: 'update', recordId: 't' } })
    const [intent, second] = await session.ledger.intents('one')
    assert.equal(second, undefined)
    assert.equal(intent?.operation, 'update')
    assert.equal(intent.recordId, 't')
    await assertAge(session, 0)
  })

  define('an intent of a claim that was given back is as old as that', async (session) => {
    const { ledger, subject } = session
    const claim = await claimOf(ledger)
    await ledger.commit(claim, [{ type: 'intent', intent: create('i') }])
    await subject.advance(20_000)
    await ledger.release(claim)
    await subject.advance(7_000)
    await assertAge(session, 7_000)
    assert.equal((await ledger.intents('one'))[0]?.fence, claim.fence)
    // A later claim of the task changes nothing in that.
    await claimOf(ledger)
    await subject.advance(1_000)
    await assertAge(session, 8_000)
  })

  define('an intent of a claim whose lease is over is as old as that, taken over or not', async (session) => {
    const { ledger, subject } = session
    const claim = await claimOf(ledger)
    await ledger.commit(claim, [{ type: 'intent', intent: create('i') }])
    await subject.advance(20_000)
    await ledger.renew(claim, LEASE_MS)
    await subject.advance(LEASE_MS + 5_000)
    await assertAge(session, 5_000)
    await claimOf(ledger)
    await assertAge(session, 5_000)
    await subject.advance(3_000)
    await assertAge(session, 8_000)
  })

  define('claims of other tasks do not make an intent older or younger', async (session) => {
    const { ledger, subject } = session
    const claim = await claimOf(ledger, { task: 'shard:1' })
    await ledger.commit(claim, [{ type: 'intent', intent: create('i') }])
    await subject.advance(10_000)
    const other = await claimOf(ledger, { task: 'shard:2' })
    await ledger.release(other)
    await subject.advance(10_000)
    await assertAge(session, 20_000)
  })
}

function create(id: string): Intent {
  return { id, keyHash: 'k', shard: 0, side: 'target', operation: 'create' }
}

async function bare({ ledger }: LedgerSession, shard?: number): Promise<readonly Intent[]> {
  return (await ledger.intents('one', shard)).map(({ ageMs: _age, fence: _fence, ...intent }) => intent)
}

async function assertAge(session: LedgerSession, expected: number): Promise<void> {
  const [intent] = await session.ledger.intents('one')
  assert.ok(intent, 'the intent is there')
  session.assertTime(intent.ageMs, expected, 'the age of the intent')
}
