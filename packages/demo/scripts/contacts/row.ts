/** The columns of the file, in order. */
export const COLUMNS = [
  'external_id',
  'name',
  'nickname',
  'email',
  'phone',
  'note',
  'plan',
  'city',
  'country',
  'score',
  'consent',
  'extra',
] as const

/** One row; an empty cell says nothing about the contact. */
export type Row = Readonly<Record<(typeof COLUMNS)[number], string>>

/** A row with nothing in it, to be filled. */
export const EMPTY_ROW: Row = {
  external_id: '',
  name: '',
  nickname: '',
  email: '',
  phone: '',
  note: '',
  plan: '',
  city: '',
  country: '',
  score: '',
  consent: '',
  extra: '',
}

/**
 * Prints rows as CSV (RFC 4180, with a line feed after every record), with the header.
 *
 * @param rows - in order
 */
export function printCsv(rows: readonly Row[]): string {
  const lines = [
    COLUMNS.join(','),
    ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(',')),
  ]
  return `${lines.join('\n')}\n`
}

function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
