import { type ContactsWith, exportCsv } from '@anycontact/chatbotkit'

type Source = ContactsWith<'list'>

/** For Excel where the comma is the decimal sign, as in Portugal or Germany; elsewhere without the delimiter. */
export function forExcel(contacts: Source): ReadableStream<string> {
  return exportCsv(contacts, {
    columns: ['name', 'email', 'phone', 'customFields.plan'],
    bom: true,
    delimiter: ';',
  })
}

/** For Google Sheets. */
export function forSheets(contacts: Source): ReadableStream<string> {
  return exportCsv(contacts, { columns: ['name', 'email', 'phone', 'customFields.plan'] })
}

/** For a program: every field, as it is. */
export function forProgram(contacts: Source): ReadableStream<string> {
  return exportCsv(contacts, { formulaEscape: false })
}
