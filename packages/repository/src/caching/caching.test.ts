import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { differing, planOf, ROOT, runAgain } from './plan.ts'
import { loadedBy, type Member, members } from './workspace.ts'

const plan = planOf(ROOT)
const packages = members()
const ADAPTERS = ['channel-inbox', 'chatbotkit', 'cognipeer', 'contact-methods']

/** What looks at files of every package, by task. */
const WHOLE = { test: ['repository'], typecheck: [] } as const

/** What waits for builds of what is published, whatever these are built of. */
const OF_TARBALLS = ['release', 'smoke']

const files = new Set([...plan.values()].flatMap(({ inputs }) => [...inputs]))
const withSources = packages.flatMap(({ name, folder }) => {
  const isSource = (path: string): boolean =>
    path.startsWith(`${folder}/src/`) && /(?<!\.test)\.ts$/.test(path)
  const file = [...files].sort().find(isSource)
  return file === undefined ? [] : [{ name, file }]
})

/** The plan does not show everything: what the root's package.json names of the workspace is in every hash. */
const REALLY_CHANGED = [
  'packages/cognipeer/src/mapping.ts',
  'packages/core/src/errors.test.ts',
  'packages/core/src/errors.ts',
  'packages/memory/README.md',
  'README.md',
]

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe.each(withSources)('a source of $name', ({ name, file }) => {
  test.each(['test', 'typecheck'] as const)(
    'has the %s run again of what loads it, and of nothing else',
    (task) => {
      const load = packages.filter((member) => member.name === name || loadedBy(member, packages).has(name))
      const expected = having(task, [...load.map((member) => member.name), ...WHOLE[task]])
      const again = runAgain(plan, file, task)
      // Where one is missing it loads the source by way of another package: it is to wait for `@anycontact/<name>#sources` too, in its
      // turbo.json.
      expect(again).toEqual(expect.arrayContaining([...expected]))
      expect(again.filter((other) => ![...expected, ...OF_TARBALLS].includes(other))).toEqual([])
    },
  )

  test('is built into what needs it, and into nothing else', () => {
    const need = packages.filter(
      (member) => member.name === name || loadedBy({ ...member, named: member.needed }, packages).has(name),
    )
    // One that has it for its tests alone says in its turbo.json which builds it waits for: `"dependsOn": ["@anycontact/core#build"]`.
    expect(runAgain(plan, file, 'build')).toEqual(
      having(
        'build',
        need.map((member) => member.name),
      ),
    )
  })
})

test.each([
  {
    file: 'packages/cognipeer/src/mapping.ts',
    tests: ['cognipeer', 'consumers', 'demo', 'integration', 'proofs'],
    others: ['chatbotkit', 'conformance', 'core', 'emulator', 'memory'],
  },
  {
    file: 'packages/core/src/errors.ts',
    tests: [...ADAPTERS, 'conformance', 'core', 'demo', 'example-adapter', 'integration', 'memory', 'proofs'],
    others: ['emulator'],
  },
  {
    file: 'packages/emulator/src/bin.ts',
    tests: [...ADAPTERS, 'emulator', 'consumers', 'demo', 'integration', 'proofs'],
    others: ['conformance', 'core', 'memory'],
  },
  {
    file: 'packages/conformance/src/index.ts',
    tests: [...ADAPTERS, 'conformance', 'example-adapter', 'memory'],
    others: ['core', 'demo', 'emulator', 'integration', 'proofs'],
  },
  {
    file: 'packages/sync/src/errors.ts',
    tests: ['sync'],
    others: [...ADAPTERS, 'core', 'emulator', 'formats', 'memory', 'playground'],
  },
  {
    file: 'packages/mcp/src/index.ts',
    tests: ['anycontact', 'mcp'],
    others: [...ADAPTERS, 'core', 'emulator', 'formats', 'memory', 'sync'],
  },
  {
    file: 'packages/core/README.md',
    tests: ['core'],
    others: [...ADAPTERS, 'consumers', 'integration', 'memory', 'smoke'],
  },
  {
    file: 'packages/core/src/errors.test.ts',
    tests: ['core', 'repository'],
    others: [...ADAPTERS, 'consumers', 'integration', 'memory', 'proofs', 'release', 'smoke'],
  },
  { file: 'packages/core/tsconfig.json', tests: ['core', 'cognipeer', 'memory'], others: ['emulator'] },
  { file: 'LICENSE', tests: ['release'], others: ['core', 'integration', 'repository'] },
  { file: 'README.md', tests: ['repository'], others: [...ADAPTERS, 'core', 'integration', 'proofs'] },
  { file: 'CONTRIBUTING.md', tests: ['repository'], others: [...ADAPTERS, 'core', 'integration', 'proofs'] },
  { file: 'docs/guides/promises.md', tests: ['repository'], others: ['core', 'proofs'] },
  { file: 'docs/guides/copying.md', tests: ['integration'], others: ['core', 'proofs', 'repository'] },
  { file: 'docs/guides/migrating.md', tests: ['consumers'], others: ['core', 'chatbotkit', 'repository'] },
  { file: 'docs/guides/writing-an-adapter.md', tests: ['example-adapter'], others: ['core', 'repository'] },
])('$file has the tests run again of $tests, and not of $others', ({ file, tests, others }) => {
  const again = runAgain(plan, file, 'test')
  expect(again).toEqual(expect.arrayContaining(tests))
  expect(again.filter((name) => others.includes(name))).toEqual([])
})

test('what every test sees runs every test again', () => {
  const all = [...plan].filter(([id, { runs }]) => runs && id.endsWith('#test'))
  for (const file of ['tsconfig.base.json', 'vitest.shared.ts'])
    expect(runAgain(plan, file, 'test')).toHaveLength(all.length)
})

test.each([
  'README.md',
  'docs/guides/testing.md',
  'docs/typedoc.json',
  'packages/core/README.md',
  'packages/core/src/errors.ts',
  'packages/core/package.json',
  'packages/conformance/src/index.ts',
])('%s is part of the site', (file) => {
  expect(runAgain(plan, file, 'docs')).toEqual(['docs'])
})

test('a test is no part of the site, of a tarball, or of the types of another package', () => {
  const file = 'packages/core/src/errors.test.ts'
  expect(runAgain(plan, file, 'docs')).toEqual([])
  expect(runAgain(plan, file, 'build')).toEqual([])
  expect(runAgain(plan, file, 'typecheck')).toEqual(['core'])
})

test('turbo’s own hashes change as this is read out of its plan', () => {
  const copy = mkdtempSync(join(tmpdir(), 'caching-'))
  folders.push(copy)
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  for (const path of listed.stdout.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path))))
    cpSync(join(ROOT, path), join(copy, path))
  const before = planOf(copy)
  for (const file of REALLY_CHANGED) {
    appendFileSync(join(copy, file), '\n')
    const after = planOf(copy)
    for (const task of ['test', 'typecheck', 'build', 'docs'])
      expect([file, task, differing(before, after, task)]).toEqual([file, task, runAgain(before, file, task)])
    cpSync(join(ROOT, file), join(copy, file))
  }
  const added = 'packages/cognipeer/src/added/file.ts'
  cpSync(join(ROOT, 'packages/cognipeer/src/mapping.ts'), join(copy, dirname(added), 'file.ts'))
  writeFileSync(join(copy, added), 'export {}\n')
  expect(differing(before, planOf(copy), 'test')).toEqual(
    runAgain(before, 'packages/cognipeer/src/mapping.ts', 'test'),
  )
})

/** Those of the packages that have such a task, sorted. */
function having(task: string, names: readonly string[]): readonly string[] {
  const runs = ({ fullName }: Member): boolean => plan.get(`${fullName}#${task}`)?.runs === true
  return packages
    .filter((member) => names.includes(member.name) && runs(member))
    .map(({ name }) => name)
    .sort()
}
