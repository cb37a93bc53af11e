import type { Ledger } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pair.ts'
import type { Generation, Phase, Run, RunCounts } from '../ledger/records.ts'

/** How far a run is. */
export interface RunProgress {
  readonly phase: Phase
  /** How many contacts were read of each side. */
  readonly read: Readonly<Record<Side, number>>
  /** How many each side has, where its provider tells. */
  readonly total: Readonly<Partial<Record<Side, number>>>
  /**
   * How long it waits now, in milliseconds, because a write may still be under way that an earlier process has sent, or whose answer was
   * lost; absent while it is at work.
   */
  readonly waitMs?: number
}

/** What a run did, or, for a dry run, would do. Every contact that was read ends as one of these. */
export interface SyncReport {
  /** The number of the run. */
  readonly run: number
  /**
   * `done`: the run has come to its end. `stopped`: it would have deleted more than it may without being asked. A worker can also see
   * `running`, where others go on.
   */
  readonly state: Run['state']
  /** How often it was taken up again after it was killed or stopped. */
  readonly resumes: number
  /** Contacts that were read of each side. */
  readonly read: Readonly<Record<Side, number>>
  /** Records of each side that could not be read, such as rows of inputs that were refused. They are in no other count. */
  readonly unreadable: Readonly<Record<Side, number>>
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
  /** Contacts that cannot be synced, for example for want of a key; `listProblems` tells which. */
  readonly skipped: number
  /** Contacts that could not be written; they are tried again in the next run, and `listProblems` tells which. */
  readonly failed: number
  /** Fields that wait for a decision; `listConflicts` tells which. */
  readonly conflicts: number
  /** How many writes were made to each side. */
  readonly writes: Readonly<Record<Side, number>>
  /** How often each field of the source was left out, because it is named in `lost`. */
  readonly lost: RunCounts
  /** How often each field was not kept by a provider, although it was written. */
  readonly dropped: RunCounts
  /** How often each field of a provider was kept in another spelling than it was written in. */
  readonly rewritten: RunCounts
  /** How often each field was cleared on one side, because the other one has no value. */
  readonly cleared: RunCounts
  /**
   * Whether each side was read whole. Where one was not, nothing was deleted, and contacts that it did not show are looked at in the
   * next run.
   */
  readonly complete: boolean
  readonly startedAt: string
  readonly endedAt: string
  readonly dryRun: boolean
}

/** Makes the report of a run of what the ledger has counted. */
export function reportOf(
  run: Run & { readonly counts: RunCounts },
  generations: Readonly<Partial<Record<Side, Generation>>>,
  dryRun: boolean,
): SyncReport {
  const { counts } = run
  const count = (name: string): number => counts[name] ?? 0
  const group = (prefix: string): RunCounts =>
    Object.fromEntries(
      Object.entries(counts).flatMap(([name, value]) =>
        name.startsWith(`${prefix}:`) ? [[name.slice(prefix.length + 1), value]] : [],
      ),
    )
  return {
    run: run.number,
    state: run.state,
    resumes: run.resumes,
    read: { source: generations.source?.read ?? 0, target: generations.target?.read ?? 0 },
    unreadable: {
      source: generations.source?.unreadable ?? 0,
      target: generations.target?.unreadable ?? 0,
    },
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    deleted: count('deleted'),
    skipped: count('skipped'),
    failed: count('failed'),
    conflicts: count('conflicts'),
    writes: { source: count('writes:source'), target: count('writes:target') },
    lost: group('lost'),
    dropped: group('dropped'),
    rewritten: group('rewritten'),
    cleared: group('cleared'),
    complete: generations.source?.state === 'complete' && generations.target?.state === 'complete',
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: new Date(run.endedAt ?? run.startedAt).toISOString(),
    dryRun,
  }
}

/** The report of the newest run of a sync, as far as it is; `undefined` where it never ran. */
export async function lastReport(ledger: Ledger, sync: string): Promise<SyncReport | undefined> {
  const [run] = await ledger.runs(sync, 1)
  if (!run) return undefined
  const generations: Partial<Record<Side, Generation>> = {}
  for (const generation of await ledger.generations(sync)) generations[generation.side] = generation
  return reportOf(run, generations, false)
}
