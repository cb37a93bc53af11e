import type { ChannelInboxContact } from './contact.ts'

/** The columns are assumed: the vendor publishes none. */
const COLUMNS = ['id', 'display_name', 'email', 'phone_number', 'created_at'] as const

/** An export: a byte order mark, a header, CRLF after each record. */
export function csvExport(contacts: readonly ChannelInboxContact[]): Uint8Array {
  const rows = [COLUMNS, ...contacts.map((contact) => COLUMNS.map((column) => contact[column]))]
  return new TextEncoder().encode(`\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`)
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
