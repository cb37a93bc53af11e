import { readdir, readFile } from 'node:fs/promises'
import { afterEach, expect, test, vi } from 'vitest'

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)

afterEach(() => {
  vi.restoreAllMocks()
})

test('every program in the README is one of the files here', async () => {
  const names = (await readdir(new URL('.', import.meta.url))).filter((name) => !name.endsWith('.test.ts'))
  const files = await Promise.all(names.map((name) => readFile(new URL(name, import.meta.url), 'utf8')))
  expect(blocks.toSorted()).toEqual(files.toSorted())
})

test.each([
  ['in-process', () => import('./in-process.ts'), [['Ana Souza'], [{ 'meta.plan': 'pro' }]]],
  ['socket', () => import('./socket.ts'), [['+14155552671'], [1]]],
  ['faults', () => import('./faults.ts'), [[4]]],
  ['audit', () => import('./audit.ts'), [[1], [[502, 200]], [1]]],
  ['time', () => import('./time.ts'), [[[5000]]]],
  ['accounts', () => import('./accounts.ts'), [[1]]],
  ['cognipeer', () => import('./cognipeer.ts'), [['pro'], [1]]],
  ['contact-methods', () => import('./contact-methods.ts'), [['juan@example.com'], [[]]]],
])('%s prints what its comments say', async (_name, run, printed) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await run()
  expect(log.mock.calls).toEqual(printed)
})
