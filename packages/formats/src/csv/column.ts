import type { CsvTarget } from './options.ts'

/** The column that `refusedCsv` adds. */
export const ERROR_COLUMN = 'importError'

/** What becomes of one column. */
export interface CsvColumnUse {
  /** Its header; empty where it has none. */
  readonly header: string
  /**
   * The field that its cells go to, or `contactMethods.` with the type and the label of those that they become; `contactMethods.label`
   * where they say what others are called; `null` where they are left out.
   */
  readonly to: CsvTarget | 'contactMethods.label'
  /** Where all but the first address of a cell go, as Google has several in one. */
  readonly others?: `customFields.${string}`
  /** Why it does not go where its header says, in words. */
  readonly reason?: string
}

/** What each column is named by: its header, and `City (2)` for the second that is called `City`. */
export function columnNames(headers: readonly string[]): readonly string[] {
  const taken = new Set(headers)
  const counts = new Map<string, number>()
  return headers.map((header) => {
    let count = (counts.get(header) ?? 0) + 1
    if (count > 1) while (taken.has(`${header} (${count})`)) count++
    counts.set(header, count)
    return count === 1 ? header : `${header} (${count})`
  })
}

/** A header as it is reported and compared: signs that nobody sees are blanks, and blanks around it are left out. */
export function headerText(cell: string): string {
  return cell.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}

/** A header in a message. */
export function quoted(header: string): string {
  return JSON.stringify(header)
}
