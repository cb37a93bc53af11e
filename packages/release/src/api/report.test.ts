import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publishedPackages } from '../published.ts'
import { changedLines } from './difference.ts'
import { entriesOf, keptReports, reportOf } from './report.ts'

const entry = { declarations: 'dist/index.d.ts', report: 'api-report/index.api.md' }
let path: string

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'anycontact-report-'))
  mkdirSync(join(path, 'dist'))
  writeFileSync(join(path, 'package.json'), '{ "name": "example", "version": "1.0.0", "type": "module" }')
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

function report(chunk: string, options: string): string {
  writeFileSync(
    join(path, 'dist', `${chunk}.d.ts`),
    `interface Options {\n  ${options};\n}\nexport { Options as t }\n`,
  )
  writeFileSync(
    join(path, 'dist/index.d.ts'),
    `import { t as Options } from './${chunk}.js'\n/** Says ${chunk}. */\nexport declare function make(options: Options): void;\n`,
  )
  return reportOf(path, entry)
}

test('a report tells signatures and what they are made of, neither comments nor names of chunks', () => {
  const before = report('types-a', 'readonly id: string')
  expect(before).toContain('export function make(options: Options): void;')
  expect(before).toContain('readonly id: string;')
  expect(report('types-b', 'readonly id: string')).toBe(before)
  const now = report('types-b', 'readonly id: string | undefined')
  expect(changedLines(before, now)).toEqual([
    '-     readonly id: string;',
    '+     readonly id: string | undefined;',
  ])
})

test('each entry of each package has a report, and no report is without its entry', () => {
  const names = publishedPackages().flatMap((published) => {
    const reports = entriesOf(published).map(({ report: file }) => file)
    expect([published.name, [...keptReports(published.path)].sort()]).toEqual([
      published.name,
      [...reports].sort(),
    ])
    return reports.map((file) => `${published.folder}/${file}`)
  })
  expect(names).toContain('packages/core/api-report/adapter-kit.api.md')
  expect(names).toContain('packages/contact-methods/api-report/api.api.md')
  expect(names).toContain('packages/chatbotkit/api-report/api.space.api.md')
})

test('an adapter hands on core by one line', () => {
  for (const { folder, path: at, manifest } of publishedPackages()) {
    if (!Object.hasOwn(Object(manifest.exports), './api') && !folder.endsWith('memory')) continue
    const lines = readFileSync(join(at, 'api-report/index.api.md'), 'utf8').split('\n')
    expect([folder, lines.filter((line) => line === 'export * from "@anycontact/core";')]).toHaveLength(2)
    expect(lines).not.toContain('export class ContactsError extends Error {')
  }
})
