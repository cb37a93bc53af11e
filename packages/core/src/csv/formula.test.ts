import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeFormula, unescapeFormula } from './formula.ts'

const start = fc.constantFrom(
  ...[
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '＝',
    '＋',
    '－',
    '＠',
    '﹦',
    "'",
    ' ',
    '\u00a0',
    '\ufeff',
    '\u200b',
    '\0',
    '(',
    '"',
  ],
)
const rest = fc.oneof(
  fc.constantFrom(
    '',
    'SUM(A1)',
    "cmd|' /C calc'!A0",
    '12.5',
    '1 (415) 555-2671',
    'https://example.com',
    '🙂',
  ),
  fc.string({ unit: 'binary' }),
)
const cell = fc.tuple(fc.array(start, { maxLength: 4 }), rest).map(([parts, end]) => parts.join('') + end)
const kind = fc.constantFrom('any' as const, 'phone' as const)

/** Whether a spreadsheet could run it: what is left without blanks begins like a formula and is no plain number. */
function couldRun(text: string): boolean {
  const visible = text.replace(/^[\p{White_Space}\p{Cc}\p{Cf}]+/u, '')
  return ['=', '+', '-', '@'].includes((visible[0] ?? '').normalize('NFKC')) || /^[\t\r\n]/.test(text)
}

/** Whether a program could be named in it: letters, quotes, pipes and the like. */
function isDigitsOnly(text: string): boolean {
  return /^[+-][\d ().,-]+(?:e[+-]?\d+)?$/i.test(text)
}

describe('escapeFormula', () => {
  it('leaves no cell that a spreadsheet would run, but numbers', () => {
    fc.assert(
      fc.property(cell, kind, (text, of) => {
        const escaped = escapeFormula(text, of)
        expect(!couldRun(escaped) || isDigitsOnly(escaped)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  it('changes nothing but the front: an apostrophe where one is needed', () => {
    fc.assert(
      fc.property(cell, kind, (text, of) => {
        expect([text, `'${text}`]).toContain(escapeFormula(text, of))
        if (!couldRun(text.replace(/^'+/, ''))) expect(escapeFormula(text, of)).toBe(text)
      }),
    )
  })

  it('can be undone', () => {
    fc.assert(
      fc.property(cell, kind, (text, of) => {
        expect(unescapeFormula(escapeFormula(text, of), of)).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })

  it('takes away no apostrophe that it would not have put there', () => {
    fc.assert(
      fc.property(cell, kind, (text, of) => {
        const bare = unescapeFormula(text, of)
        if (bare !== text) expect(escapeFormula(bare, of)).toBe(text)
      }),
      { numRuns: 5000 },
    )
    for (const text of ["'t Hooft", "'", "''", "'-12.5", "'+14155552671", 'Ana', '=1']) {
      expect(unescapeFormula(text)).toBe(text)
    }
    expect(unescapeFormula("'+1 (415) 555-2671")).toBe('+1 (415) 555-2671')
    expect(unescapeFormula("'+1 (415) 555-2671", 'phone')).toBe("'+1 (415) 555-2671")
  })

  it.each([
    '=1+1',
    '+SUM(A1)',
    '- call her',
    '@handle',
    '\t=1',
    '\r\n',
    '＝1+1',
    '＠handle',
    ' =1+1',
    '\ufeff=1+1',
    "'=1+1",
    '+1 415 HYPERLINK',
    '-',
    '+',
    '+()',
    '-1+cmd',
    '--1',
  ])('puts an apostrophe before %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`)
    expect(escapeFormula(text, 'phone')).toBe(`'${text}`)
  })

  it.each([
    '-5',
    '-12.5',
    '+3',
    '-1,234.50',
    '-1.5e-7',
    '+14155552671',
    '',
    'Ana',
    "O'Neil",
    "'",
    '(415) 555',
    '李',
    'a=b',
  ])('leaves %j as it is', (text) => {
    expect(escapeFormula(text)).toBe(text)
  })

  it.each(['+1 (415) 555-2671', '+44 20 7946 0958', '+49.30 123456', '+1-415-555-2671', '+(351) 22'])(
    'leaves the phone number %j as it is among phone numbers only',
    (text) => {
      expect(escapeFormula(text, 'phone')).toBe(text)
      expect(escapeFormula(text)).toBe(`'${text}`)
    },
  )

  it('lets nothing else pass among phone numbers', () => {
    expect(escapeFormula('+1*2', 'phone')).toBe("'+1*2")
    expect(escapeFormula('+1 415 555 ext. 5', 'phone')).toBe("'+1 415 555 ext. 5")
    expect(escapeFormula('-1 (415)', 'phone')).toBe("'-1 (415)")
  })
})
