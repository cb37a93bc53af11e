/**
 * Measures, and prints tables: `pnpm bench`. With `--write` they are also put into the guide on performance.
 *
 * `--only listing,memory` runs some suites, `--rounds 3` says how often each program runs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { putTables } from './report/guide.ts'
import { machineTable } from './report/machine.ts'
import { type Table, toMarkdown } from './report/table.ts'
import { suites } from './suites/index.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})
const names = values.only?.split(',')
const unknown = names?.filter((name) => !suites.some((suite) => suite.name === name)) ?? []
const rounds = Number(values.rounds)
if (unknown.length > 0 || !Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(
    unknown.length > 0
      ? `There is no suite ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`
      : '`--rounds` must be a whole number of 1 or more.',
  )
  process.exit(2)
}

const startedAt = performance.now()
const tables: Table[] = [machineTable()]
console.log(`${toMarkdown(machineTable())}\n`)
for (const suite of suites) {
  if (names && !names.includes(suite.name)) continue
  const suiteStartedAt = performance.now()
  for (const table of await suite.run({ rounds })) {
    tables.push(table)
    console.log(`${toMarkdown(table)}\n`)
  }
  console.log(`${suite.name}: ${Math.round((performance.now() - suiteStartedAt) / 1000)} s\n`)
}
console.log(`All: ${Math.round((performance.now() - startedAt) / 1000)} s`)
if (values.write) {
  const guide = new URL('../../../docs/guides/performance.md', import.meta.url)
  writeFileSync(guide, putTables(readFileSync(guide, 'utf8'), tables))
}
