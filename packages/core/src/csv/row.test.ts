import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRow } from './row.ts'
import { parseCsv } from './testing/parse-csv.ts'

const awkward = fc.constantFrom(
  '"',
  ',',
  '\r',
  '\n',
  '\r\n',
  ' ',
  'a',
  'é',
  '李',
  '🙂',
  '\t',
  '\u2028',
  "'",
  ';',
)
const cell = fc.oneof(
  fc.array(awkward, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
)
const row = fc.array(cell, { minLength: 1, maxLength: 5 })

describe('csvRow', () => {
  it('prints what an RFC 4180 reader reads back', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(parseCsv(rows.map((cells) => csvRow(cells)).join(''))).toEqual(rows)
      }),
      { numRuns: 1000 },
    )
  })

  it('quotes what needs it, doubles quotes and ends with CRLF', () => {
    expect(csvRow(['a', '', 'b c', 'x,y', 'say "hi"', 'two\nlines'])).toBe(
      'a,,b c,"x,y","say ""hi""","two\nlines"\r\n',
    )
  })

  it('quotes the only cell when it is empty, because an empty line is no record', () => {
    expect(csvRow([''])).toBe('""\r\n')
  })
})
