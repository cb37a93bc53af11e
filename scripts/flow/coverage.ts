import { type Profiler, Session } from 'node:inspector'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** What ran during a call: each file that had a function entered, with how many of its functions. */
export type Entered = ReadonlyMap<string, number>

/** Measures which functions a call enters. */
export type Measure = (call: () => Promise<unknown>) => Promise<Entered>

/**
 * Starts V8's precise coverage in this process.
 *
 * @param isCounted - tells, of a file's absolute path, whether it is of interest
 * @returns a function that makes one call and tells what ran between its start and its settling; a module's own body is no function
 */
export function startCoverage(isCounted: (path: string) => boolean): Measure {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  // With `callCount` functions are not inlined away, and each reading begins again at zero.
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  return async (call) => {
    // What earlier calls left to do is theirs.
    await setImmediate()
    take(session)
    // What earlier calls left to do is theirs.
    await setImmediate()
    take(session)
    await call()
    const entered = new Map<string, number>()
    for (const { url, functions } of take(session)) {
      const path = url.startsWith('file:') ? fileURLToPath(url) : undefined
      const count = functions.filter(isEntered).length
      if (path !== undefined && count > 0 && isCounted(path)) entered.set(path, count)
    }
    return entered
  }
}

/** The counts since they were last read. A session in its own process answers before `post` returns. */
function take(session: Session): readonly Profiler.ScriptCoverage[] {
  let scripts: readonly Profiler.ScriptCoverage[] | undefined
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error) throw error
    scripts = coverage.result
  })
  if (!scripts)
    throw new Error('V8 did not answer at once: read the coverage through node:inspector/promises.')
  return scripts
}

/** Whether a function ran. A module's body is the function without a name that begins where the file does. */
function isEntered({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  const [whole] = ranges
  return whole !== undefined && whole.count > 0 && !(functionName === '' && whole.startOffset === 0)
}
