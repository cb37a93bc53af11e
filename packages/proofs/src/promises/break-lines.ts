/**
 * Takes out, one at a time, the lines that keep the promises, and fails unless the test that proves each goes red without it.
 * No file is changed: the line is replaced while the test loads it. `--only text` tries the promises whose sentence has the text.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CLAIMS } from './claims.ts'
import { type Broken, type Promised, pathOf } from './promise.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const config = fileURLToPath(new URL('../../broken.config.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'promises-'))
const only = process.argv[process.argv.indexOf('--only') + 1]
const isLimited = process.argv.includes('--only')

let bad = 0
for (const promised of CLAIMS.flatMap(({ promises }) => promises)) {
  if (isLimited && !promised.says.includes(only ?? '')) continue
  if (!promised.without) {
    console.log(`for the compiler: ${promised.says}`)
    continue
  }
  const problem = tryWithout(promised, promised.without)
  console.log(`${problem === undefined ? 'red, as it should be' : 'PROBLEM'}: ${promised.says}`)
  if (problem === undefined) continue
  console.error(`  ${problem}`)
  bad++
}
rmSync(folder, { recursive: true })
if (bad > 0) {
  console.error(`\n${bad} promises are not proven.`)
  process.exitCode = 1
} else {
  console.log('\nEach promise has a line without which its test goes red.')
}

function tryWithout({ keptBy, provenBy: [test] }: Promised, without: Broken): string | undefined {
  const { file = keptBy[0], line, becomes = '' } = without
  const source = resolve(root, pathOf(file))
  if (readFileSync(source, 'utf8').split(line).length !== 2)
    return `${file} does not have the line once: ${line}`
  const [home, path] = [resolve(root, pathOf(test).replace(/\/src\/.*/s, '')), resolve(root, pathOf(test))]
  const report = join(folder, 'report.json')
  const { status, stdout, stderr } = spawnSync('vitest', ['run', path, '--root', home, '--config', config], {
    cwd: home,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, BROKEN: JSON.stringify({ source, line, becomes }), BROKEN_REPORT: report },
  })
  if (status === 0) return `${test} stays green without: ${line}`
  if (failedTests(report) > 0) return undefined
  return `${test} did not run without: ${line}\n${`${stdout ?? ''}${stderr ?? ''}`.slice(-1000)}`
}

function failedTests(report: string): number {
  try {
    const { numFailedTests }: { readonly numFailedTests: number } = JSON.parse(readFileSync(report, 'utf8'))
    return numFailedTests
  } catch {
    return 0
  } finally {
    rmSync(report, { force: true })
  }
}
