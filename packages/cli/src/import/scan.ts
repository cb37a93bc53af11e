import type { ContactInput, WritableField } from '@anycontact/core'
import type { CsvColumnUse } from '@anycontact/formats'
import type { Failure, ImportFile } from './import-file.ts'

/** What the first reading of a file found. */
export interface Scan {
  /** Where the columns go, of a CSV file. */
  readonly columns: readonly CsvColumnUse[] | undefined
  /** How many rows there are, those that cannot be read included. */
  readonly rows: number
  /** The fields that some contact has. */
  readonly fields: ReadonlySet<WritableField>
  /** The keys of the custom fields that some contact has. */
  readonly customFields: ReadonlySet<string>
  /** Rows of which no contact can be made. */
  readonly refused: readonly Failure[]
  /** What the contacts were read without, and how often. */
  readonly notes: ReadonlyMap<string, number>
}

/**
 * Reads a file once from beginning to end, and keeps what has to be known before anything is written.
 *
 * @param onRow - told of each row how many there were up to it
 */
export async function scanFile(
  file: ImportFile,
  { signal, onRow }: { readonly signal: AbortSignal; readonly onRow: (count: number) => void },
): Promise<Scan> {
  const columns = await file.columns()
  const fields = new Set<WritableField>()
  const customFields = new Set<string>()
  const refused: Failure[] = []
  const notes = new Map<string, number>()
  let rows = 0
  for await (const row of file.rows()) {
    signal.throwIfAborted()
    onRow(++rows)
    if (row.error) {
      refused.push({ line: row.line, error: row.error })
      continue
    }
    for (const field of fieldsOf(row.contact)) fields.add(field)
    for (const key of Object.keys(row.contact.customFields ?? {})) customFields.add(key)
    for (const note of row.notes ?? []) notes.set(note, (notes.get(note) ?? 0) + 1)
  }
  return { columns, rows, fields, customFields, refused, notes }
}

function fieldsOf(contact: ContactInput): WritableField[] {
  const given: readonly (readonly [string, unknown])[] = Object.entries(contact)
  // What a reader gives has passed the schema of inputs, which has these fields alone.
  return given.flatMap(([field, value]) => (value === undefined ? [] : [field as WritableField]))
}
