import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth, oneLine, pad, truncate, wrap } from './text.ts'

describe('displayWidth', () => {
  test.each([
    ['Zoë', 3],
    ['Zoë'.normalize('NFD'), 3],
    ['東海林 美咲', 11],
    ['박민준', 6],
    ['محمد', 4],
    ['Ана', 3],
    ['🌻', 2],
    ['👩🏽‍🚀', 2],
    ['🇧🇷', 2],
    ['\u001b[31mred\u001b[39m', 3],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('truncate', () => {
  test('leaves what fits', () => {
    expect(truncate('東京', 4)).toBe('東京')
  })

  test('cuts to the width, with an ellipsis', () => {
    expect(truncate('São Paulo', 5)).toBe('São…')
    expect(truncate('東海林', 4)).toBe('東…')
    expect(truncate('東海林', 5)).toBe('東海…')
  })

  test('never cuts inside a character that is made of several', () => {
    expect(truncate('ab👩🏽‍🚀cd', 4)).toBe('ab…')
    expect(truncate('Zoë'.normalize('NFD').repeat(2), 4)).toBe(`${'Zoë'.normalize('NFD')}…`)
  })

  test('is never wider than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        expect(displayWidth(truncate(oneLine(text), width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('wrap', () => {
  test('breaks at blanks', () => {
    expect(wrap('must look like an email address', 14)).toEqual(['must look like', 'an email', 'address'])
  })

  test('breaks a word that is wider than a line', () => {
    expect(wrap('to customFields._internal it', 8)).toEqual(['to', 'customFi', 'elds._in', 'ternal', 'it'])
    expect(wrap('東海林', 4)).toEqual(['東海', '林'])
  })

  test('goes on when a character is wider than a line', () => {
    expect(wrap('東海', 1)).toEqual(['東', '海', ''])
  })

  test('loses nothing but blanks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 30 }), (given, width) => {
        const text = oneLine(given)
        const lines = wrap(text, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })
})

test('pad fills up to the width that is seen', () => {
  expect(pad('東京', 6)).toBe('東京  ')
  expect(pad('7', 3, 'right')).toBe('  7')
  expect(pad('too wide', 3)).toBe('too wide')
})

test('oneLine keeps the terminal safe from data', () => {
  expect(oneLine('a\r\nb\nc\u001b[2Jd\u0007')).toBe('a↵b↵c[2Jd')
})
