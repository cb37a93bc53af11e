import { describe, expect, it } from 'vitest'
import { readOptions, UsageError, usage } from './options.ts'

const NAMES = ['listing', 'memory', 'types']
const read = (...args: readonly string[]) => readOptions(args, NAMES)

describe('readOptions', () => {
  it('runs every suite five times unless told otherwise', () => {
    expect(read()).toEqual({ only: NAMES, rounds: 5, million: false, write: false, help: false })
  })

  it('takes suites in their own order, with spaces between them', () => {
    expect(read('--only', 'types, listing', '--rounds', '1', '--million', '--write')).toEqual({
      only: ['listing', 'types'],
      rounds: 1,
      million: true,
      write: true,
      help: false,
    })
  })

  it('takes the dashes that npm asks for', () => {
    expect(read('--', '--only', 'types').only).toEqual(['types'])
  })

  it.each([
    [['--only', 'nope,types'], 'There is no suite "nope". There are: listing, memory, types.'],
    [['--only', ''], 'There is no suite "".'],
    [['--only'], '--only'],
    [['--rounds', '0'], 'not "0"'],
    [['--rounds', '1.5'], 'not "1.5"'],
    [['--rounds', '0x10'], 'not "0x10"'],
    [['--fast'], '--fast'],
    [['listing'], 'listing'],
  ])('refuses %j in one line that names it', (args, message) => {
    expect(() => read(...args)).toThrow(UsageError)
    expect(() => read(...args)).toThrow(message)
  })
})

it('names the suites where it says how it is used', () => {
  expect(usage(NAMES)).toContain('Suites: listing, memory, types.')
})
