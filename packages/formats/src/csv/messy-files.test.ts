import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'
import type { ReadCsvOptions } from './options.ts'

/** What a row has under some headers, and what is to be read of it: a contact, or the path of what is wrong. */
interface MessyRow {
  readonly cells: Readonly<Record<string, string>>
  readonly read: object | string
}

interface MessyFile {
  readonly header: readonly string[]
  readonly delimiter: string
  readonly options: ReadCsvOptions
  /** How a cell is printed: in quotes always, or where it must be. */
  readonly quotes: 'always' | 'needed'
  /** What follows each row, and what stands before the header and behind the rows. */
  readonly lineEnd: string
  readonly before?: string
  readonly after?: string
  readonly encode: (text: string) => string | Uint8Array
  row(index: number): MessyRow
}

const GOOGLE = [
  ...[
    'First Name',
    'Middle Name',
    'Last Name',
    'Name Prefix',
    'Nickname',
    'Organization Name',
    'Birthday',
    'Notes',
  ],
  ...[
    'Photo',
    'Labels',
    'E-mail 1 - Label',
    'E-mail 1 - Value',
    'E-mail 2 - Value',
    'Phone 1 - Label',
    'Phone 1 - Value',
  ],
]
const OUTLOOK = [
  ...[
    'First Name',
    'Middle Name',
    'Last Name',
    'Title',
    'Nickname',
    'E-mail Address',
    'E-mail 2 Address',
    'Home Phone',
  ],
  ...['Business Phone', 'Mobile Phone', 'Company', 'Business Street', 'Notes', 'Web Page'],
]
const HUBSPOT = [
  ...[
    'Record ID',
    'First Name',
    'Last Name',
    'Email',
    'Phone Number',
    'Mobile Phone Number',
    'Lead Status',
    'Create Date',
  ],
  ...['Time Zone', 'Associated Company'],
]
const EXCEL = ['Kunden-Nr.', 'Name', 'E-Mail', 'Telefon', 'Bemerkung', 'Umsatz']

const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % values.length]

const files: Readonly<Record<string, MessyFile>> = {
  'Google Contacts': {
    header: GOOGLE,
    delimiter: ',',
    options: {},
    quotes: 'needed',
    lineEnd: '\n',
    encode: (text) => new TextEncoder().encode(text),
    row(index) {
      const note = pick(['', 'said: "call, please"', 'two\nlines', "'t was"], index) ?? ''
      const email = `user${index}@example.com`
      const cells = {
        'First Name': `Zoë ${index}`,
        'Last Name': pick(["O'Neil", 'Souza', "'t Hooft"], index) ?? '',
        Labels: '* myContacts ::: Family',
        'E-mail 1 - Label': '* ',
        'E-mail 1 - Value': email,
        'E-mail 2 - Value': index % 5 === 0 ? `second${index}@example.com ::: third@example.com` : '',
        'Phone 1 - Value': pick(['+351 912 345 678', '(415) 555-2671', '', '4.91512E+12'], index) ?? '',
        Notes: note,
      }
      if (index % 4 === 3) return { cells, read: 'phone' }
      return {
        cells,
        read: {
          givenName: cells['First Name'],
          familyName: cells['Last Name'],
          tags: ['Family'],
          email,
          ...(cells['Phone 1 - Value'] && { phone: cells['Phone 1 - Value'] }),
          ...(note && { note }),
          customFields: {
            'E-mail 1 - Label': '*',
            ...(index % 5 === 0 && { 'E-mail 2 - Value': cells['E-mail 2 - Value'] }),
          },
        },
      }
    },
  },
  Outlook: {
    header: OUTLOOK,
    delimiter: ',',
    options: { by: 'email', columns: { Notes: 'note' } },
    quotes: 'always',
    lineEnd: '\r\n',
    before: '\uFEFF',
    after: '\r\n',
    encode: (text) => text,
    row(index) {
      const isSecond = index % 10 === 9
      const cells = {
        'First Name': '  Ana ',
        'Last Name': `Souza-${index}`,
        // Every tenth is the one before it, in other letters.
        'E-mail Address': isSecond ? `ANA${index - 1}@example.com` : `ana${index}@example.com`,
        'Business Phone': '+1 (415) 555-2671',
        'Mobile Phone': index % 3 === 0 ? '' : '07911 123456',
        'Business Street': '1 Main Street\r\nSuite 2',
        Notes: `line "1";\r\n\r\nline ${index}`,
        'Web Page': '=HYPERLINK("http://example.com")',
      }
      if (isSecond) return { cells, read: 'email' }
      return {
        cells,
        read: {
          givenName: 'Ana',
          familyName: cells['Last Name'],
          email: cells['E-mail Address'],
          ...(index % 3 !== 0 && { phone: '07911 123456' }),
          note: cells.Notes,
          customFields: {
            'Business Phone': cells['Business Phone'],
            'Business Street': cells['Business Street'],
            'Web Page': cells['Web Page'],
          },
        },
      }
    },
  },
  HubSpot: {
    header: HUBSPOT,
    delimiter: ',',
    options: { by: 'externalId', columns: { 'Record ID': 'externalId' }, unknownColumns: 'ignore' },
    quotes: 'always',
    lineEnd: '\n',
    encode: (text) => text,
    row(index) {
      const cells = {
        'Record ID': index % 50 === 7 ? '1.23457E+11' : `${12_345_678_901 + index}`,
        'First Name': index % 3 === 0 ? '' : 'Eva',
        Email: index % 20 === 1 ? 'n/a' : `eva+${index}@sub.example.co.uk`,
        'Phone Number': '+49 30 123456',
        'Mobile Phone Number': '+49 151 1',
        'Lead Status': 'NEW',
        'Time Zone': 'europe_slash_berlin',
      }
      if (index % 50 === 7) return { cells, read: 'externalId' }
      if (index % 20 === 1) return { cells, read: 'email' }
      return {
        cells,
        read: {
          externalId: cells['Record ID'],
          ...(index % 3 !== 0 && { givenName: 'Eva' }),
          email: cells.Email,
          phone: '+49 30 123456',
          timezone: 'europe_slash_berlin',
        },
      }
    },
  },
  'a German Excel': {
    header: EXCEL,
    delimiter: ';',
    options: {
      by: 'externalId',
      encoding: 'windows-1252',
      columns: {
        'Kunden-Nr.': 'externalId',
        Telefon: 'phone',
        Bemerkung: 'note',
        Umsatz: 'customFields.umsatz',
      },
    },
    quotes: 'needed',
    lineEnd: '\r\n',
    before: 'sep=;\r\n',
    after: ';;;;;\r\n;;;;;\r\n',
    // The characters of the file are those of Latin-1.
    encode: (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0)),
    row(index) {
      const cells = {
        'Kunden-Nr.': `K-${String(index).padStart(6, '0')}`,
        Name: pick(['Müller, Jürgen', 'Groß & Söhne', 'Ana "Anni" Weiß'], index) ?? '',
        'E-Mail': index % 7 === 0 ? '' : ` kunde${index}@example.de`,
        Telefon: pick(['030/123456', '0049-30-1', '', '4,91512E+12'], index) ?? '',
        Bemerkung: index % 6 === 0 ? '-' : `ruft an; "morgen"\n${index}`,
        Umsatz: '1.234,50',
      }
      if (index % 4 === 3) return { cells, read: 'phone' }
      return {
        cells,
        read: {
          externalId: cells['Kunden-Nr.'],
          name: cells.Name,
          ...(index % 7 !== 0 && { email: `kunde${index}@example.de` }),
          ...(index % 4 !== 2 && { phone: cells.Telefon }),
          note: cells.Bemerkung,
          customFields: { umsatz: '1.234,50' },
        },
      }
    },
  },
}

function print(file: MessyFile, rows: readonly MessyRow[]): string {
  const quote = (cell: string): string =>
    file.quotes === 'always' || cell.includes(file.delimiter) || /["\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell
  const lines = [file.header, ...rows.map(({ cells }) => file.header.map((title) => cells[title] ?? ''))]
  const text = lines.map((cells) => cells.map(quote).join(file.delimiter) + file.lineEnd).join('')
  return `${file.before ?? ''}${text}${file.after ?? ''}`
}

/** The line in which each row begins. */
function linesOf(file: MessyFile, rows: readonly MessyRow[]): number[] {
  const begin = print({ ...file, after: '' }, []).split('\n').length
  let line = begin
  return rows.map((row) => {
    const here = line
    line += print({ ...file, before: '', after: '', header: file.header }, [row]).split('\n').length - 2
    return here
  })
}

describe('2,000 rows of', () => {
  it.each(Object.entries(files))(
    '%s are read, and each that is wrong is told by its line',
    async (_, file) => {
      const rows = Array.from({ length: 2000 }, (_, index) => file.row(index))
      const lines = linesOf(file, rows)
      const expected = rows.map(({ read }, index) =>
        typeof read === 'string' ? [lines[index], expect.stringMatching(new RegExp(`^${read}: `))] : read,
      )
      const found = await readingOf(file.encode(print(file, rows)), file.options)
      expect(found.length).toBe(expected.length)
      for (const [index, read] of found.entries()) expect(read, `row ${index}`).toEqual(expected[index])
    },
  )
})
