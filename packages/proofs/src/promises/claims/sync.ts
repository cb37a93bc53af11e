import type { Claim } from '../promise.ts'

/** The laws of a sync, in their order. */
export const syncClaims: readonly Claim[] = [
  {
    title: 'Syncs keep nine laws',
    promises: [
      {
        says: '1. Nothing doubled: a write whose outcome is not known is not made again before it cannot be under way any more, and what became of it is found out first.',
        keptBy: ['sync/engine/settle.ts', 'sync/engine/send-tasks.ts', 'sync/engine/intents.ts'],
        provenBy: ['sync/laws/nothing-doubled.test.ts'],
        without: {
          line: 'if (waitMs > 0) await clock.sleep(waitMs, signal ? AbortSignal.any([signal, lease.signal]) : lease.signal)',
        },
      },
      {
        says: '1. Nothing doubled: what is about to be written is in the ledger before it is sent.',
        keptBy: ['sync/engine/send-tasks.ts'],
        provenBy: ['sync/laws/nothing-doubled.test.ts'],
        without: {
          line: 'const intents = group.flatMap((sending) => sending.intents)',
          becomes: 'const intents: Intent[] = []',
        },
      },
      {
        says: '2. Nothing lost: how far a reading is, is stored with what came of the last contacts before it, and not earlier.',
        keptBy: ['sync/engine/send-tasks.ts', 'sync/engine/reconcile.ts'],
        provenBy: ['sync/laws/nothing-lost.test.ts', 'sync/engine/resumed-counts.test.ts'],
        without: { line: '...(isWhole ? last : []),', becomes: '...last,' },
      },
      {
        says: '3. No false deletion: only a complete reading of a side tells who is gone from it.',
        keptBy: ['sync/engine/complete-generation.ts', 'sync/engine/read-side.ts'],
        provenBy: ['sync/engine/complete-generation.test.ts', 'sync/laws/no-false-deletion.test.ts'],
        without: {
          line: "generation?.state === 'complete' ? new CompleteGeneration(generation)",
          becomes: 'generation ? new CompleteGeneration(generation)',
        },
      },
      {
        says: '3. No false deletion: a run that would delete more than `maxDeletions` deletes nobody, and asks.',
        keptBy: ['sync/engine/leftovers.ts'],
        provenBy: ['sync/laws/no-false-deletion.test.ts', 'sync/engine/deletion-guard.test.ts'],
        without: { line: 'if (most <= of * maxDeletions) return', becomes: 'return' },
      },
      {
        says: '4. No echo: what a provider has made of a write is what was agreed on, so that it is no change when it is read back.',
        keptBy: ['sync/engine/bring.ts', 'sync/engine/outcome.ts', 'sync/merge/merge.ts'],
        provenBy: ['sync/laws/no-echo.test.ts', 'sync/engine/run-sync.test.ts'],
        without: { line: 'const kept = stored.values', becomes: 'const kept = values' },
      },
      {
        says: '5. Convergence: whatever is edited on both sides, they are the same after a run, and the next one writes nothing.',
        keptBy: ['sync/merge/merge.ts', 'sync/engine/bring.ts', 'sync/engine/note-target.ts'],
        provenBy: ['sync/engine/convergence.property.test.ts'],
        without: { line: 'if (!isChangedHere) return { wanted: t }' },
      },
      {
        says: '6. Merging is by field, against what both sides had agreed on last.',
        keptBy: ['sync/merge/merge.ts'],
        provenBy: ['sync/laws/no-echo.test.ts', 'sync/merge/merge.test.ts'],
        without: { line: 'if (!isChangedHere) return { wanted: t }' },
      },
      {
        says: '7. One limit: all processes that share one stay within it together, in windows of any length.',
        keptBy: ['sync-bullmq/limit/turns.ts', 'sync-bullmq/limit/pace.ts'],
        provenBy: ['sync-bullmq/limit/turns.test.ts', 'sync-bullmq/limit/shared-rate-limit.test.ts'],
        without: {
          line: 'set due = greatest(least(due, @clock + $3), @clock) + $2,',
          becomes: 'set due = greatest(least(due, @clock + $3), @clock) + $2 / 2,',
        },
      },
      {
        says: '8. Flat: a run has a chunk of contacts in memory, however many there are.',
        keptBy: ['sync/engine/read-side.ts', 'sync/engine/leftovers.ts'],
        provenBy: ['sync/laws/flat.test.ts'],
        without: {
          line: 'if (!isLast && held.length + pageSize <= chunkSize) continue',
          becomes: 'if (!isLast) continue',
        },
      },
      {
        says: "9. Private: with `keep: 'hashes'` nothing of a person is in the ledger.",
        keptBy: ['sync/merge/snapshot.ts', 'sync/engine/note-target.ts', 'sync/engine/intents.ts'],
        provenBy: ['sync/laws/private.test.ts', 'sync/review/review.test.ts'],
        without: {
          line: "if (keep === 'values') return { hash, values }",
          becomes: 'return { hash, values }',
        },
      },
    ],
  },
]
