import { describe, expect, test } from 'vitest'
import { createStyle, wantsColours } from './style.ts'

describe('wantsColours', () => {
  test.each([
    ['a terminal', {}, true, true],
    ['a pipe', {}, false, false],
    ['a terminal that can do nothing', { TERM: 'dumb' }, true, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, true],
    ['an empty FORCE_COLOR in a pipe', { FORCE_COLOR: '' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ])('%s', (_, environment, isTerminal, wanted) => {
    expect(wantsColours(environment, isTerminal)).toBe(wanted)
  })
})

test('a style dresses text', () => {
  expect(createStyle(true).red('no')).toBe('\u001b[31mno\u001b[39m')
})

test('a plain style gives the text back', () => {
  const style = createStyle(false)
  const { bold, dim, red, green, yellow, cyan } = style
  for (const dress of [bold, dim, red, green, yellow, cyan]) expect(dress('text')).toBe('text')
})
