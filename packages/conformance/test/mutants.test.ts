import { describe, expect, test } from 'vitest'
import { MUTANTS } from './mutants/index.ts'
import { runSuite } from './run-suite.ts'

describe('a broken adapter is found out', () => {
  test.each(MUTANTS)('$name', async ({ mutation, foundBy, saying }) => {
    const { ran, failures } = await runSuite(foundBy, mutation)
    expect(ran).toBeGreaterThan(0)
    expect(failures.map(({ message }) => message).join('\n')).toMatch(saying)
  })

  test('each by tests that an honest adapter passes', async () => {
    for (const { foundBy } of MUTANTS) expect((await runSuite(foundBy)).failures).toEqual([])
  })
})
