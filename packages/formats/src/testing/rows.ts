import type { RefKey } from '@anycontact/core'
import type { ReadCsvOptions } from '../csv/options.ts'
import { readCsv } from '../csv/read-csv.ts'
import type { CsvRow } from '../csv/row.ts'
import type { FileInput } from '../source/input.ts'

/** All rows of a file. */
export async function rowsOf<By extends RefKey = never>(
  input: FileInput,
  options?: ReadCsvOptions<By>,
): Promise<CsvRow<By>[]> {
  const rows: CsvRow<By>[] = []
  for await (const row of readCsv(input, options)) rows.push(row)
  return rows
}

/** What is read of a file: contacts, and lines with their problems. */
export async function readingOf<By extends RefKey = never>(
  input: FileInput,
  options?: ReadCsvOptions<By>,
): Promise<unknown[]> {
  const rows = await rowsOf(input, options)
  return rows.map(
    ({ contact, error, line }) =>
      contact ?? [line, ...(error?.issues ?? []).map(({ path, message }) => `${path}: ${message}`)],
  )
}
