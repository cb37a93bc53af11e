import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createStyle } from './style.ts'
import { formatTable } from './table.ts'
import { displayWidth } from './text.ts'

const plain = { width: 100, style: createStyle(false) }

describe('formatTable', () => {
  test('aligns cells by what is seen', () => {
    const columns = [{ title: 'Name' }, { title: 'Rows', align: 'right' }, { title: 'City' }] as const
    const rows = [
      ['東海林 美咲', '7', 'Osaka'],
      ['Zoë'.normalize('NFD'), '1,000', 'London'],
      ['👩🏽‍🚀', '42', ''],
    ]
    expect(formatTable(columns, rows, plain)).toEqual([
      'Name          Rows  City',
      '東海林 美咲      7  Osaka',
      `${'Zoë'.normalize('NFD')}          1,000  London`,
      '👩🏽‍🚀              42',
    ])
  })

  test('cuts a cell at the column’s width', () => {
    expect(
      formatTable([{ title: 'Name', maxWidth: 6 }, { title: 'N' }], [['Alexandria', '1']], plain),
    ).toEqual(['Name    N', 'Alexa…  1'])
  })

  test('breaks the text of a column that gives way, the others stay', () => {
    const columns = [
      { title: 'Row', align: 'right' },
      { title: 'Reason', givesWay: 'wrap' },
      { title: 'Code' },
    ] as const
    const rows = [['58', 'email: must look like an email address', '400']]
    expect(formatTable(columns, rows, { ...plain, width: 34 })).toEqual([
      'Row  Reason                   Code',
      ' 58  email: must look like    400',
      '     an email address',
    ])
  })

  test('cuts the text of a column that gives way by that', () => {
    const columns = [{ title: 'Email', givesWay: 'cut' }, { title: 'City' }] as const
    const rows = [['misaki.watanabe856@example.org', 'Tokyo']]
    expect(formatTable(columns, rows, { ...plain, width: 27 })).toEqual([
      'Email                 City',
      'misaki.watanabe856@…  Tokyo',
    ])
  })

  test('keeps line ends and escape codes of the data out of the table', () => {
    expect(formatTable([{ title: 'Note' }], [['one\ntwo\u001b[31m']], plain)).toEqual(['Note', 'one↵two[31m'])
  })

  test('dresses the text, not the blanks around it', () => {
    const columns = [
      { title: 'N', align: 'right', dress: (cell: string) => `<${cell}>` },
      { title: 'A' },
    ] as const
    expect(
      formatTable(
        columns,
        [
          ['1', 'a'],
          ['10', 'b'],
        ],
        plain,
      ),
    ).toEqual([' N  A', ' <1>  a', '<10>  b'])
  })

  test('is the same with and without colours, escape codes aside', () => {
    const columns = [{ title: 'Name', dress: createStyle(true).red }, { title: 'City' }]
    const rows = [['王', 'Beijing']]
    const coloured = formatTable(columns, rows, { width: 100, style: createStyle(true) })
    const bare = formatTable([{ title: 'Name' }, { title: 'City' }], rows, plain)
    expect(coloured.map(displayWidth)).toEqual(bare.map(displayWidth))
    expect(coloured).not.toEqual(bare)
  })

  test('is never wider than asked for when one column gives way', () => {
    const givesWays = fc.constantFrom('wrap' as const, 'cut' as const)
    const cell = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell)),
        fc.integer({ min: 40, max: 100 }),
        givesWays,
        (rows, width, givesWay) => {
          const columns = [
            { title: 'A', maxWidth: 20 },
            { title: 'B', givesWay },
          ]
          for (const line of formatTable(columns, rows, { ...plain, width })) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width)
          }
        },
      ),
    )
  })
})
