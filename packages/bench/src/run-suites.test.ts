import { expect, it } from 'vitest'
import { runSuites } from './run-suites.ts'
import type { Suite } from './suites/suite.ts'

const table = (id: string) => ({ id, head: ['what'], rows: [[`row of ${id}`]] })

const suite = (name: string, run: Suite['run'] = async () => [table(name)]): Suite => ({
  name,
  tables: [name],
  run,
})

const failing = suite('b', async () => {
  throw new Error('The server ended with 1 before it was ready.')
})

it('runs what comes after a suite that fails, and says why it failed', async () => {
  const printed: string[] = []
  const { tables, failed } = await runSuites([suite('a'), failing, suite('c')], { rounds: 1 }, (text) =>
    printed.push(text),
  )
  expect(tables.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(failed).toEqual(['b'])
  expect(printed.join('\n')).toContain('b: FAILED after 0 s. The server ended with 1 before it was ready.')
  expect(printed.join('\n')).toContain('| row of c |')
})

it('takes a table that a suite does not declare for a failure: the guide could have no place for it', async () => {
  const other = suite('a', async () => [table('other')])
  expect(await runSuites([other], { rounds: 1 }, () => {})).toEqual({ tables: [], failed: ['a'] })
})
