import { expect, test } from 'vitest'
import type { LedgerChange } from '../change.ts'
import type { PairQuery } from '../ledger.ts'
import { requiredText } from '../rows/row.ts'
import { commit } from './commit.ts'
import { readConflicts } from './conflicts.ts'
import { Database } from './database.ts'
import { type Driver, loadDriver } from './driver.ts'
import { MIGRATIONS } from './migrations.ts'
import { readPairs } from './pairs.ts'
import { readIntents, readStaged } from './records.ts'

/** An empty ledger, and what SQLite means to do at each statement that was prepared. */
async function plannedLedger(): Promise<{ database: Database; plans: Map<string, string> }> {
  const openFile = await loadDriver('node:sqlite')
  const file = openFile(':memory:')
  for (const migration of MIGRATIONS) file.exec(migration)
  file.exec(
    "INSERT INTO sync VALUES (1, 'one', '{}', 'salt', 1); INSERT INTO claim VALUES (1, 'run', 'h', 1, 9)",
  )
  const plans = new Map<string, string>()
  const driver: Driver = {
    ...file,
    prepare(sql) {
      if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(sql)) {
        const plan = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([])
        plans.set(sql, plan.map((row) => requiredText(row, 3)).join('; '))
      }
      return file.prepare(sql)
    },
  }
  return { database: new Database(driver), plans }
}

const claim = { sync: 'one', task: 'run', holder: 'h', fence: 1 }

test('no statement of a commit reads a table, or all of a sync', async () => {
  const { database, plans } = await plannedLedger()
  const pair = { keyHash: 'k', shard: 0, source: { id: 's', seen: 1 }, target: { id: 't', seen: 1 } }
  const changes: readonly LedgerChange[] = [
    { type: 'pair', pair },
    { type: 'pair', pair: { ...pair, keyHash: 'k2' } },
    { type: 'pair', pair: { ...pair, id: 2, keyHash: 'k3' } },
    { type: 'seen', side: 'source', generation: 1, pairs: [1] },
    { type: 'seen', side: 'target', generation: 1, pairs: [1] },
    { type: 'drop', pairs: [1] },
    { type: 'intent', intent: { id: 'i', keyHash: 'k', shard: 0, side: 'target', operation: 'create' } },
    { type: 'settled', intents: ['i'] },
    {
      type: 'generation',
      generation: { side: 'source', number: 1, state: 'partial', read: 1, startedAt: 1 },
    },
    { type: 'unstage', sequences: [1] },
    { type: 'conflict', conflict: { id: 'c', pair: 2, shard: 0, field: 'name', foundAt: 1 } },
    { type: 'resolved', conflicts: ['c'] },
    { type: 'run', run: { number: 1, phase: 'done', state: 'done', startedAt: 1, resumes: 0 } },
    { type: 'count', run: 1, counts: { created: 1 } },
    { type: 'definition', definition: {} },
  ]
  commit(database, 1, claim, changes, 5)
  expect(plans.size).toBeGreaterThan(20)
  for (const [sql, plan] of plans) {
    const what = `${sql}: ${plan}`
    expect(what).not.toMatch(/SCAN (?!json_each)/)
    // An index of which only the sync is given is the whole sync.
    expect(what).not.toMatch(
      /(pair|pair_values|staged|conflict|intent)( USING [A-Z ]*INDEX \w+)? \(sync=\?( AND \w+>\?)?\)/,
    )
  }
})

test('lookups go by an index, and pages by the numbers of the rows', async () => {
  const { database, plans } = await plannedLedger()
  const plansOf = (read: () => unknown): string => {
    plans.clear()
    read()
    return [...plans.values()].join('\n')
  }
  const byNumber =
    /^SEARCH pair USING INTEGER PRIMARY KEY \(rowid>\?\); SEARCH pair_values USING INTEGER PRIMARY KEY \(rowid=\?\)$/
  const pairs: readonly (readonly [PairQuery, RegExp])[] = [
    [{ side: 'source', ids: ['s'] }, /^SEARCH pair USING INDEX pair_source \(sync=\? AND source_id=\?\)/],
    [{ side: 'target', ids: ['s'] }, /^SEARCH pair USING INDEX pair_target \(sync=\? AND target_id=\?\)/],
    [{ keyHashes: ['k'] }, /^SEARCH pair USING INDEX pair_key \(sync=\? AND key_hash=\?\)/],
    [{ missing: 'source', generation: 2, limit: 5 }, byNumber],
    [{ missing: 'target', generation: 2, limit: 5, after: 7, shard: 3 }, byNumber],
    [{ limit: 5 }, byNumber],
    [{ having: 'both', limit: 5 }, byNumber],
    [{ having: 'source-only', limit: 5, after: 7 }, byNumber],
    [{ having: 'target-only', limit: 5, shard: 3 }, byNumber],
    [
      { having: 'problem', limit: 5, after: 7 },
      /^SEARCH pair USING INDEX pair_problem \(sync=\? AND rowid>\?\); SEARCH pair_values [^;]*$/,
    ],
  ]
  for (const [query, plan] of pairs) expect(plansOf(() => readPairs(database, 1, query))).toMatch(plan)
  expect(plansOf(() => readStaged(database, 1, { shard: 1, limit: 5 }))).toMatch(
    /^SEARCH staged USING INDEX staged_shard \(sync=\? AND shard=\?\)$/,
  )
  expect(plansOf(() => readConflicts(database, 1, { after: 'c', limit: 5 }))).toMatch(
    /^SEARCH conflict USING INTEGER PRIMARY KEY \(rowid>\?\)/,
  )
  expect(plansOf(() => readConflicts(database, 1, { pairs: [1] }))).toMatch(
    /^SEARCH conflict USING INDEX conflict_pair \(pair=\?\)/,
  )
  expect(plansOf(() => readIntents(database, 1, 5, undefined))).toMatch(/^SEARCH intent USING INDEX/)
})
