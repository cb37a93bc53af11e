import { exportCsv } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import fc from 'fast-check'
import { type Lane, lane, member, outcomeOf, Wrong } from '../lane.ts'
import { customFields, text } from '../people.ts'
import { call } from '../world.ts'

const COLUMNS = [
  'name',
  'note',
  'email',
  'tags',
  'customFields',
  'customFields.a.b',
  'customFields.id',
  'deleted',
] as const

const cases = fc.record({
  contacts: fc.array(
    fc.record({
      name: text('odd'),
      note: text('odd'),
      tags: fc.array(text('odd'), { maxLength: 2 }),
      customFields: customFields('odd'),
    }),
    { maxLength: 4 },
  ),
  columns: fc.uniqueArray(fc.constantFrom(...COLUMNS), { minLength: 1 }),
  delimiter: fc.constantFrom(',', ';', '\t'),
  header: fc.boolean(),
  bom: fc.boolean(),
  escaping: fc.constantFrom('none', 'cells', 'everywhere'),
})

/** What a spreadsheet may run, at the beginning of a cell or, where it splits elsewhere, of a part of one. */
const FORMULA = /^[=+\-@]/
const NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i

/** Exports of odd text, read back by a plain parser. */
export const csv: Lane = lane(
  'csv',
  cases,
  async ({ contacts, columns, delimiter, header, bom, escaping }) => {
    const client = memory()
    const totals: unknown = await call({ ...client }, 'createMany', [contacts])
    const made: unknown = member(totals, 'succeeded')
    const succeeded: readonly unknown[] = Array.isArray(made) ? made : []
    const stream: ReadableStream<string> = Reflect.apply(
      exportCsv as (...all: unknown[]) => ReadableStream<string>,
      undefined,
      [
        client,
        {
          columns,
          delimiter,
          header,
          bom,
          formulaEscape: escaping !== 'none',
          excelSafe: escaping === 'everywhere',
        },
      ],
    )
    let printed = ''
    const outcome = await outcomeOf(
      async () => {
        for await (const chunk of stream) printed += chunk
      },
      () => 0,
    )
    if ('error' in outcome) throw new Wrong(`was refused: ${String(outcome.error)}`)
    // Without a header, a cell may begin with such a mark itself.
    if ((bom || header) && bom !== printed.startsWith('\ufeff')) throw new Wrong('has another beginning')
    const rows = parse(bom ? printed.slice(1) : printed, delimiter)
    if (header && rows.shift()?.length !== columns.length) throw new Wrong('has another header')
    if (rows.length !== succeeded.length) throw new Wrong(`has ${rows.length} records of ${succeeded.length}`)
    for (const [index, row] of rows.entries()) {
      if (row.length !== columns.length) throw new Wrong(`record ${index} has ${row.length} cells`)
      for (const [at, column] of columns.entries())
        check(row[at] ?? '', cellOf(member(succeeded[index], 'contact'), column), escaping)
    }
    return rows.length > 0 ? 'taken' : 'refused'
  },
)

function check(cell: string, wanted: string, escaping: string): void {
  const bare = (text: string): string => text.replaceAll("'", '')
  const isKept =
    escaping === 'none'
      ? cell === wanted
      : escaping === 'cells'
        ? cell === wanted || cell === `'${wanted}`
        : bare(cell) === bare(wanted)
  const parts = escaping === 'everywhere' ? cell.split(/[,;|\t\r\n]/).slice(1) : []
  const isRun = escaping !== 'none' && FORMULA.test(cell) && !NUMBER.test(cell)
  if (isKept && !isRun && !parts.some((part) => FORMULA.test(part.trimStart()))) return
  throw new Wrong(`${JSON.stringify(wanted)} is printed as ${JSON.stringify(cell)}`)
}

function cellOf(contact: unknown, column: (typeof COLUMNS)[number]): string {
  const [name = '', ...path] = column.split('.')
  const fields = member(contact, name)
  const value = path.length === 0 ? fields : custom(fields, path)
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function custom(fields: unknown, path: readonly string[]): unknown {
  const whole = path.join('.')
  if (Object.hasOwn(Object(fields), whole)) return member(fields, whole)
  const inner = Object.hasOwn(Object(fields), 'a') ? member(fields, 'a') : undefined
  const isObject = path.length === 2 && typeof inner === 'object' && inner !== null && !Array.isArray(inner)
  return isObject && Object.hasOwn(inner, 'b') ? member(inner, 'b') : undefined
}

/** RFC 4180, sign by sign. */
function parse(whole: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < whole.length; at++) {
    const sign = whole.charAt(at)
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (whole.charAt(at + 1) === '"') cell += whole.charAt(at++)
      else isQuoted = false
    } else if (sign === '"') isQuoted = true
    else if (sign === delimiter) row = [...row, cell]
    else if (sign === '\r' && whole.charAt(at + 1) === '\n') {
      rows.push([...row, cell])
      row = []
      at++
    } else cell += sign
    if (!isQuoted && (sign === delimiter || sign === '\r')) cell = ''
  }
  return rows
}
