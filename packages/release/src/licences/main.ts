/** Prints what users install with our packages and under which licence, and fails for a licence that nobody has allowed. */
import { publishedPackages } from '../published.ts'
import { isAllowed } from './policy.ts'
import { installedWith } from './walk.ts'

const installed = installedWith(publishedPackages())
const rows = installed.map(({ name, version, licence, neededBy }) => [
  name,
  version,
  licence,
  neededBy.join(', '),
])
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))

const refused = installed.filter((each) => !isAllowed(each))
for (const { name, licence, neededBy } of refused) {
  console.error(
    `\n${name}, for ${neededBy.join(' and ')}, comes under "${licence}", which nobody has allowed.`,
  )
}
if (refused.length > 0) {
  console.error(
    '\nTake another package, or allow the licence by name in packages/release/src/licences/policy.ts and say why.',
  )
  process.exitCode = 1
} else console.log(`\n${installed.length} packages come with ours, each under a licence that is allowed.`)
