import { readFile } from 'node:fs/promises'
import { type CsvRow, readCsv } from '@anycontact/formats'
import { parse } from 'csv-parse/sync'

/** Where the contacts come from. */
export const CONTACTS_FILE: URL = new URL('../data/contacts.csv', import.meta.url)

/**
 * Reads a CSV file of contacts, which several clients are to import: so all of its rows are kept. Rows that are no contacts are
 * among them.
 *
 * @param file - its text, or where it is
 */
export async function readContacts(file: string | URL): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = []
  const text = typeof file === 'string' ? file : await readFile(file)
  // Not `by`: that rows come twice is for the upserts to show.
  for await (const row of readCsv(text, {
    columns: { extra: 'customFields' },
    customFields: { score: 'number', consent: 'boolean' },
  })) {
    rows.push(row)
  }
  return rows
}

/**
 * What stands in a column of a row, also where the row is no contact.
 *
 * @param to - the field that the column goes to
 */
export function cellOf({ cells, header }: CsvRow, to: string): string {
  return cells[header.columns.findIndex((column) => column.to === to)] ?? ''
}

/**
 * Reads CSV with a header into one object a record, with a reader of another hand: what the demo exports is checked by it.
 *
 * @param text - with or without a byte order mark
 */
export function readRecords(text: string): readonly Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(text, { columns: true, bom: true })
}
