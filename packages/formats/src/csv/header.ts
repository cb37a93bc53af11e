import type { ContactsErrorIssue, CsvDelimiter } from '@anycontact/core'
import { badOptions } from '../problems.ts'
import { type CsvColumnUse, headerText, quoted } from './column.ts'
import type { CsvSettings, CsvTarget } from './options.ts'
import { planColumns } from './plan.ts'

/** What was found at the beginning of a file. */
export interface CsvHeader {
  /** The line of the header, from 1; 0 where the file has none. */
  readonly line: number
  /** What stands between cells. */
  readonly delimiter: CsvDelimiter
  /** What becomes of each column, in the order of the file. */
  readonly columns: readonly CsvColumnUse[]
}

/**
 * Finds out what becomes of each column.
 *
 * @param cells - of the record that is the header
 * @throws ContactsError `invalid_input` for a header that cannot be read without guessing
 */
export function readHeader(
  cells: readonly string[],
  line: number,
  delimiter: CsvDelimiter,
  settings: CsvSettings,
): CsvHeader {
  const headers = cells.map(headerText)
  while (headers.at(-1) === '') headers.pop()
  const columns = planColumns(headers, settings)
  checkColumns(columns, settings)
  return { line, delimiter, columns }
}

/** As {@link readHeader}, for a file without a header. */
export function headerOf(
  targets: readonly CsvTarget[],
  delimiter: CsvDelimiter,
  settings: CsvSettings,
): CsvHeader {
  const columns = targets.map((to) => ({ header: '', to }))
  checkColumns(columns, settings)
  return { line: 0, delimiter, columns }
}

/** What is said of bytes that are no text in an encoding. */
export function notTextMessage(encoding: string): string {
  return `holds bytes that are no ${encoding}: name its encoding, such as \`encoding: 'windows-1252'\``
}

/** What to do where no column is a field: mostly the header is in another language, or the file has none. */
function nothingFound(columns: readonly CsvColumnUse[]): string {
  if (columns.length === 1 && /\.(?:csv|tsv|txt)$/i.test(columns[0]?.header ?? '')) {
    return 'this is a path, where the text of the file is wanted: give createReadStream(path)'
  }
  return "no column has the name of a contact field: say in `columns` where they go, such as { 'E-Mail-Adresse': 'email' }; where the first line is no header, `columns` is an array"
}

function checkColumns(
  columns: readonly CsvColumnUse[],
  { by, unknownColumns, customFields }: CsvSettings,
): void {
  if (columns.every(({ to }) => to === null || to.startsWith('customFields.'))) {
    // The first line may be a contact, so that nothing of it is told.
    throw badOptions('readCsv', [{ path: '', message: nothingFound(columns) }])
  }
  const issues: ContactsErrorIssue[] = []
  const used = columns.filter(({ to }) => to !== null)
  const targets = new Set(used.map(({ to }) => to))
  for (const target of repeated(used.flatMap(({ to }) => to ?? []))) {
    // There can be any number of them.
    if (target.startsWith('contactMethods.')) continue
    issues.push({ path: target, message: 'is the place of several columns' })
  }
  if (unknownColumns === 'error') {
    for (const { header, to, reason } of used) {
      if (reason === undefined || !to?.startsWith('customFields.')) continue
      const message = `has no place: ${reason}. Name one in \`columns\`, or null`
      issues.push({ path: quoted(header), message })
    }
  }
  for (const key of Object.keys(customFields)) {
    // A column of JSON can hold any.
    if (targets.has(`customFields.${key}`) || targets.has('customFields')) continue
    issues.push({ path: `customFields.${key}`, message: 'is the place of no column of this file' })
  }
  if (by !== undefined && !targets.has(by)) {
    const message = `is what rows are told apart by, and no column is called so: name the column in \`columns\`, such as { 'Customer no': '${by}' }`
    issues.push({ path: by, message })
  }
  if (issues.length > 0) throw badOptions('readCsv', issues)
}

function repeated(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  // A file can have a hundred thousand columns.
  return [...new Set(texts.filter((text) => seen.size === seen.add(text).size))]
}
