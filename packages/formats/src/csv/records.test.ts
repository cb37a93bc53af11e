import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvForm, type CsvRecord, RecordReader } from './records.ts'

const FORM: CsvForm = { delimiter: ',', newline: '\n' }

/** The records of a text that comes in parts. */
function recordsOf(parts: readonly string[], form: CsvForm = FORM): CsvRecord[] {
  const reader = new RecordReader(form, 1)
  const records: CsvRecord[] = []
  for (const part of parts) if (!reader.isOver) records.push(...reader.push(part))
  if (!reader.isOver) records.push(...reader.end())
  return records
}

/** A text in parts, cut at places; each place is taken from what is left. */
function cut(text: string, lengths: readonly number[]): string[] {
  const parts: string[] = []
  let at = 0
  for (const length of lengths) {
    parts.push(text.slice(at, at + length))
    at += length
  }
  return [...parts, text.slice(at)]
}

/** Cells of what is hard to cut: quotes, delimiters, line ends and blanks. */
const cell = fc
  .array(fc.constantFrom('"', ',', ';', '\t', '\r\n', '\n', '\r', ' ', 'a', 'é', '🙂', "'", '=', '\uFEFF'), {
    maxLength: 5,
  })
  .map((signs) => signs.join(''))
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
const lengths = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 })
const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const)
const lineEnd = fc.constantFrom('\n', '\r\n')

/** Writes as others do: quotes always, or where they are needed. */
function written(
  rows: readonly (readonly string[])[],
  between: string,
  end: string,
  always: boolean,
): string {
  const quote = (text: string): string =>
    always || /[",;\t\r\n\uFEFF]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
  return rows.map((row) => row.map(quote).join(between)).join(end)
}

/** What a reader makes of a cell afterwards: it has no blanks around it. */
const trimmed = (rows: readonly { readonly cells: readonly string[] }[]): string[][] =>
  rows.map(({ cells }) => cells.map((text) => text.trim()))

describe('RecordReader', () => {
  it('reads what csv-parse reads, however the text is cut', () => {
    fc.assert(
      fc.property(
        table,
        delimiter,
        lineEnd,
        fc.boolean(),
        fc.boolean(),
        lengths,
        (rows, between, end, always, isEnded, cuts) => {
          const text = written(rows, between, end, always) + (isEnded ? end : '')
          const expected = parse(text, {
            delimiter: between,
            relax_column_count: true,
            record_delimiter: end,
          })
          expect(expected).toEqual(rows)
          const found = recordsOf(cut(text, cuts), { delimiter: between, newline: '\n' })
          expect(trimmed(found)).toEqual(rows.map((row) => row.map((one) => one.trim())))
          expect(found).toEqual(recordsOf([text], { delimiter: between, newline: '\n' }))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('reads any text the same, however it is cut, quotes that are wrong too', () => {
    const signs = fc.array(fc.constantFrom('"', '""', ',', '\r\n', '\n', '\r', ' ', 'a', 'b'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(signs, lengths, (text, cuts) => {
        expect(recordsOf(cut(text.join(''), cuts))).toEqual(recordsOf([text.join('')]))
      }),
      { numRuns: 5000 },
    )
  })

  it('tells the line of each record, as it is counted in the file', () => {
    fc.assert(
      fc.property(table, lineEnd, fc.boolean(), lengths, (rows, end, always, cuts) => {
        const lines = rows.map(
          (_, index) =>
            written(rows.slice(0, index), ',', end, always).split('\n').length + Math.min(index, 1),
        )
        const found = recordsOf(cut(written(rows, ',', end, always), cuts))
        expect(found.map(({ line }) => line)).toEqual(lines)
      }),
      { numRuns: 500 },
    )
  })

  it('takes a carriage return before a line feed for a part of the line end', () => {
    expect(recordsOf(['a,b\r\nc,"d"\r\n,\r\ne,f\r'])).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: ['c', 'd'], line: 2 },
      { cells: ['', ''], line: 3 },
      { cells: ['e', 'f'], line: 4 },
    ])
  })

  it('reads files of old Macs', () => {
    expect(recordsOf(['a,b\r"c\rd",e\rf,', 'g\r'], { delimiter: ',', newline: '\r' })).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: ['c\rd', 'e'], line: 2 },
      { cells: ['f', 'g'], line: 4 },
    ])
  })

  it('gives a record as soon as its line has ended', () => {
    const reader = new RecordReader(FORM, 1)
    expect(reader.push('a,b')).toEqual([])
    expect(reader.push('\n')).toEqual([{ cells: ['a', 'b'], line: 1 }])
    expect(reader.push('"c')).toEqual([])
    expect(reader.push('",d\ne')).toEqual([{ cells: ['c', 'd'], line: 2 }])
    expect(reader.end()).toEqual([{ cells: ['e'], line: 3 }])
  })

  describe('quotes that are wrong', () => {
    it('leaves out the record in which one is closed in the middle, and goes on', () => {
      const text = 'a,b\n"x\ny"z,1\nc,"d\n""e"\n'
      expect(recordsOf([text])).toEqual([
        { cells: ['a', 'b'], line: 1 },
        {
          cells: [],
          line: 2,
          problem:
            'has a quote that is opened in line 2 and closed in line 3 in the middle of a cell: quotes inside a cell must be doubled',
        },
        { cells: ['c', 'd\n"e'], line: 4 },
      ])
    })

    it('reads what follows to its end, however long that is', () => {
      const parts = [`"\n${'x'.repeat(2_000)}`, `"y\n${'a,bc\n'.repeat(300)}d,e`]
      expect(recordsOf(parts)).toEqual([
        {
          cells: [],
          line: 1,
          problem: expect.stringMatching(/^has a quote that is opened in line 1 and closed/),
        },
        ...Array.from({ length: 300 }, (_, index) => ({ cells: ['a', 'bc'], line: index + 3 })),
        { cells: ['d', 'e'], line: 303 },
      ])
    })

    it('takes as long for each of many as for one', () => {
      const startedAt = performance.now()
      expect(recordsOf(['"a"x,b\n'.repeat(20_000)])).toHaveLength(20_000)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    })

    it('ends at a quote that is never closed, and says where it was opened', () => {
      expect(recordsOf(['a,b\nc,d\ne,"', 'f\ng,h\ni,j'])).toEqual([
        { cells: ['a', 'b'], line: 1 },
        { cells: ['c', 'd'], line: 2 },
        {
          cells: [],
          line: 3,
          problem: 'has a quote that is opened in line 3 and never closed; what follows was not read',
        },
      ])
    })

    it('keeps a quote inside a cell that has none around it', () => {
      expect(recordsOf(['5" pipe,a "b" c\nx,y'])[0]).toEqual({ cells: ['5" pipe', 'a "b" c'], line: 1 })
    })

    it('ends at a record that is longer than any, instead of keeping all of the file', () => {
      const reader = new RecordReader(FORM, 1)
      const part = `${'x'.repeat(999)}\n`
      const found = [...reader.push('a,b\n"')]
      let pushed = 0
      while (!reader.isOver && pushed < 10_000) {
        found.push(...reader.push(part))
        pushed++
      }
      expect(found.at(-1)).toMatchObject({ line: 2, problem: expect.stringMatching(/^is longer than/) })
      expect(pushed).toBeLessThan(2200)
    })
  })
})
