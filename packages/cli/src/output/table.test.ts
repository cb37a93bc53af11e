import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { styleOf } from './style.ts'
import { createTable, printTable } from './table.ts'
import { widthOf } from './width.ts'

const style = styleOf({ env: {} }, { isTerminal: false })

describe('a table', () => {
  it('counts wide characters as two columns, and aligns numbers to the right', () => {
    const text = printTable({ columns: [{ title: 'name' }, { title: 'n', align: 'right' }], style }, [
      ['山田 太郎', '7'],
      ['Priya 🌺', '1,024'],
    ])
    expect(text).toBe('name           n\n山田 太郎      7\nPriya 🌺   1,024\n')
  })

  it('takes from the widest columns where the terminal is narrow', () => {
    const text = printTable({ columns: [{ title: 'id' }, { title: 'note' }], width: 20, style }, [
      ['cm1', 'A long note that does not fit'],
    ])
    expect(text).toBe('id   note\ncm1  A long note th…\n')
  })

  it('is never wider than the terminal, unless its columns have become too narrow to read', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((columns) =>
          fc.record({
            rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }),
            later: fc.array(cell, { minLength: columns, maxLength: columns }),
            width: fc.integer({ min: columns * 8, max: 120 }),
            columns: fc.constant(columns),
          }),
        ),
        ({ rows, later, width, columns }) => {
          const titles = Array.from({ length: columns }, (_, index) => ({ title: `c${index}` }))
          const table = createTable({ columns: titles, width, style }, rows)
          for (const line of [table.head, ...rows.map(table.row), table.row(later)]) {
            expect(line.endsWith('\n')).toBe(true)
            const shown = line.slice(0, -1)
            expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
            expect(widthOf(shown)).toBeLessThanOrEqual(width)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
