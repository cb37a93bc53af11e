import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeLines, safeText } from './safe-text.ts'

const STEERING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

describe('text of others on a terminal', () => {
  it('shows control characters instead of obeying them', () => {
    expect(safeText('a\u001b]0;title\u0007b\u009b2Jc\u202ed\r\n')).toBe('a␛]0;title␇b\\u009b2Jc\\u202ed␍␊')
    expect(safeLines('one\r\ntwo\tthree\rfour\u001b[2J\n')).toBe('one\r\ntwo\tthree␍four␛[2J\n')
  })

  it('leaves everything else as it is', () => {
    for (const text of ['Ana Souza 🌻', '山田 太郎', 'אורי לוי', 'é', '👨‍👩‍👧']) {
      expect(safeText(text)).toBe(text)
      expect(safeLines(text)).toBe(text)
    }
  })

  it('never lets one through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).not.toMatch(STEERING)
        expect(safeLines(text).replace(/\r\n|[\n\t]/g, '')).not.toMatch(STEERING)
      }),
      { numRuns: 2000 },
    )
  })
})
