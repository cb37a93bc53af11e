import assert from 'node:assert/strict'
import type { Generation, Run } from '../../ledger/records.ts'
import type { DefineLedgerTest } from '../ledger-session.ts'

/** Generations, runs and their counts. */
export function history(define: DefineLedgerTest): void {
  define('the newest generation of each side comes back as it was stored', async (session) => {
    const { ledger } = session
    assert.deepEqual(await ledger.generations('one'), [])
    const source: Generation = {
      side: 'source',
      number: 1,
      state: 'reading',
      cursor: 'a\0ü',
      read: 500,
      startedAt: 1_790_000_000_123,
    }
    const target: Generation = {
      side: 'target',
      number: 4,
      state: 'partial',
      read: 7,
      resumed: true,
      unreadable: 2,
      startedAt: 9,
    }
    await session.commit(
      { type: 'generation', generation: source },
      { type: 'generation', generation: target },
    )
    assert.deepEqual(bySide(await ledger.generations('one')), [source, target])
    const { cursor: _, ...ended } = { ...source, state: 'complete', read: 700 } as const
    await session.commit({ type: 'generation', generation: ended })
    assert.deepEqual(bySide(await ledger.generations('one')), [ended, target])
    const next: Generation = { side: 'source', number: 2, state: 'reading', read: 0, startedAt: 5 }
    await session.commit({ type: 'generation', generation: next })
    assert.deepEqual(bySide(await ledger.generations('one')), [next, target])
  })

  define('an empty cursor is a cursor', async (session) => {
    const generation: Generation = {
      side: 'source',
      number: 1,
      state: 'reading',
      cursor: '',
      read: 0,
      startedAt: 1,
    }
    await session.commit({ type: 'generation', generation })
    assert.deepEqual(await session.ledger.generations('one'), [generation])
  })

  define('runs come newest first, with their counts', async (session) => {
    const { ledger } = session
    const first: Run = {
      number: 1,
      phase: 'target',
      state: 'running',
      startedAt: 5,
      resumes: 0,
      notes: { asked: [1, { a: null }] },
    }
    await session.commit({ type: 'run', run: first })
    assert.deepEqual(await ledger.runs('one', 5), [{ ...first, counts: {} }])
    const { notes: _, ...rest } = first
    const ended: Run = { ...rest, phase: 'done', state: 'done', endedAt: 9, resumes: 3 }
    const second: Run = { number: 2, phase: 'leftovers', state: 'stopped', startedAt: 10, resumes: 1 }
    await session.commit({ type: 'run', run: ended }, { type: 'run', run: second })
    await session.commit({ type: 'count', run: 1, counts: { created: 2, failed: 1 } })
    await session.commit(
      { type: 'count', run: 1, counts: { created: 3, '__proto__x ü': 1 } },
      { type: 'count', run: 1, counts: { failed: -1 } },
      { type: 'count', run: 2, counts: {} },
    )
    const counts = { created: 5, failed: 0, '__proto__x ü': 1 }
    assert.deepEqual(await ledger.runs('one', 5), [
      { ...second, counts: {} },
      { ...ended, counts },
    ])
    assert.deepEqual(
      (await ledger.runs('one', 1)).map(({ number }) => number),
      [2],
    )
    // Ten comes after nine, not after one.
    await session.commit({ type: 'run', run: { ...second, number: 10 } })
    assert.deepEqual(
      (await ledger.runs('one', 5)).map(({ number }) => number),
      [10, 2, 1],
    )
  })

  define('runs that ended long ago go, with their counts', async (session) => {
    const { ledger } = session
    const run = (number: number, endedAt?: number): Run => ({
      number,
      phase: 'done',
      state: 'done',
      startedAt: 0,
      resumes: 0,
      ...(endedAt !== undefined && { endedAt }),
    })
    await session.commit(
      ...[run(1, 100), run(2, 200), run(3, 300), run(4)].map((each) => ({ type: 'run', run: each }) as const),
      ...[1, 2, 3, 4].map((number) => ({ type: 'count', run: number, counts: { created: number } }) as const),
      { type: 'expire', endedBefore: 200 },
    )
    assert.deepEqual(
      (await ledger.runs('one', 9)).map(({ number }) => number),
      [4, 3, 2],
    )
    await session.commit({ type: 'run', run: run(1, 500) })
    assert.deepEqual(
      (await ledger.runs('one', 9)).map(({ counts }) => counts),
      [{ created: 4 }, { created: 3 }, { created: 2 }, {}],
    )
  })
}

function bySide(generations: readonly Generation[]): readonly Generation[] {
  return [...generations].sort((one, other) => one.side.localeCompare(other.side))
}
