import assert from 'node:assert/strict'
import { processHolder } from '../../ledger/holder.ts'
import { assertRefused, claimOf, type DefineLedgerTest, LEASE_MS, put, side } from '../ledger-session.ts'

/** Claims: one holder a task, leases, fences. */
export function claims(define: DefineLedgerTest): void {
  define('a task has one holder, and who else asks is told who', async (session) => {
    const { ledger } = session
    const first = await claimOf(ledger)
    assert.deepEqual({ ...first, fence: 0, holder: '' }, { sync: 'one', task: 'run', holder: '', fence: 0 })
    const holder = processHolder()
    const refused = await ledger.claim('one', { task: 'run', holder, leaseMs: LEASE_MS })
    assert.ok(!('fence' in refused), 'two have one task')
    assert.equal(refused.holder, first.holder)
    assert.ok(refused.leftMs > 0 && refused.leftMs <= LEASE_MS, `${refused.leftMs} ms are left`)
    const other = await claimOf(ledger, { task: 'shard:1' })
    assert.ok(other.fence > first.fence, 'fences grow over all tasks of a sync')
    const again = await ledger.claim('one', { task: 'run', holder: first.holder, leaseMs: LEASE_MS })
    assert.ok(!('fence' in again), 'the same holder asks twice only by mistake')
  })

  define('a task of another sync is another task', async ({ ledger }) => {
    await ledger.open({ name: 'two', definition: {} })
    await claimOf(ledger)
    await claimOf(ledger, { sync: 'two' })
    assert.equal((await ledger.claims('one')).length, 1)
  })

  define('claims that are asked for at once: one wins', async (session) => {
    const ledgers = await Promise.all(Array.from({ length: 6 }, () => session.another()))
    for (const task of ['reader', 'shard:1', 'shard:2']) {
      const answers = await Promise.all(
        ledgers.flatMap((ledger) =>
          [1, 2, 3].map(() => ledger.claim('one', { task, holder: processHolder(), leaseMs: LEASE_MS })),
        ),
      )
      const winners = answers.filter((answer) => 'fence' in answer)
      assert.equal(winners.length, 1)
      for (const answer of answers) assert.equal(answer.holder, winners[0]?.holder)
    }
  })

  define('a claim ends with its lease, and not before', async (session) => {
    const { ledger, subject } = session
    const first = await claimOf(ledger)
    await subject.advance(LEASE_MS - 10_000)
    const early = await ledger.claim('one', { task: 'run', holder: processHolder(), leaseMs: LEASE_MS })
    assert.ok(!('fence' in early), 'the lease is not over')
    assert.ok(early.leftMs <= 10_000, `${early.leftMs} ms are left of 10,000`)
    await subject.advance(10_000)
    assert.deepEqual(await ledger.claims('one'), [])
    const second = await claimOf(ledger)
    assert.ok(second.fence > first.fence)
  })

  define('a claim that was renewed in time is held for longer', async (session) => {
    const { ledger, subject } = session
    const claim = await claimOf(ledger)
    await subject.advance(LEASE_MS - 10_000)
    await ledger.renew(claim, LEASE_MS)
    await subject.advance(LEASE_MS - 10_000)
    const refused = await ledger.claim('one', { task: 'run', holder: processHolder(), leaseMs: LEASE_MS })
    assert.equal(refused.holder, claim.holder)
    const [held] = await ledger.claims('one')
    assert.deepEqual({ ...held, leftMs: 0 }, { ...claim, leftMs: 0 })
    assert.ok(held && held.leftMs > 0 && held.leftMs <= 10_000)
  })

  define(
    'who lost a claim cannot renew it, nor store anything, nor give it back for the other',
    async (session) => {
      const { ledger, subject } = session
      const first = await claimOf(ledger)
      await subject.advance(LEASE_MS)
      const second = await claimOf(ledger)
      await assertRefused(ledger.renew(first, LEASE_MS), 'fenced')
      await assertRefused(ledger.commit(first, [put({ keyHash: 'k', source: side('s') })]), 'fenced')
      await assertRefused(ledger.commit(first, []), 'fenced')
      assert.equal(await ledger.count('one', {}), 0)
      await ledger.release(first)
      assert.equal((await ledger.claims('one'))[0]?.fence, second.fence)
      await ledger.commit(second, [put({ keyHash: 'k', source: side('s') })])
      assert.equal(await ledger.count('one', {}), 1)
    },
  )

  define('a lease that is over and that nobody took is still its holder’s', async (session) => {
    const { ledger, subject } = session
    const claim = await claimOf(ledger)
    await subject.advance(LEASE_MS * 2)
    await ledger.commit(claim, [put({ keyHash: 'k', source: side('s') })])
    await ledger.renew(claim, LEASE_MS)
    assert.equal((await ledger.claims('one')).length, 1)
  })

  define('a claim that was given back is free at once, and good for nothing', async ({ ledger }) => {
    const first = await claimOf(ledger)
    await ledger.release(first)
    assert.deepEqual(await ledger.claims('one'), [])
    await assertRefused(ledger.commit(first, []), 'fenced')
    await assertRefused(ledger.renew(first, LEASE_MS), 'fenced')
    await ledger.release(first)
    const second = await claimOf(ledger)
    assert.ok(second.fence > first.fence, 'a fence is never given twice')
  })

  define('a claim of one task is none of another', async ({ ledger }) => {
    const claim = await claimOf(ledger)
    await claimOf(ledger, { task: 'reader' })
    await assertRefused(ledger.commit({ ...claim, task: 'reader' }, []), 'fenced')
  })

  define('the clock of a store moves on', async (session) => {
    const { ledger, subject } = session
    const before = await ledger.now()
    await subject.advance(90_000)
    session.assertTime((await ledger.now()) - before, 90_000, 'the time that passed')
  })
}
