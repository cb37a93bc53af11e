import type { ContactsError, CsvDelimiter } from '@anycontact/core'
import { csvRow, escapeFormula } from '@anycontact/core/adapter-kit'
import { cellText } from './cells.ts'
import { ERROR_COLUMN } from './column.ts'
import { holdsNumbers } from './methods.ts'
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
 * cells of a row belong, they are left empty, and `importError` ends in the row as it stood. Of a file without a header it has none either:
 * `columns` then wants one `null` more at its end.
 *
 * @param report - of `importContacts`
 * @returns the text, with a byte order mark, without which Excel does not read UTF-8; nothing where no row was refused
 *
 * @example
 * ```ts
 * const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
 * if (report.failures.length > 0) await writeFile('refused.csv', refusedCsv(report))
 * ```
 */
export function refusedCsv({ failures }: RefusedRows): string {
  const [first] = failures
  if (!first) return ''
  const { columns, delimiter, line } = first.row.header
  const errorColumn = columns.findIndex(({ header }) => header === ERROR_COLUMN)
  const kept = columns.flatMap((column, index) => {
    const kind = holdsNumbers(column) ? 'phone' : 'any'
    return index === errorColumn ? [] : ({ header: column.header, index, kind } as const)
  })
  const titles = kept.map(({ header }) => escapeFormula(header))
  const rows = failures.map(({ line, error, row: { cells } }) => {
    const isWhole =
      cells.length >= columns.length && cells.slice(columns.length).every((cell) => !cell.trim())
    // As `exportCsv` writes them, whether they were so or not.
    const written = kept.map(({ index, kind }) =>
      isWhole ? escapeFormula(cellText(cells[index] ?? '', kind), kind) : '',
    )
    // An import before this one has put the row there.
    const before = written.some((cell) => cell !== '') ? '' : (isWhole && cells[errorColumn]) || ''
    const asItStood = isWhole || cells.length === 0 ? '' : ` It reads: ${printed(cells, delimiter)}`
    return csvRow([...written, before || `line ${line}: ${error.message}${asItStood}`], delimiter)
  })
  const header = line > 0 ? csvRow([...titles, ERROR_COLUMN], delimiter) : ''
  return `\uFEFF${header}${rows.join('')}`
}

function printed(cells: readonly string[], delimiter: CsvDelimiter): string {
  return csvRow(
    cells.map((cell) => escapeFormula(cellText(cell, 'any'))),
    delimiter,
  ).trimEnd()
}
