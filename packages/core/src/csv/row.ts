const NEEDS_QUOTES = /[",\r\n]/

/**
 * Prints one record of RFC 4180, with its line end.
 *
 * @param cells - the values, as text
 * @returns cells with commas between them and CRLF behind; a cell that holds a comma, a quote or a line end is quoted
 */
export function csvRow(cells: readonly string[]): string {
  // A bare empty line would be read as no record at all.
  if (cells.length === 1 && cells[0] === '') return '""\r\n'
  let row = ''
  for (let index = 0; index < cells.length; index++) {
    if (index > 0) row += ','
    row += csvCell(cells[index] ?? '')
  }
  return `${row}\r\n`
}

function csvCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
