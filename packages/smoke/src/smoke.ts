import type { Result } from '../program/checking.js'
import { judge, type Outcome, type Ran, type Way } from './outcome.ts'

/** Something that runs the program. */
export interface Runtime {
  readonly name: string
  /** How it can get to the emulators, and what runs the program so. */
  readonly ways: ReadonlyMap<Way, () => Promise<readonly Result[]>>
  /** What is known not to hold on it, by the names of the checks. */
  readonly exceptions?: Partial<Record<Way, readonly string[]>>
  /** Its version. @throws Error that says why it is not here, and how to get it. */
  version(): Promise<string>
}

/** Runs the program on every runtime, one after the other. What goes wrong on one stops none of the others. */
export async function smoke(
  runtimes: readonly Runtime[],
  onOutcome?: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const runtime of runtimes) {
    const outcome = await outcomeOf(runtime)
    onOutcome?.(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

async function outcomeOf(runtime: Runtime): Promise<Outcome> {
  const { name } = runtime
  let version: string
  try {
    version = await runtime.version()
  } catch (error) {
    return { name, missing: error instanceof Error ? error.message : String(error) }
  }
  const runs = new Map<Way, Ran>()
  for (const [way, run] of runtime.ways) {
    const startedAt = performance.now()
    let judged: Omit<Ran, 'ms'>
    try {
      judged = judge(await run(), runtime.exceptions?.[way] ?? [])
    } catch (error) {
      judged = { passed: 0, excepted: [], problems: [error instanceof Error ? error.message : String(error)] }
    }
    runs.set(way, { ...judged, ms: performance.now() - startedAt })
  }
  return { name, version, runs }
}
