/** The last part of the demo: a sync that is killed twice on the way, comes to its end, and runs again after changes. */
import type { CognipeerContacts } from '@anycontact/cognipeer'
import { attempt, type ProgramStart, type Progress } from './attempt.ts'
import type { SyncCounts } from './message.ts'

/** The target, as somebody sees it who looks into the vendor's store. */
export interface TargetStore {
  /** How many contacts it has. */
  readonly count: () => number
  /** How many requests it has received. */
  readonly requests: () => number
}

/** What is changed of a contact between the two runs. */
export const CHANGE = { customFields: { plan: 'enterprise' } } as const

/** One start of the program. */
export interface StartReport {
  readonly wasKilled: boolean
  /** How many contacts the target had afterwards. */
  readonly stored: number
  /** How many requests the target received meanwhile. */
  readonly requests: number
  readonly elapsedMs: number
}

/** What became of the sync. */
export interface SyncingReport {
  /** Each start of the program, in order: those that were killed, the one that came to the end, and the one after the changes. */
  readonly starts: readonly StartReport[]
  /** What the run came to that was killed on its way. */
  readonly first: SyncCounts
  /** What the run came to after the changes. */
  readonly second: SyncCounts
  /** How many contacts were changed at the source between the two runs. */
  readonly changed: number
}

/** What is synced, and how it is disturbed. */
export interface SyncingInit {
  readonly start: ProgramStart
  readonly source: Pick<CognipeerContacts, 'updateMany'>
  readonly target: TargetStore
  /** The program is killed when the target has so many contacts; once for each. */
  readonly killAt: readonly number[]
  /** External ids of the contacts that are changed between the two runs. */
  readonly changed: readonly string[]
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number
  readonly onProgress: (progress: Progress) => void
}

/**
 * Syncs, is killed, and syncs again.
 *
 * @throws Error where the program ends with an error, or comes to its end before it could be killed
 */
export async function runSyncing({
  start,
  source,
  target,
  killAt,
  changed,
  now,
  onProgress,
}: SyncingInit): Promise<SyncingReport> {
  const starts: StartReport[] = []
  const measured = async (limit?: number): Promise<SyncCounts | undefined> => {
    const [startedAt, sentBefore] = [now(), target.requests()]
    const counts = await attempt(start, {
      ...(limit !== undefined && { isTimeToKill: () => target.count() >= limit }),
      onProgress,
    })
    const [wasKilled, stored, requests] = [
      counts === undefined,
      target.count(),
      target.requests() - sentBefore,
    ]
    starts.push({ wasKilled, stored, requests, elapsedMs: now() - startedAt })
    return counts
  }
  for (const limit of killAt) {
    if (await measured(limit)) throw new Error(`The sync was at its end before ${limit} contacts were there.`)
  }
  const first = await measured()
  const changes = changed.map((externalId) => ({ ref: { externalId }, patch: CHANGE }))
  const { succeeded } = await source.updateMany(changes)
  const second = await measured()
  if (!first || !second) throw new Error('The sync was killed by somebody else.')
  return { starts, first, second, changed: succeeded.length }
}
