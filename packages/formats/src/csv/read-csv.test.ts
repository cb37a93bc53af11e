import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { importContacts } from '../import/import-contacts.ts'
import { readingOf, rowsOf } from '../testing/rows.ts'
import { readCsv } from './read-csv.ts'
import { refusedCsv } from './refused-csv.ts'

describe('readCsv', () => {
  it('gives contacts, with what is blank left out and blanks trimmed', async () => {
    const file =
      'External ID;First Name;E-mail;Mobile;Plan\r\n u-1 ; Ana ; ana@example.com ;;pro\r\nu-2;;;+351 912 345 678; \r\n'
    expect(await rowsOf(file, { by: 'externalId' })).toMatchObject([
      {
        contact: {
          externalId: 'u-1',
          givenName: 'Ana',
          email: 'ana@example.com',
          customFields: { Plan: 'pro' },
        },
        line: 2,
      },
      { contact: { externalId: 'u-2', phone: '+351 912 345 678' }, line: 3 },
    ])
  })

  it('is imported, with a report by line, and what was refused is read again once it is mended', async () => {
    const contacts = memory()
    const file = [
      'externalId,name,email',
      'u-1,Ana,ana@example.com',
      'u-2,Ben,no address',
      '"u-3","Eva\nof two lines",eva@example.com',
      'u-1,Ana again,ana@example.com',
      'u-4,Too,many,cells',
      '',
    ].join('\n')
    const rows = readCsv(file, { by: 'externalId' })
    const report = await importContacts(rows, (items) => contacts.upsertMany(items, { by: 'externalId' }))
    expect(report).toMatchObject({ rows: 5, created: 2, updated: 0, unchanged: 0, stored: 0 })
    expect(report.failures.map(({ line, error }) => [line, error.code, error.message])).toEqual([
      [3, 'invalid_input', 'The row cannot be imported: email must look like an email address.'],
      [6, 'conflict', 'The row is left out: its externalId is the same as in line 2.'],
      [7, 'invalid_input', 'The row cannot be imported: it has 4 cells where there are 3 columns.'],
    ])
    const refused = refusedCsv(report)
    expect(refused.split('\r\n')[1]).toBe(
      'u-2,Ben,no address,line 3: The row cannot be imported: email must look like an email address.',
    )
    expect(await readingOf(refused.replace('no address', 'ben@example.com'))).toEqual([
      { externalId: 'u-2', name: 'Ben', email: 'ben@example.com' },
      { externalId: 'u-1', name: 'Ana again', email: 'ana@example.com' },
      [4, ': has nothing in the columns that are read'],
    ])
  })
})
