import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { metadataProblems } from './metadata.ts'
import { publishedPackages, ROOT } from './published.ts'

const packages = publishedPackages()

test('the packages that are published are those that README lists', () => {
  const listed = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(
    /^\| \[`([^`]+)`\]\((packages\/[\w-]+)\/README\.md\) \|/gm,
  )
  expect(packages.map(({ name, folder }) => `${name} ${folder}`).sort()).toEqual(
    [...listed].map(([, name, folder]) => `${name} ${folder}`).sort(),
  )
})

test.each(packages)('$name says in its package.json what npm shows', (published) => {
  expect(metadataProblems(published)).toEqual([])
})

test.each(packages)('$name comes under the licence of the repository', ({ path }) => {
  expect(readFileSync(join(path, 'LICENSE'), 'utf8')).toBe(readFileSync(join(ROOT, 'LICENSE'), 'utf8'))
})
