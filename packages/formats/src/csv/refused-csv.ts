import type { ContactsError } from '@anycontact/core'
import { csvRow, escapeFormula, unescapeFormula } from '@anycontact/core/adapter-kit'
import { ERROR_COLUMN } from './header.ts'
import type { CsvOrigin } from './row.ts'

/** Rows that were not imported, as the report of an import has them. */
export interface RefusedRows {
  /** Each with where it comes from. */
  readonly failures: readonly {
    readonly line: number
    readonly error: ContactsError
    readonly row: CsvOrigin
  }[]
}

/**
 * Prints the rows that were not imported as CSV, to be mended and read again: the columns of the file, and `importError`, which says
 * why, and in which line of the file the row stands; `readCsv` leaves that column out. Where it is not certain to which columns the
 * cells of a row belong, they are left empty.
 *
 * @param report - of `importContacts`
 * @returns the text, with a byte order mark, without which Excel does not read UTF-8; nothing where no row was refused
 */
export function refusedCsv({ failures }: RefusedRows): string {
  const [first] = failures
  if (!first) return ''
  const { columns, delimiter, line } = first.row.header
  const kept = columns.flatMap(({ header, to }, index) =>
    header === ERROR_COLUMN ? [] : { header, index, kind: to === 'phone' ? to : ('any' as const) },
  )
  const titles = kept.map(({ header }) => escapeFormula(header))
  const rows = failures.map(({ line, error, row }) => {
    const isWhole =
      row.cells.length >= columns.length && row.cells.slice(columns.length).every((cell) => !cell)
    // As `exportCsv` writes them, whether they were so or not.
    const cells = kept.map(({ index, kind }) =>
      isWhole ? escapeFormula(unescapeFormula(row.cells[index] ?? '', kind), kind) : '',
    )
    return csvRow([...cells, `line ${line}: ${error.message}`], delimiter)
  })
  const header = line > 0 ? csvRow([...titles, ERROR_COLUMN], delimiter) : ''
  return `\uFEFF${header}${rows.join('')}`
}
