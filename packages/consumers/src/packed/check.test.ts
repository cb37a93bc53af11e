import { describe, expect, it } from 'vitest'
import { type Check, lineOf, MissingTool, runChecks, verdictOf } from './check.ts'

function check(subject: string, run: Check['run']): Check {
  return { subject, setting: 'nodenext', run }
}

const holds = check('TypeScript 7.0', async () => undefined)
const fails = check('TypeScript 5.7', async () => {
  throw new Error('TS2304')
})
const isMissing = check('TypeScript 6.0', async () => {
  throw new MissingTool('It cannot be installed.')
})

describe('the checks of consumers', () => {
  it('are all run, whatever the others do', async () => {
    const lines: string[] = []
    const outcomes = await runChecks([fails, isMissing, holds], 2, (outcome) => lines.push(lineOf(outcome)))
    const states = outcomes.map(({ check: { subject }, state }) => [subject, state]).sort()
    expect(states).toEqual([
      ['TypeScript 5.7', 'failed'],
      ['TypeScript 6.0', 'missing'],
      ['TypeScript 7.0', 'ok'],
    ])
    expect(lines.sort()).toEqual([
      expect.stringMatching(/^TypeScript 5\.7 .* FAILED$/),
      expect.stringMatching(/^TypeScript 6\.0 .* MISSING$/),
      expect.stringMatching(/^TypeScript 7\.0 .* s$/),
    ])
  })

  it.each([
    ['holds', [holds], true, true],
    ['fails', [holds, fails], false, false],
    ['cannot be tried', [holds, isMissing], true, false],
    ['is there', [], false, false],
  ])('when one %s', async (_, checks, isWell, isWellInCi) => {
    const outcomes = await runChecks(checks, 1, () => undefined)
    expect(verdictOf(outcomes, false).ok).toBe(isWell)
    expect(verdictOf(outcomes, true).ok).toBe(isWellInCi)
  })

  it('say what is wrong', async () => {
    const { text } = verdictOf(await runChecks([isMissing, fails, holds], 1, () => undefined), false)
    expect(text).toBe(
      'TypeScript 5.7, nodenext: failed\nTS2304\n\nTypeScript 6.0, nodenext: missing\nIt cannot be installed.\n\n' +
        '1 hold, 1 do not, 1 could not be tried.',
    )
  })
})
