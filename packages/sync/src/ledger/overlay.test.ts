import { describe, expect, it } from 'vitest'
import type { LedgerChange } from './change.ts'
import type { Claim, Ledger } from './ledger.ts'
import { overlayLedger } from './overlay.ts'
import type { PairSide, PairWrite } from './pair.ts'
import { sqliteLedger } from './sqlite/sqlite-ledger.ts'

const SYNC = 'nightly'
const LEASE = { task: 'run', holder: 'test', leaseMs: 60_000 }

describe('overlayLedger', () => {
  it('leaves the real ledger as it is, whatever is opened, claimed and stored in it', async () => {
    const { base, over, claim } = await filled()
    const before = await contentOf(base)
    await over.commit(claim, [
      { type: 'pair', pair: { ...pair('b', 2), source: side('s-b', 2) } },
      { type: 'drop', pairs: [1] },
      { type: 'seen', side: 'source', generation: 2, pairs: [2] },
      { type: 'generation', generation: { ...GENERATION, number: 2 } },
      { type: 'run', run: { ...RUN, number: 2 } },
      { type: 'count', run: 1, counts: { created: 5 } },
      { type: 'settled', intents: ['intent-1'] },
      { type: 'conflict', conflict: CONFLICT },
      { type: 'definition', definition: { by: 'email' } },
    ])
    await over.open({ name: 'another', definition: {} })
    expect(await over.forget(() => 'a')).toBe(0)
    expect(await contentOf(base)).toEqual(before)
    expect(await base.state('another')).toBeUndefined()
    expect(await contentOf(over)).not.toEqual(before)
  })

  it('shows what the real ledger has, until it is changed', async () => {
    const { base, over } = await filled()
    expect(await contentOf(over)).toEqual(await contentOf(base))
  })

  it('gives pairs in the order of their ids, page by page, those that changed in place of the real ones', async () => {
    const { over, claim } = await filled()
    const [added] = await over.commit(claim, [
      { type: 'pair', pair: pair('new', 9) },
      { type: 'pair', pair: { ...pair('b'), id: 2, key: 'changed' } },
      { type: 'drop', pairs: [3] },
    ])
    const seen: (readonly [number, string | undefined])[] = []
    for (let after = 0; ; ) {
      const [next] = await over.pairs(SYNC, { after, limit: 1 })
      if (!next) break
      seen.push([next.id, next.key])
      after = next.id
    }
    expect(seen).toEqual([
      [1, 'a'],
      [2, 'changed'],
      [4, 'd'],
      [added, 'new'],
    ])
    expect(await over.pairs(SYNC, { keyHashes: ['a', 'b', 'c', 'new'] })).toHaveLength(3)
  })

  it('misses none where the pages of the real ledger meet', async () => {
    await using base = sqliteLedger(':memory:')
    await base.open({ name: SYNC, definition: {} })
    const keys = Array.from({ length: 1100 }, (_, at) => `k${at}`)
    const ids = await base.commit(
      await claimed(base),
      keys.map((key) => ({ type: 'pair', pair: pair(key) })),
    )
    const over = overlayLedger(base)
    await over.open({ name: SYNC, definition: {} })
    const changed = [499, 500, 501, 999, 1000].flatMap((at) => ids[at] ?? [])
    await over.commit(await claimed(over), [
      ...changed.map((id) => ({ type: 'pair', pair: { ...pair(`changed ${id}`), id } }) as const),
      { type: 'pair', pair: pair('new') },
    ])
    expect(await over.count(SYNC, { having: 'both' })).toBe(1101)
    for (const limit of [300, 500, 501, 2000]) {
      const found: number[] = []
      for (let after = 0; ; ) {
        const page = await over.pairs(SYNC, { having: 'both', after, limit })
        found.push(...page.map(({ id }) => id))
        const last = page.at(-1)
        if (!last) break
        after = last.id
      }
      expect(found.slice(0, -1)).toEqual(ids)
    }
  })

  it('takes a side from the pair that had it, also from one of the real ledger', async () => {
    const { over, claim } = await filled()
    await over.commit(claim, [{ type: 'pair', pair: { ...pair('new'), source: side('s-a') } }])
    expect(await over.pairs(SYNC, { side: 'source', ids: ['s-a'] })).toMatchObject([{ key: 'new' }])
    const [stripped] = await over.pairs(SYNC, { keyHashes: ['a'] })
    expect(stripped).toMatchObject({ id: 1, target: { id: 't-a' } })
    expect(stripped).not.toHaveProperty('source')
  })

  it('knows who is missing, by what came in the dry run', async () => {
    const { over, claim } = await filled()
    await over.commit(claim, [
      { type: 'seen', side: 'target', generation: 2, pairs: [1, 4] },
      { type: 'pair', pair: { ...pair('b'), id: 2, target: { ...side('t-b'), gone: true } } },
      { type: 'pair', pair: { ...pair('new'), target: side('t-new') } },
    ])
    const missing = await over.pairs(SYNC, { missing: 'target', generation: 2, limit: 10 })
    expect(missing.map(({ key }) => key)).toEqual(['c', 'new'])
    expect(await over.count(SYNC, { missing: { side: 'target', generation: 2 }, having: 'both' })).toBe(2)
    expect(await over.count(SYNC, { having: 'both' })).toBe(5)
  })

  it('adds counts to those of the real ledger', async () => {
    const { over, claim } = await filled()
    await over.commit(claim, [{ type: 'count', run: 1, counts: { created: 5, failed: 1 } }])
    expect(await over.runs(SYNC, 1)).toMatchObject([{ number: 1, counts: { created: 7, failed: 1 } }])
  })

  it('refuses changes under a claim that has gone to somebody else', async () => {
    const { over, claim } = await filled()
    await over.release(claim)
    await over.claim(SYNC, LEASE)
    await expect(over.commit(claim, [])).rejects.toMatchObject({ reason: 'fenced' })
  })

  it('says that a sync was not opened', async () => {
    await expect(overlayLedger(emptyLedger()).claim(SYNC, LEASE)).rejects.toThrow('was not opened')
  })
})

const GENERATION = { side: 'source', number: 1, state: 'complete', read: 4, startedAt: 0 } as const
const RUN = { number: 1, phase: 'source', state: 'running', startedAt: 0, resumes: 0 } as const
const CONFLICT = { id: 'c-2', pair: 2, shard: 0, field: 'name', source: 'B', target: 'b', foundAt: 5 }

/** A ledger with four links, and one over it. */
async function filled(): Promise<{ base: Ledger; over: Ledger; claim: Claim }> {
  // An overlay over nothing keeps everything in memory, and is a ledger like others.
  const base = overlayLedger(emptyLedger())
  await base.open({ name: SYNC, definition: { by: 'externalId' } })
  const links = ['a', 'b', 'c', 'd'].map((key): LedgerChange => ({ type: 'pair', pair: pair(key) }))
  const claim = await claimed(base)
  const ids = await base.commit(claim, [
    ...links,
    { type: 'generation', generation: GENERATION },
    { type: 'run', run: RUN },
    { type: 'count', run: 1, counts: { created: 2 } },
    {
      type: 'intent',
      intent: { id: 'intent-1', keyHash: 'x', shard: 0, side: 'target', operation: 'create' },
    },
  ])
  const over = overlayLedger(renumbered(base, ids))
  await over.open({ name: SYNC, definition: { by: 'externalId' } })
  return { base, over, claim: await claimed(over) }
}

/** An overlay numbers as a dry run does, a real ledger from 1. */
function renumbered(ledger: Ledger, ids: readonly number[]): Ledger {
  const shift = (ids[0] ?? 1) - 1
  return {
    ...ledger,
    async pairs(sync, query) {
      const isPage = 'after' in query && query.after !== undefined
      const given = isPage ? { ...query, after: query.after + shift } : query
      return (await ledger.pairs(sync, given)).map((row) => ({ ...row, id: row.id - shift }))
    },
  }
}

async function claimed(ledger: Ledger): Promise<Claim> {
  const claim = await ledger.claim(SYNC, LEASE)
  if (!('fence' in claim)) throw new Error('nobody else has it')
  return claim
}

async function contentOf(ledger: Ledger): Promise<Record<string, unknown>> {
  const pairs = await ledger.pairs(SYNC, { limit: 100 })
  return {
    state: await ledger.state(SYNC),
    pairs: pairs.map(({ id: _, ...row }) => row),
    runs: await ledger.runs(SYNC, 10),
    intents: await ledger.intents(SYNC),
    generations: await ledger.generations(SYNC),
    conflicts: await ledger.conflicts(SYNC),
    claims: await ledger.claims(SYNC),
  }
}

function pair(key: string, seen = 1): PairWrite {
  return { keyHash: key, key, shard: 0, source: side(`s-${key}`, seen), target: side(`t-${key}`, seen) }
}

function side(id: string, seen = 1): PairSide {
  return { id, seen, base: { hash: 'h', values: { name: id } } }
}

/** A ledger in which there is nothing; it fails when something is stored in it. */
function emptyLedger(): Ledger {
  const none = async (): Promise<never[]> => []
  const refused = async (): Promise<never> => {
    throw new Error('the real ledger is only read')
  }
  return {
    kind: 'nothing',
    now: async () => 1000,
    state: async () => undefined,
    open: refused,
    claim: refused,
    renew: refused,
    release: refused,
    commit: refused,
    decide: refused,
    forget: refused,
    close: refused,
    [Symbol.asyncDispose]: refused,
    pairs: none,
    count: async () => 0,
    generations: none,
    intents: none,
    staged: none,
    lines: none,
    claims: none,
    conflicts: none,
    runs: none,
  }
}
