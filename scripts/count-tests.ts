/**
 * Adds up the packages' test reports and prints `N passed, N failed` as the last line of CI.
 * The argument is the number of CI steps that failed; each counts as one failure, so that a red run never reads `0 failed`.
 */
import { globSync, readFileSync } from 'node:fs'

const failedSteps = Number(process.argv[2] ?? 0)
let passed = 0
let failed = 0
for (const file of globSync(['packages/*/reports/vitest.json', 'docs/reports/vitest.json'])) {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  passed += count(report, 'numPassedTests')
  failed += count(report, 'numFailedTests')
}
if (passed === 0) {
  console.error('No test report was found: run the tests first.')
  failed += 1
}
console.log(`${passed} passed, ${failed + failedSteps} failed`)
if (failed + failedSteps > 0) process.exitCode = 1

function count(report: unknown, key: string): number {
  const value: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, key) : undefined
  return typeof value === 'number' ? value : 0
}
