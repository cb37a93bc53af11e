/**
 * Counts the source files that one call passes on its way: those of core and of the adapter that had a function entered between the
 * client's method and its result. Modules' own bodies, dependencies and the emulated vendor are not counted.
 *
 * `pnpm flow` fails above the budget, `--report` only prints, `--verbose` names the files.
 */
import { resolve } from 'node:path'
import { type Entered, startCoverage } from './flow/coverage.ts'
import { type MeasuredCall, programs } from './flow/programs.ts'

/** How many of our files a call may pass: what a reader holds in mind who follows it. */
const BUDGET = { read: 25, write: 32 } as const satisfies Record<MeasuredCall['kind'], number>

const root = resolve(import.meta.dirname, '..')
const verbose = process.argv.includes('--verbose')
const over: string[] = []
let counted: readonly string[] = []
const measure = startCoverage((path) => counted.some((folder) => path.startsWith(folder)))

console.log(row(['provider', 'call', 'files', 'core', 'http', 'adapter', 'functions', 'budget']))
for (const { provider, calls } of await programs()) {
  counted = ['core', provider].map((name) => `${root}/packages/${name}/src/`)
  for (const { name, kind, run } of calls) {
    // The first time, what is made once a client is made.
    await run()
    print(provider, name, BUDGET[kind], await measure(run))
  }
}

if (over.length > 0) {
  console.log(`\nOver the budget:\n${over.join('\n')}`)
  if (!process.argv.includes('--report')) process.exitCode = 1
} else {
  console.log('\nEvery call is within its budget.')
}

function print(provider: string, name: string, budget: number, entered: Entered): void {
  const files = [...entered.keys()].map((path) => path.slice(`${root}/packages/`.length)).sort()
  const within = (folder: string): number => files.filter((file) => file.startsWith(folder)).length
  const functions = [...entered.values()].reduce((sum, count) => sum + count, 0)
  const figures = [
    files.length,
    within('core/'),
    within('core/src/http/'),
    within(`${provider}/`),
    functions,
    budget,
  ]
  console.log(row([provider, name, ...figures.map(String)]))
  if (verbose) for (const file of files) console.log(`    ${file}`)
  if (files.length === 0) {
    throw new Error(
      `${provider}: ${name} passed no source file: run it by \`pnpm flow\`, which resolves packages to their sources.`,
    )
  }
  if (files.length > budget) {
    over.push(`${provider}: ${name} passes ${files.length} files; the budget is ${budget}.`)
  }
}

function row([provider = '', name = '', ...figures]: readonly string[]): string {
  return `${provider.padEnd(16)}${name.padEnd(18)}${figures.map((figure) => figure.padStart(10)).join('')}`
}
