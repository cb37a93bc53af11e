/**
 * Measures, and prints tables: `pnpm bench`. With `--write` they are also put into the guide on performance. `--help` says what else
 * it takes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { type BenchOptions, readOptions, UsageError, usage } from './options.ts'
import { othersMachines, putTables } from './report/guide.ts'
import { machineTable } from './report/machine.ts'
import { putFigures } from './report/readme.ts'
import { toMarkdown } from './report/table.ts'
import { runSuites } from './run-suites.ts'
import { suites } from './suites/index.ts'
import { installPeers } from './suites/peers.ts'

const root = new URL('../../../', import.meta.url)
const guideFile = new URL('docs/guides/performance.md', root)
const readmeFile = new URL('README.md', root)

const startedAt = performance.now()
const names = suites.map(({ name }) => name)
const values = optionsOrExit()
const chosen = suites.filter(({ name }) => values.only.includes(name))
const machine = machineTable()
if (values.write) {
  checkGuide(chosen.flatMap((suite) => suite.tables))
  if ((await installPeers()) === undefined) process.exit(1)
}
console.log(`${toMarkdown(machine)}\n`)
const { tables: measured, failed } = await runSuites(chosen, values, console.log)
const tables = [machine, ...measured]
console.log(`All: ${Math.round((performance.now() - startedAt) / 1000)} s`)
if (values.write) {
  checkGuide(measured.map(({ id }) => id))
  const guide = putTables(readFileSync(guideFile, 'utf8'), tables)
  writeFileSync(guideFile, guide)
  // README's figures are those of the guide.
  writeFileSync(readmeFile, putFigures(readFileSync(readmeFile, 'utf8'), guide))
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}.`)
  process.exitCode = 1
}

function optionsOrExit(): BenchOptions {
  try {
    const options = readOptions(process.argv.slice(2), names)
    if (!options.help) return options
    console.log(usage(names))
    process.exit()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`${error.message}\n\n${usage(names)}`)
    process.exit(2)
  }
}

/** Ends where the guide would have tables of two machines. */
function checkGuide(ids: readonly string[]): void {
  const guide = readFileSync(guideFile, 'utf8')
  const others = othersMachines(guide, ids, machine)
  if (others.length === 0) return
  console.error(
    `Nothing is written. These tables of the guide are of another machine or another Node, and would stay: ${others.join(', ')}. Write all, without \`--only\`.`,
  )
  process.exit(1)
}
