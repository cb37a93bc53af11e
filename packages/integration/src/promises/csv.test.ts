import {
  type Contact,
  type CsvSource,
  type ExportCsvOptions,
  exportCsv,
  type ListQuery,
} from '@anycontact/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clients } from '../providers.ts'

const COLUMNS = ['name', 'note', 'phone', 'customFields.x'] as const
const DELIMITERS = [',', ';', '\t'] as const

/** Every separator at which a spreadsheet may split, and what begins a formula behind it. */
const SPLITS = [...DELIMITERS, '|', '\n', '\r']
const STARTS = ['=1+1', '+1', '-1', '@SUM(1)', ' =1', '"=1+1"', '\u200b=1', '\uff1d1', "'=1"]

function contactWith(fields: Partial<Contact>): Contact {
  return { provider: 'memory', id: '1', contactMethods: [], customFields: {}, raw: {}, ...fields }
}

async function csvOf(contacts: readonly Contact[], options: ExportCsvOptions): Promise<string> {
  const source: CsvSource<ListQuery> = {
    async *list() {
      yield* contacts
    },
  }
  let text = ''
  for await (const chunk of exportCsv(source, { columns: COLUMNS, header: false, ...options })) text += chunk
  return text
}

/** Reads RFC 4180 with any delimiter, as leniently as spreadsheets do: a quote counts where a cell begins. */
function parse(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at)
    if (isQuoted) {
      if (one !== '"') cell += one
      else if (text[at + 1] === '"') cell += text[++at]
      else isQuoted = false
    } else if (one === '"' && cell === '') isQuoted = true
    else if (one === delimiter) {
      row.push(cell)
      cell = ''
    } else if (one === '\r' || one === '\n') {
      if (one === '\r' && text[at + 1] === '\n') at++
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += one
  }
  return rows
}

const FORMULA = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u

describe('a CSV file', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom(...SPLITS, ...STARTS, '"', 'a', "'", ' '), { maxLength: 12 })
      .map((parts) => parts.join('')),
  )
  const contact = fc
    .record({
      name: text,
      note: text,
      phone: fc.constantFrom('+1 (415) 555-2671', '+14155552671', '1'),
      x: text,
    })
    .map(({ x, ...fields }) => contactWith({ ...fields, customFields: { x } }))

  test.each(DELIMITERS)('reads back as it was written: %j', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { maxLength: 4 }), async (contacts) => {
        const written = await csvOf(contacts, { delimiter, formulaEscape: false })
        const expected = contacts.map(({ name, note, phone, customFields: { x } }) => [name, note, phone, x])
        expect(parse(written, delimiter)).toEqual(expected)
      }),
    )
  })

  test('begins no cell with a formula at whichever delimiter it is split, where it is written excelSafe', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(contact, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...DELIMITERS),
        async (contacts, delimiter) => {
          const written = await csvOf(contacts, { delimiter, excelSafe: true })
          for (const split of [...DELIMITERS, '|']) {
            for (const cell of parse(written, split).flat()) {
              // A number with a sign, in a column of its own, is none.
              if (/^[\s,;|]*[+-][\d ().-]+(?:[\s,;|]|$)/.test(cell)) continue
              expect(cell).not.toMatch(FORMULA)
            }
          }
        },
      ),
      { seed: 7, numRuns: 500 },
    )
  })

  test.each(SPLITS.flatMap((split) => STARTS.map((start) => [split, start])))(
    'excelSafe escapes behind %j: %j',
    async (split, start) => {
      const [row] = parse(
        await csvOf([contactWith({ name: 'x', note: `a${split}${start}` })], { excelSafe: true }),
        ',',
      )
      expect(row?.[1]).toBe(`a${split}'${start}`)
      // It alters text, so it is asked for.
      const plain = parse(await csvOf([contactWith({ name: 'x', note: `a${split}${start}` })], {}), ',')
      expect(plain[0]?.[1]).toBe(`a${split}${start}`)
    },
  )

  test.each(['memory', 'chatbotkit', 'cognipeer'] as const)('%s: with semicolons', async (name) => {
    const contacts = clients[name]()
    await contacts.create({ name: 'Souza; Ana', email: 'ana@example.com', customFields: { plan: '=1;=2' } })
    const options = { columns: ['name', 'email', 'customFields.plan'], delimiter: ';', bom: true } as const
    let written = ''
    for await (const chunk of exportCsv(contacts, { ...options, excelSafe: true })) written += chunk
    expect(written).toBe(`\ufeffname;email;customFields.plan\r\n"Souza; Ana";ana@example.com;"'=1;'=2"\r\n`)
  })

  test.each([
    [{ delimiter: ':' }, 'delimiter'],
    [{ delimiter: '' }, 'delimiter'],
    [{ delimiter: null }, 'delimiter'],
    [{ excelSafe: 'yes' }, 'excelSafe'],
    [{ excelSafe: true, formulaEscape: false }, 'excelSafe'],
  ])('%j is refused', async (options, path) => {
    await expect(csvOf([], options as ExportCsvOptions)).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path }],
    })
  })
})
