import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { syncClaims } from '../../proofs/src/promises/claims/sync.ts'
import { CLAIMS } from '../../proofs/src/promises/claims.ts'
import { withLaws, withPromises } from '../../proofs/src/promises/page.ts'
import { pathOf } from '../../proofs/src/promises/promise.ts'

const root = resolve(import.meta.dirname, '../../..')
const promises = CLAIMS.flatMap((claim) => claim.promises)
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8')

it('the page says what the claims come to; `pnpm docs:promises` writes it', () => {
  const page = read('docs/guides/promises.md')
  expect(page).toBe(withPromises(page, CLAIMS))
})

it('the guide to syncing names a line of each law; `pnpm docs:promises` writes it', () => {
  const page = read('docs/guides/syncing.md')
  const [claim, ...others] = syncClaims
  expect(others).toEqual([])
  expect(claim && withLaws(page, claim)).toBe(page)
  const laws = claim?.promises.map(({ says }) => says.slice(0, 2))
  expect([...new Set(laws)]).toEqual(['1.', '2.', '3.', '4.', '5.', '6.', '7.', '8.', '9.'])
})

it('README claims what there are promises for, and nothing else', () => {
  const [, list = ''] = /## What it does for you\n(.*?)\n## /s.exec(read('README.md')) ?? []
  const claimed = [...list.matchAll(/^- \*\*(.+?)\.\*\*/gm)].map(([, title]) => title)
  expect(claimed).toEqual(CLAIMS.map(({ title }) => title))
})

it('every file that is named is there', () => {
  const named = promises.flatMap(({ keptBy, provenBy }) => [...keptBy, ...provenBy])
  expect(named.filter((path) => !existsSync(resolve(root, pathOf(path))))).toEqual([])
})

it('every test of a reported situation proves a promise', () => {
  const proofs = new Set(promises.flatMap(({ provenBy }) => provenBy))
  const tests = globSync('packages/integration/src/promises/*.test.ts', { cwd: root })
  const names = tests.map((path) => `integration/promises/${path.split('/').at(-1)}`)
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !proofs.has(name))).toEqual([])
})
