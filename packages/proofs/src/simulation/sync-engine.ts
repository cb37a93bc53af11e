import { runSync, sqliteLedger } from '@anycontact/sync'
import { type Ledger, type Pair, work } from '@anycontact/sync/ledger-kit'
import type { Decided, Engine, Problem } from './engine.ts'
import { syncOf } from './syncs.ts'

/** How long a worker waits before it looks for work again: long, so that waiting for a claim to end costs little here. */
const POLL_MS = 5_000

/** `@anycontact/sync`, in one process or in several. */
export const syncEngine: Engine = {
  openLedger: async (now, random) =>
    sqliteLedger(':memory:', { clock: { now }, newSalt: () => String(random()) }),
  async run(means) {
    const { ledger, clock, random, signal, definition, start, isAllowedToDelete } = means
    const options = {
      ledger,
      signal,
      clock,
      random,
      chunkSize: definition.chunkSize,
      ...(isAllowedToDelete && { maxDeletions: 1 }),
    }
    if (definition.workers === 0) await runSync(syncOf(means), options)
    else await work(syncOf(means), { ...options, start, pollMs: POLL_MS })
  },
  async newestRun(ledger, { route }) {
    const [run] = await ledger.runs(`${route.source} to ${route.target}`, 1)
    return run
  },
  async decide(ledger, { route }, choose) {
    const sync = `${route.source} to ${route.target}`
    const pairs = new Map((await everyPair(ledger, sync)).map((pair) => [pair.id, pair]))
    const decided: Decided[] = []
    for (const { id, pair, field } of await ledger.conflicts(sync)) {
      const side = choose()
      if (side === undefined) continue
      await ledger.decide(sync, id, side)
      decided.push({ ...idsOf(pairs.get(pair)), field, side })
    }
    return decided
  },
  async problems(ledger, { route }) {
    const sync = `${route.source} to ${route.target}`
    const pairs = new Map((await everyPair(ledger, sync)).map((pair) => [pair.id, pair]))
    const problems: Problem[] = []
    for (const pair of pairs.values())
      if (pair.problem) problems.push({ ...idsOf(pair), why: pair.problem.code })
    for (const { pair, field } of await ledger.conflicts(sync))
      problems.push({ ...idsOf(pairs.get(pair)), field, why: 'to be decided' })
    return problems
  },
}

function idsOf(pair: Pair | undefined) {
  return { source: pair?.source?.id, target: pair?.target?.id }
}

async function everyPair(ledger: Ledger, sync: string): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let after = 0; ; ) {
    const page = await ledger.pairs(sync, { after, limit: 500 })
    pairs.push(...page)
    const last = page.at(-1)
    if (!last) return pairs
    after = last.id
  }
}
