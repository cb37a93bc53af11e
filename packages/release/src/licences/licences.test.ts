import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publishedPackages } from '../published.ts'
import { isAllowed } from './policy.ts'
import { installedWith } from './walk.ts'

let path: string
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'anycontact-licences-'))
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

function write(folder: string, manifest: object): string {
  const whole = join(path, folder)
  mkdirSync(whole, { recursive: true })
  writeFileSync(join(whole, 'package.json'), JSON.stringify(manifest))
  return whole
}

test('what comes with our packages is under licences that are allowed', () => {
  const installed = installedWith(publishedPackages())
  expect(installed.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ofetch', 'destr', 'valibot', 'hono']),
  )
  expect(installed.filter((each) => !isAllowed(each))).toEqual([])
})

test('the walk goes through a store of links, once through a circle, and not into what is for development', () => {
  const start = write('ours', { name: 'ours', dependencies: { a: '1' }, devDependencies: { tool: '1' } })
  write('ours/node_modules/tool', { name: 'tool', version: '1.0.0', license: 'GPL-3.0' })
  const a = write('store/a@1/node_modules/a', {
    name: 'a',
    version: '1.0.0',
    license: 'ISC',
    dependencies: { b: '1' },
  })
  const b = write('store/b@1/node_modules/b', {
    name: 'b',
    version: '1.2.0',
    license: { type: 'GPL-3.0' },
    peerDependencies: { a: '1', missing: '1' },
  })
  const links = [
    [a, 'ours/node_modules/a'],
    [b, 'store/a@1/node_modules/b'],
    [a, 'store/b@1/node_modules/a'],
  ] as const
  for (const [target, link] of links) {
    mkdirSync(dirname(join(path, link)), { recursive: true })
    symlinkSync(target, join(path, link), 'junction')
  }
  const installed = installedWith([{ name: 'ours', path: start }])
  expect(installed).toEqual([
    { name: 'a', version: '1.0.0', licence: 'ISC', neededBy: ['ours', 'b'] },
    { name: 'b', version: '1.2.0', licence: 'GPL-3.0', neededBy: ['a'] },
  ])
  expect(installed.filter((each) => !isAllowed(each)).map(({ name }) => name)).toEqual(['b'])
})

test('a dependency that is not installed is told, not passed over', () => {
  const start = write('ours', { name: 'ours', dependencies: { gone: '1' } })
  expect(() => installedWith([{ name: 'ours', path: start }])).toThrow(
    'gone, which ours needs, is not installed.',
  )
})

test.each([
  ['a', 'MIT', true],
  ['a', '(MIT OR GPL-3.0)', true],
  ['a', 'MIT AND ISC', true],
  ['a', 'MIT AND GPL-3.0', false],
  ['a', 'MPL-2.0', false],
  ['ical.js', 'MPL-2.0', true],
  ['ical.js', 'GPL-3.0', false],
  ['toString', 'none', false],
])('%s under %s is allowed: %s', (name, licence, allowed) => {
  expect(isAllowed({ name, licence })).toBe(allowed)
})
