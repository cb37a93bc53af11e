/**
 * Writes down what each package lets its users import, as `api-report/*.api.md` in its folder, so that a change of it is seen in
 * review. With `--check` it writes nothing, shows what has changed, and fails.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedPackages } from '../published.ts'
import { changedLines } from './difference.ts'
import { entriesOf, keptReports, REPORTS, reportOf } from './report.ts'

const check = process.argv.includes('--check')
let changed = 0
let kept = 0

for (const published of publishedPackages()) {
  const { path, folder } = published
  const entries = entriesOf(published)
  mkdirSync(join(path, REPORTS), { recursive: true })
  for (const entry of entries) {
    const file = join(path, entry.report)
    const now = reportOf(path, entry)
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    kept++
    if (now === before) continue
    tell(`${folder}/${entry.report}`, changedLines(before, now))
    if (!check) writeFileSync(file, now)
  }
  for (const report of keptReports(path)) {
    if (entries.some((entry) => entry.report === report)) continue
    tell(`${folder}/${report}`, ['- the whole entry'])
    if (!check) rmSync(join(path, report))
  }
}

if (changed === 0) console.log(`What users can import is as the ${kept} reports have it.`)
else if (check) {
  console.error(
    '\nWhat users can import has changed. `pnpm api` writes it down; a changeset says it to users.',
  )
  process.exitCode = 1
}

function tell(place: string, lines: readonly string[]): void {
  changed++
  console.log(`${place}\n${lines.map((line) => `  ${line}`).join('\n')}`)
}
