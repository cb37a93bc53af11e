/**
 * What users of the packed packages do with compilers and test runners, in throw-away projects. Prints a table; ends with 1 when
 * something does not hold. A tool that cannot be had is a failure in CI, and said elsewhere.
 *
 * `--nightly` tries everything with everything; `--only "a few words"` runs the rows that have them.
 */
import { parseArgs } from 'node:util'
import { packAll } from '@anycontact/smoke'
import { lineOf, runChecks, verdictOf } from './check.ts'
import { cloneChecks } from './clone.ts'
import { commonJsChecks } from './common-js.ts'
import { compilerChecks } from './compilers.ts'
import { newProjectChecks } from './new-project.ts'
import { testRunnerChecks } from './test-runners.ts'
import { findTools } from './tools.ts'

const { values } = parseArgs({
  options: { nightly: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
})
const words = values.only.toLowerCase().split(/\s+/).filter(Boolean)

const [tarballs, tools] = await Promise.all([packAll(), findTools()])
await using stack = new AsyncDisposableStack()
const compilers = await compilerChecks(tarballs, tools, values.nightly)
stack.use(compilers.project)
const commonJs = await commonJsChecks(tarballs, tools)
stack.use(commonJs.project)
const newProject = await newProjectChecks(tarballs, tools)
stack.use(newProject.project)
const checks = [
  ...compilers.checks,
  ...commonJs.checks,
  ...newProject.checks,
  ...testRunnerChecks(tarballs, tools),
  ...cloneChecks(values.nightly),
]

const chosen = checks.filter((check) => {
  const line = `${check.subject} ${check.setting}`.toLowerCase()
  return words.every((word) => line.includes(word))
})
if (chosen.length === 0) throw new Error('No check has these words.')

const outcomes = await runChecks(chosen, 2, (outcome) => console.log(lineOf(outcome)))
const { text, ok } = verdictOf(outcomes, Boolean(process.env.CI))
console.log(`\n${text}`)
if (!ok) process.exitCode = 1
