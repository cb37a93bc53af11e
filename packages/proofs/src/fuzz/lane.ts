import { ContactsError } from '@anycontact/core'
import fc from 'fast-check'
import { CallersError } from './nonsense.ts'

/** What a fuzz did. */
export interface Report {
  /** How many tries ended with something that was done. */
  readonly taken: number
  /** How many ended with a ContactsError, or with what the caller's own code threw. */
  readonly refused: number
  /** What is wrong, and the command that replays it; `undefined` for nothing. */
  readonly failure: string | undefined
}

/** Where the tries of a lane begin, and for how long they go on. */
export interface Way {
  readonly seed: number
  /** How many tries; however busy the machine is, they are the same ones. @default as many as there is time for */
  readonly runs?: number | undefined
  /** @default as long as the tries take */
  readonly seconds?: number | undefined
  /** Of a try that is to be repeated. */
  readonly path?: string | undefined
}

/** One kind of tries. */
export interface Lane {
  readonly name: string
  run(way: Way): Promise<Report>
}

/** What a try found out: whether what was asked for was done. */
export type Verdict = 'taken' | 'refused'

/** What is wrong with the outcome of a try. */
export class Wrong extends Error {}

/** How long a try may take, of real time: everything is in this process. */
const MAX_MS = 10_000

/** The codes of errors about what the caller gave. */
const INPUT_CODES: ReadonlySet<string> = new Set(['invalid_input', 'config', 'unsupported'])

/**
 * Makes a lane.
 *
 * @param cases - what is tried; fast-check makes it smaller when something is wrong
 * @param attempt - tries it. What it throws that is no ContactsError is wrong
 * @param wordsOf - what the case is, for a failure
 */
export function lane<Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  attempt: (given: Case) => Promise<Verdict>,
  wordsOf: (given: Case) => string = fc.stringify,
): Lane {
  return {
    name,
    async run({ seed, runs = 100_000_000, seconds, path }) {
      const count = { taken: 0, refused: 0 }
      const unhandled = listen()
      const property = fc.asyncProperty(cases, async (given) => {
        count[await inTime(attempt(given))]++
        // What nobody handles is told in the next turn.
        await new Promise((resolve) => setImmediate(resolve))
        unhandled.check()
      })
      try {
        const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
          seed,
          ...(path === undefined ? { numRuns: runs } : { path, endOnFailure: true }),
          ...(seconds !== undefined && { interruptAfterTimeLimit: seconds * 1000 }),
        })
        if (!failed) return { ...count, failure: undefined }
        const problem = errorInstance instanceof Wrong ? errorInstance.message : stackOf(errorInstance)
        const replay = `pnpm fuzz --only ${name} --seed ${seed} --path ${counterexamplePath}`
        const what = counterexample === null ? '' : wordsOf(counterexample[0])
        return { ...count, failure: `${name}: ${what}\n${problem}\nReplay it: ${replay}` }
      } finally {
        unhandled.end()
      }
    },
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function listen(): { check(): void; end(): void } {
  let found: { readonly reason: unknown } | undefined
  const note = (reason: unknown): void => {
    if (!(reason instanceof CallersError)) found ??= { reason }
  }
  process.on('unhandledRejection', note)
  return {
    check() {
      const left = found
      found = undefined
      if (left) throw new Wrong(`left unhandled: ${stackOf(left.reason)}`)
    },
    end: () => process.off('unhandledRejection', note),
  }
}

/** Refuses to wait for ever. */
export async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Wrong(`hangs: nothing for ${MAX_MS} ms`)), MAX_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What became of a call: what it gave, or the error, which is one of those that there may be. */
export type Outcome = { readonly given: unknown } | { readonly error: unknown }

/**
 * Runs a call. An error must be a ContactsError, or what the caller's own code threw; one about what the caller gave must come before
 * any request.
 *
 * @param requests - how many the call has made so far
 */
export async function outcomeOf(run: () => unknown, requests: () => number): Promise<Outcome> {
  try {
    return { given: await run() }
  } catch (error) {
    checkError(error, requests())
    return { error }
  }
}

/** Refuses an error that nobody should see. */
export function checkError(error: unknown, requests = 0): void {
  if (error instanceof CallersError || error instanceof Wrong) return
  if (!ContactsError.is(error)) throw new Wrong(`threw ${stackOf(error)}`)
  // What the vendor itself refuses has a status: it is not for us to know its rules.
  const isOurs = INPUT_CODES.has(error.code) && error.status === undefined && error.applied === 'no'
  if (isOurs && requests > 0) throw new Wrong(`was refused after ${requests} requests: ${error.message}`)
}

/** The errors of the items of a batch or a copy that failed. */
export function failedIn(given: unknown): readonly unknown[] {
  const failed: unknown = member(given, 'failed')
  return Array.isArray(failed) ? failed.map((item) => member(item, 'error')) : []
}

/** A member of anything. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
