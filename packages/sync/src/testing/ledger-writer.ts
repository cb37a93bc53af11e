import assert from 'node:assert/strict'
import { writeSync } from 'node:fs'
import { processHolder } from '../ledger/holder.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { PHASES } from '../ledger/records.ts'
import { links, side, stage } from './ledger-session.ts'

const SYNC = 'killed'
const PAIRS_A_COMMIT = 20

/**
 * What the program does that `testLedger` kills: it commits to a ledger without end, and writes the number of each commit to its
 * standard output once it has returned. A number goes on where the last process was killed.
 */
export async function runLedgerWriter(ledger: Ledger): Promise<never> {
  await ledger.open({ name: SYNC, definition: {} })
  // Over at once, so that the next process need not wait where a store cannot tell that this one is dead. Its fence still holds.
  const claim = await ledger.claim(SYNC, { task: 'run', holder: processHolder(), leaseMs: 1 })
  if (!('fence' in claim)) throw new Error(`The writer before this one still has the task: ${claim.holder}`)
  const [generation] = await ledger.generations(SYNC)
  for (let n = (generation?.read ?? 0) + 1; ; n++) {
    const shard = n % 8
    const before = await ledger.staged(SYNC, { shard: (n - 1) % 8, limit: 10 })
    const pairs = links(PAIRS_A_COMMIT).map((change, index) =>
      change.type === 'pair'
        ? {
            ...change,
            pair: { ...change.pair, source: side(`s${n}.${index}`), target: side(`t${n}.${index}`) },
          }
        : change,
    )
    await ledger.commit(claim, [
      ...pairs,
      { type: 'settled', intents: [`i${n - 1}`] },
      {
        type: 'intent',
        intent: { id: `i${n}`, keyHash: 'k', shard: 0, side: 'target', operation: 'create' },
      },
      { type: 'unstage', sequences: before.map(({ sequence }) => sequence) },
      stage([String(n)], shard),
      {
        type: 'run',
        run: { number: 1, phase: PHASES[n % 4] ?? 'done', state: 'running', startedAt: 1, resumes: n },
      },
      { type: 'count', run: 1, counts: { created: PAIRS_A_COMMIT, read: 1 } },
      {
        type: 'generation',
        generation: { side: 'source', number: 1, state: 'reading', cursor: String(n), read: n, startedAt: 1 },
      },
    ])
    writeSync(1, `${n}\n`)
  }
}

/** Fails unless all parts of each commit are there. @returns how many commits are there */
export async function assertWhole(ledger: Ledger): Promise<number> {
  const [generation] = await ledger.generations(SYNC)
  const n = generation?.read ?? 0
  assert.equal(generation?.cursor, String(n))
  assert.equal(await ledger.count(SYNC, { having: 'both' }), n * PAIRS_A_COMMIT)
  assert.equal(await ledger.count(SYNC, {}), n * PAIRS_A_COMMIT)
  const last = Array.from({ length: PAIRS_A_COMMIT }, (_, index) => `s${n}.${index}`)
  assert.equal((await ledger.pairs(SYNC, { side: 'source', ids: last })).length, PAIRS_A_COMMIT)
  assert.deepEqual(
    (await ledger.intents(SYNC)).map(({ id }) => id),
    [`i${n}`],
  )
  assert.deepEqual(
    (await ledger.lines(SYNC)).map(({ shard }) => shard),
    [n % 8],
  )
  const waiting = await ledger.staged(SYNC, { shard: n % 8, limit: 10 })
  assert.deepEqual(
    waiting.map(({ contact }) => contact.id),
    [String(n)],
  )
  const [run] = await ledger.runs(SYNC, 1)
  assert.equal(run?.resumes, n)
  assert.deepEqual(run.counts, { created: n * PAIRS_A_COMMIT, read: n })
  return n
}
