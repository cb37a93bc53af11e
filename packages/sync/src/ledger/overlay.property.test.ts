import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LedgerChange } from './change.ts'
import type { Claim, Ledger } from './ledger.ts'
import { overlayLedger } from './overlay.ts'
import { type PairSide, type PairWrite, SIDES, type Side } from './pair.ts'
import { sqliteLedger } from './sqlite/sqlite-ledger.ts'

const SYNC = 'nightly'
const NOW = 1_000_000

/** A change in which pairs are named by the place at which they were stored. */
type Step =
  | { readonly type: 'pair'; readonly pair: PairWrite; readonly replaces: number | undefined }
  | {
      readonly type: 'seen'
      readonly side: Side
      readonly generation: number
      readonly at: readonly number[]
    }
  | { readonly type: 'drop'; readonly at: readonly number[] }
  | { readonly type: 'conflict'; readonly at: number; readonly value: string }
  | { readonly type: 'other'; readonly change: LedgerChange }

const place = fc.nat(30)
const places = fc.array(place, { maxLength: 4 })
const generation = fc.integer({ min: 1, max: 3 })
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined, freq: 2 })

const aSide = fc
  .record({
    id: fc.nat(12).map(String),
    seen: generation,
    gone: fc.boolean(),
    name: fc.constantFrom('A', 'B'),
  })
  .map(
    ({ name, gone, ...side }): PairSide => ({
      ...side,
      base: { hash: name, values: { name } },
      ...(gone && { gone }),
    }),
  )

const aPair = fc
  .record({
    key: fc.nat(9).map(String),
    shard: fc.nat(1),
    source: maybe(aSide),
    target: maybe(aSide),
    failed: fc.boolean(),
  })
  .map(
    ({ key, shard, source, target, failed }): PairWrite => ({
      keyHash: key,
      key,
      shard,
      ...(source && { source }),
      ...((target ?? !source) && { target: target ?? { id: key, seen: 1 } }),
      ...(failed && { problem: { kind: 'failed', code: 'network', message: 'Try again.' } }),
    }),
  )

const someIntent = fc.nat(5).map((n) => `i${n}`)
const aRun = fc.record({ number: fc.integer({ min: 1, max: 3 }), endedAt: fc.nat(300) })

/** A dry run has runs of its own. */
const steps = (firstRun: number): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('pair'), pair: aPair, replaces: maybe(place) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('seen'),
        side: fc.constantFrom(...SIDES),
        generation,
        at: places,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('drop'), at: places }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('conflict'), at: place, value: fc.constantFrom('x', 'y') }),
    },
    {
      weight: 1,
      arbitrary: someIntent.map((id) =>
        other({
          type: 'intent',
          intent: { id, keyHash: 'k', shard: 0, side: 'target', operation: 'create' },
        }),
      ),
    },
    { weight: 1, arbitrary: someIntent.map((id) => other({ type: 'settled', intents: [id] })) },
    { weight: 1, arbitrary: place.map((at) => other({ type: 'resolved', conflicts: [`c${at}`] })) },
    {
      weight: 1,
      arbitrary: aRun.map(({ number, ...run }) =>
        other({ type: 'run', run: { ...run, number: firstRun + number, ...DONE } }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 3 })
        .map((run) => other({ type: 'count', run, counts: { created: 1 } })),
    },
    { weight: 1, arbitrary: fc.nat(300).map((endedBefore) => other({ type: 'expire', endedBefore })) },
  )

function other(change: LedgerChange): Step {
  return { type: 'other', change }
}

/** A ledger, with the ids of the pairs that were stored in it, in their order. */
class Subject {
  readonly ids: number[] = []
  readonly ledger: Ledger
  #claim: Claim | undefined

  constructor(ledger: Ledger, before: readonly number[] = []) {
    this.ledger = ledger
    this.ids.push(...before)
  }

  /**
   * @param gone - places of pairs that nobody replaces: a dry run cannot tell that the real ledger has them no more
   */
  async commit(steps: readonly Step[], gone: ReadonlySet<number> = new Set()): Promise<void> {
    await this.ledger.open({ name: SYNC, definition: {} })
    for (const one of steps) {
      this.#claim ??= await claimOf(this.ledger)
      const change = this.#changeOf(one, gone)
      if (change) this.ids.push(...(await this.ledger.commit(this.#claim, [change])))
    }
    if (this.#claim) await this.ledger.release(this.#claim)
    this.#claim = undefined
  }

  /** The places of pairs that are not there any more. */
  async gone(): Promise<ReadonlySet<number>> {
    const rows = await this.ledger.pairs(SYNC, { limit: 100 })
    const there = new Set(rows.map(({ id }) => id))
    return new Set(this.ids.flatMap((id, at) => (there.has(id) ? [] : at)))
  }

  /** Everything that the ledger tells, with pairs named by their places. */
  async content(): Promise<unknown> {
    const { ledger } = this
    const named = <Row extends { readonly id: number }>(rows: readonly Row[]) =>
      rows.map((row) => ({ ...row, id: this.ids.indexOf(row.id) }))
    const pages = async (query: Parameters<Ledger['pairs']>[1] & { limit: number }) => {
      const rows: number[] = []
      for (let after = 0; ; ) {
        const page = await ledger.pairs(SYNC, { ...query, after })
        rows.push(...named(page).map(({ id }) => id))
        const last = page.at(-1)
        if (!last) return rows
        after = last.id
      }
    }
    const ids = Array.from({ length: 13 }, (_, id) => String(id))
    const conflicts = await ledger.conflicts(SYNC)
    return {
      pairs: named(await ledger.pairs(SYNC, { limit: 100 })),
      sources: named(await ledger.pairs(SYNC, { side: 'source', ids })),
      targets: named(await ledger.pairs(SYNC, { side: 'target', ids })),
      keys: named(await ledger.pairs(SYNC, { keyHashes: ids })),
      missing: await Promise.all(
        SIDES.map((missing) => pages({ missing, generation: 2, shard: 0, limit: 2 })),
      ),
      having: await Promise.all(
        (['both', 'source-only', 'target-only', 'problem'] as const).map((having) =>
          pages({ having, limit: 3 }),
        ),
      ),
      counts: await Promise.all([
        ledger.count(SYNC, {}),
        ledger.count(SYNC, { having: 'both' }),
        ledger.count(SYNC, { missing: { side: 'source', generation: 1 }, having: 'both' }),
        ledger.count(SYNC, { missing: { side: 'target', generation: 1 } }),
      ]),
      conflicts: conflicts.map((conflict) => ({ ...conflict, pair: this.ids.indexOf(conflict.pair) })),
      intents: (await ledger.intents(SYNC)).map(({ id }) => id).sort(),
      runs: await ledger.runs(SYNC, 10),
    }
  }

  #changeOf(one: Step, gone: ReadonlySet<number>): LedgerChange | undefined {
    const idOf = (at: number): number | undefined => this.ids[at % Math.max(1, this.ids.length)]
    switch (one.type) {
      case 'pair': {
        const at = one.replaces === undefined ? -1 : one.replaces % Math.max(1, this.ids.length)
        const id = gone.has(at) ? undefined : this.ids[at]
        return { type: 'pair', pair: { ...one.pair, ...(id !== undefined && { id }) } }
      }
      case 'seen': {
        const { side, generation } = one
        return { type: 'seen', side, generation, pairs: one.at.flatMap((at) => idOf(at) ?? []) }
      }
      case 'drop':
        return { type: 'drop', pairs: one.at.flatMap((at) => idOf(at) ?? []) }
      case 'conflict': {
        const pair = idOf(one.at)
        // As an engine names them: a conflict stays with its pair.
        const id = `c${pair === undefined ? '' : this.ids.indexOf(pair)}`
        return pair === undefined
          ? undefined
          : {
              type: 'conflict',
              conflict: { id, pair, shard: 0, field: 'name', source: one.value, foundAt: 1 },
            }
      }
      case 'other':
        return one.change
    }
  }
}

async function claimOf(ledger: Ledger): Promise<Claim> {
  const claim = await ledger.claim(SYNC, { task: 'run', holder: 'test', leaseMs: 60_000 })
  if ('fence' in claim) return claim
  throw new Error(`${claim.holder} has it`)
}

const DONE = { phase: 'done', state: 'done', startedAt: 0, resumes: 0 } as const
const clock = { now: () => NOW }

it('a dry run’s ledger tells what the real one would, had all been stored in it', async () => {
  const property = fc.asyncProperty(
    fc.array(steps(0), { maxLength: 25 }),
    fc.array(steps(3), { minLength: 1, maxLength: 25 }),
    async (earlier, after) => {
      const before = [
        ...earlier,
        ...[1, 2, 3].map((number) => other({ type: 'run', run: { number, endedAt: 200, ...DONE } })),
      ]
      await using whole = sqliteLedger(':memory:', { clock })
      await using base = sqliteLedger(':memory:', { clock })
      const real = new Subject(whole)
      await real.commit(before)
      const gone = await real.gone()
      await real.commit(after, gone)
      const begun = new Subject(base)
      await begun.commit(before)
      const left = await begun.content()
      const dry = new Subject(overlayLedger(base), begun.ids)
      await dry.commit(after, gone)
      expect(await dry.content()).toEqual(await real.content())
      expect(await begun.content()).toEqual(left)
    },
  )
  await fc.assert(property, { numRuns: 300 })
})
