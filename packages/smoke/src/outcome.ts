import type { Result } from '../program/checking.js'

/**
 * How a program gets to the emulators: in its own process, served by another process, or served by its own. `ledger` needs none: it is
 * the suite of ledgers. Nor does `cli`, which is the command line.
 */
export type Way = 'in process' | 'socket' | 'listen()' | 'ledger' | 'cli'

/** All there are, in the order of the table. */
const ways: readonly Way[] = ['in process', 'socket', 'listen()', 'ledger', 'cli']

/** A run of the program. */
export interface Ran {
  readonly ms: number
  /** How many checks held. */
  readonly passed: number
  /** What did not hold, or kept the program from running. */
  readonly problems: readonly string[]
  /** The exceptions of the runtime that were met. */
  readonly excepted: readonly string[]
}

/** What became of one runtime: it was run in some ways, or cannot be had. */
export type Outcome = { readonly name: string } & (
  | { readonly version: string; readonly runs: ReadonlyMap<Way, Ran> }
  | { readonly missing: string }
)

/**
 * Judges what the checks of one run gave.
 *
 * @param exceptions What is known not to hold on this runtime, each by the name of its check. One that holds after all is a problem
 * too, so that the list stays true.
 */
export function judge(results: readonly Result[], exceptions: readonly string[]): Omit<Ran, 'ms'> {
  const problems: string[] = []
  if (results.length === 0) problems.push('The program ran no check.')
  for (const name of exceptions) {
    if (!results.some((result) => result.name === name)) problems.push(`${name}: there is no such check.`)
  }
  const excepted: string[] = []
  let passed = 0
  for (const { name, problem } of results) {
    const isException = exceptions.includes(name)
    if (problem !== undefined && isException) excepted.push(name)
    else if (problem !== undefined) problems.push(`${name}: ${problem}`)
    else if (isException) problems.push(`${name}: it holds now, and is still listed as an exception.`)
    else passed++
  }
  return { passed, problems, excepted }
}

/** The table and all that is wrong, and whether that makes the run fail. A runtime that is missing does so in CI alone. */
export function summarize(outcomes: readonly Outcome[], isCi: boolean): { text: string; ok: boolean } {
  const rows = [['runtime', 'version', ...ways]]
  const notes: string[] = []
  let ok = outcomes.length > 0
  for (const outcome of outcomes) {
    if ('missing' in outcome) {
      rows.push([outcome.name, 'missing', ...ways.map(() => (isCi ? 'FAILED' : 'skipped'))])
      notes.push(`${outcome.name} was ${isCi ? 'not found' : 'skipped'}: ${outcome.missing}`)
      ok &&= !isCi
      continue
    }
    rows.push([outcome.name, outcome.version, ...ways.map((way) => cell(outcome.runs.get(way)))])
    for (const [way, { problems, excepted }] of outcome.runs) {
      ok &&= problems.length === 0
      notes.push(...problems.map((problem) => `${outcome.name}, ${way}: ${problem}`))
      notes.push(...excepted.map((name) => `${outcome.name}, ${way}: known not to hold: ${name}`))
    }
  }
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return { text: [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n'), ok }
}

function cell(ran: Ran | undefined): string {
  if (ran === undefined) return '–'
  if (ran.problems.length > 0) return 'FAILED'
  const without = ran.excepted.length > 0 ? ` less ${ran.excepted.length}` : ''
  return `${ran.passed} ok${without}, ${(ran.ms / 1000).toFixed(1)} s`
}
