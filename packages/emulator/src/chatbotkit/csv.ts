/** The header row: field names, bare. */
export function csvHeader(item: object): string {
  return `${Object.keys(item).join(',')}\n`
}

/**
 * A row: every value in double quotes, inner quotes doubled.
 *
 * @param cell - the text of a value; the default shows null as the empty text and an object as `[object Object]`
 */
export function csvRow(item: object, cell: (value: unknown) => string = csvText): string {
  const cells = Object.values(item).map((value: unknown) => `"${cell(value).replaceAll('"', '""')}"`)
  return `${cells.join(',')}\n`
}

/** The text of a value as a plain listing shows it. */
export function csvText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}
