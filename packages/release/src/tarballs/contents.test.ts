import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packAll, type Tarballs } from '@anycontact/smoke'
import { beforeAll, describe, expect, test } from 'vitest'
import { publishedPackages, toObject } from '../published.ts'
import { tarballProblems } from './contents.ts'
import { unpack } from './unpack.ts'

const packages = publishedPackages()
let tarballs: Tarballs

beforeAll(async () => {
  tarballs = await packAll()
}, 300_000)

function filesOf(name: string): ReadonlyMap<string, string> {
  const tarball = tarballs.get(name)
  if (tarball === undefined) throw new Error(`${name} was not packed.`)
  return unpack(tarball)
}

function versionOf(name: string): string {
  return String(packages.find((each) => each.name === name)?.manifest.version)
}

describe.each(packages)('the tarball of $name', ({ name, manifest }) => {
  test('has what users need and nothing else', () => {
    expect(tarballProblems(filesOf(name))).toEqual([])
  })

  test('asks for the core that it was packed with', () => {
    const core = toObject(toObject(JSON.parse(filesOf(name).get('package.json') ?? '')).dependencies)[
      '@anycontact/core'
    ]
    const wanted = toObject(manifest.dependencies)['@anycontact/core']
    // A package that is new has not yet the version that it will be released with.
    expect(core).toBe(wanted === undefined ? undefined : `^${versionOf('@anycontact/core')}`)
  })

  test('can be read: code as it was written, with its comments', () => {
    const code = [...filesOf(name)].filter(([path]) => path.endsWith('.js') && path !== 'dist/api.js')
    const lines = code.flatMap(([, text]) => text.split('\n'))
    expect(lines.filter((line) => line.length > 2000 && !/^(im|ex)port /.test(line))).toEqual([])
    expect(lines.some((line) => line.trimStart().startsWith('/**'))).toBe(true)
  })
})

test('a changelog is packed as soon as there is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anycontact-pack-'))
  try {
    const folders = packages.map(({ folder: at, manifest }) => {
      const copy = join(folder, at)
      mkdirSync(copy, { recursive: true })
      writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest))
      writeFileSync(join(copy, 'CHANGELOG.md'), '# Changes\n')
      return copy
    })
    const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', ...folders], {
      encoding: 'utf8',
    })
    const packed: unknown = JSON.parse(answer)
    for (const each of Array.isArray(packed) ? packed : []) {
      expect(toObject(each).files).toContainEqual(expect.objectContaining({ path: 'CHANGELOG.md' }))
    }
    expect(packed).toHaveLength(packages.length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

describe('a tarball that is wrong', () => {
  const good = {
    'package.json': JSON.stringify({
      version: '0.0.0',
      types: './dist/index.d.ts',
      exports: { '.': './dist/index.js' },
    }),
    'README.md': '',
    LICENSE: '',
    'dist/index.js': "export * from './part-a1.js'",
    'dist/index.d.ts': "export * from './part-b2.js'",
    'dist/part-a1.js': '',
    'dist/part-b2.d.ts': '',
  }
  const problemsWith = (files: Readonly<Record<string, string>>): readonly string[] =>
    tarballProblems(new Map(Object.entries({ ...good, ...files })))

  test('one that is right has no problems', () => expect(problemsWith({})).toEqual([]))

  test.each([
    [{ 'dist/testing/setup.js': '' }, 'dist/testing/setup.js is for tests'],
    [{ 'dist/index.test.js': '' }, 'dist/index.test.js is for tests'],
    [{ 'src/index.ts': '' }, 'src/index.ts is nothing that users need'],
    [{ 'dist/index.js.map': '' }, 'dist/index.js.map is nothing that users need'],
    [{ 'api-report/index.api.md': '' }, 'api-report/index.api.md is nothing that users need'],
    [{ 'dist/old-c3.js': '' }, expect.stringContaining('nothing leads to dist/old-c3.js')],
    [
      { 'dist/index.js': "import './gone.js'\nexport * from './part-a1.js'" },
      'dist/index.js names dist/gone.js, which is not there',
    ],
    [
      { 'dist/part-a1.js': '//# sourceMappingURL=part-a1.js.map' },
      'dist/part-a1.js names part-a1.js.map, which is not there',
    ],
    [
      { 'package.json': good['package.json'].replace('{', '{"dependencies":{"a":"workspace:^"},') },
      'dependencies has a at workspace:^',
    ],
    [{ 'package.json': good['package.json'].replace('0.0.0', '0.1.0') }, 'CHANGELOG.md is missing'],
    [
      { 'package.json': good['package.json'].replace('dist/index.js', 'dist/main.js') },
      'package.json names dist/main.js, which is not there',
    ],
  ])('%o', (files, problem) => {
    expect(problemsWith(files)).toContainEqual(problem)
  })
})
