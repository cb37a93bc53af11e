/** What stands between the cells of a record. */
export type CsvDelimiter = ',' | ';' | '\t'

const NEEDS_QUOTES: Readonly<Record<CsvDelimiter, RegExp>> = {
  ',': /[",\r\n]/,
  ';': /[";\r\n]/,
  '\t': /["\t\r\n]/,
}

/**
 * Tells whether cells can be separated by a text.
 *
 * @param delimiter - what a caller gave
 */
export function isDelimiter(delimiter: unknown): delimiter is CsvDelimiter {
  return typeof delimiter === 'string' && Object.hasOwn(NEEDS_QUOTES, delimiter)
}

/**
 * Prints one record of RFC 4180, with its line end.
 *
 * @param cells - the values, as text
 * @param delimiter - what stands between them. @default ','
 * @returns cells with delimiters between them and CRLF behind; a cell that holds a delimiter, a quote or a line end is quoted
 */
export function csvRow(cells: readonly string[], delimiter: CsvDelimiter = ','): string {
  // A bare empty line would be read as no record at all.
  if (cells.length === 1 && cells[0] === '') return '""\r\n'
  const needsQuotes = NEEDS_QUOTES[delimiter]
  let row = ''
  for (let index = 0; index < cells.length; index++) {
    if (index > 0) row += delimiter
    const cell = cells[index] ?? ''
    if (cell !== '') row += needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  }
  return `${row}\r\n`
}
