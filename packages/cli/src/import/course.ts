import type { ContactEvent, RunProgress } from '@anycontact/sync'
import type { ProgressState } from '../output/progress.ts'
import type { Scan } from './scan.ts'

/** What is known of an import before it begins. */
export interface CourseInit {
  readonly scan: Pick<Scan, 'rows' | 'refused'>
  readonly provider: string
  readonly dryRun: boolean
  /** Whether a dry run is to keep all that would be created or changed, and not only the first. */
  readonly verbose: boolean
}

/** Why a contact was not imported. */
export type Problem = NonNullable<ContactEvent['problem']>

/** So many of each kind are shown where not all are asked for. */
export const SHOWN = 10

/** What has come of the rows so far. */
export class Course {
  /** What would be created and changed. */
  readonly planned: ContactEvent[] = []
  /** Of a dry run, by keys: why contacts would be refused. */
  readonly problems = new Map<string, Problem>()
  readonly #init: CourseInit
  readonly #counts: Record<ContactEvent['outcome'], number>
  #last: RunProgress | undefined

  /**
   * @param before - what came of rows in the part of the run that was stopped
   */
  constructor(init: CourseInit, before: Readonly<Record<string, number>>) {
    this.#init = init
    const count = (name: string): number => before[name] ?? 0
    this.#counts = {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      deleted: 0,
      skipped: count('skipped'),
      failed: count('failed'),
    }
  }

  take(event: ContactEvent): void {
    const { outcome, key, problem } = event
    this.#counts[outcome]++
    if (!this.#init.dryRun) return
    if (key !== undefined && problem) this.problems.set(key, problem)
    if (outcome !== 'created' && outcome !== 'updated') return
    if (this.#init.verbose || this.#counts[outcome] <= SHOWN) this.planned.push(event)
  }

  /** What the bar shows. */
  state(now: RunProgress | undefined = this.#last): ProgressState {
    this.#last = now
    const { provider, scan, dryRun } = this.#init
    if (now === undefined || now.phase === 'target') {
      const { read, total } = now ?? { read: { target: 0 }, total: {} }
      return { title: `Reading ${provider}`, done: read.target, total: total.target }
    }
    const { created, updated, unchanged, skipped, failed } = this.#counts
    const refused = scan.refused.length + skipped + failed
    const notes = [
      ...(created > 0 ? [`${created.toLocaleString('en-US')} created`] : []),
      ...(updated > 0 ? [`${updated.toLocaleString('en-US')} updated`] : []),
      ...(refused > 0 ? [`${refused.toLocaleString('en-US')} refused`] : []),
    ]
    return {
      title: dryRun ? 'Comparing' : 'Importing',
      done: created + updated + unchanged + refused,
      total: scan.rows,
      ...(notes.length > 0 && { note: notes.join(', ') }),
    }
  }
}
