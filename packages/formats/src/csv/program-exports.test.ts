import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readingOf, rowsOf } from '../testing/rows.ts'
import type { ReadCsvOptions } from './options.ts'
import { readCsv } from './read-csv.ts'
import { refusedCsv } from './refused-csv.ts'

/** Files as the programs export them, of people who do not exist. */
const file = (name: string): string =>
  readFileSync(new URL(`../../test/csv/${name}.csv`, import.meta.url), 'utf8')

const google = file('google-contacts')
const older = file('google-contacts-older')
/** Windows ends lines so, and marks the file. */
const outlook = `\uFEFF${file('outlook').replaceAll('\n', '\r\n')}`
const hubspot = file('hubspot')

const METHODS: ReadCsvOptions = { addresses: 'contactMethods' }

/** Where the columns of a file go that do not become custom fields under their header. */
async function targets(text: string, options?: ReadCsvOptions): Promise<Record<string, unknown>> {
  const { columns } = await readCsv(text, options).header()
  return Object.fromEntries(
    columns.filter(({ header, to }) => to !== `customFields.${header}`).map(({ header, to }) => [header, to]),
  )
}

describe('an export of Google Contacts', () => {
  it('has several addresses with what they are called, which become contact methods', async () => {
    expect(await targets(google, METHODS)).toEqual({
      'First Name': 'givenName',
      'Last Name': 'familyName',
      Nickname: 'nickname',
      Notes: 'note',
      Photo: 'avatarUrl',
      Labels: 'tags',
      'E-mail 1 - Label': 'contactMethods.label',
      'E-mail 1 - Value': 'email',
      'E-mail 2 - Label': 'contactMethods.label',
      'E-mail 2 - Value': 'contactMethods.email',
      'Phone 1 - Label': 'contactMethods.label',
      'Phone 1 - Value': 'phone',
      'Phone 2 - Label': 'contactMethods.label',
      'Phone 2 - Value': 'contactMethods.phone',
      'Phone 3 - Label': 'contactMethods.label',
      'Phone 3 - Value': 'contactMethods.phone',
    })
    expect(await readingOf(google, METHODS)).toEqual([
      {
        givenName: 'Ana',
        familyName: 'Souza',
        nickname: 'Nita',
        note: 'Met in Porto,\n"call first"',
        avatarUrl: 'https://lh3.example.com/contacts/ana',
        tags: ['Customers', 'Porto, north', 'starred'],
        email: 'ana@souza.example',
        phone: '+351 912 345 678',
        contactMethods: [
          { type: 'email', value: 'ana@souza.example', label: 'Work', primary: true },
          { type: 'email', value: 'info@souza.example', label: 'Work' },
          { type: 'email', value: 'ana.souza@mail.example', label: 'Home' },
          { type: 'phone', value: '+351 912 345 678', label: 'Mobile', primary: true },
          { type: 'fax', value: '+351 220 000 001', label: 'Work Fax', primary: true },
          { type: 'phone', value: '+351 220 000 002', label: "Grandma's" },
        ],
        customFields: {
          'Middle Name': 'Maria',
          'Phonetic First Name': 'AH-na',
          'Name Prefix': 'Dr.',
          'Organization Name': 'Souza & Filhos',
          'Organization Title': 'Owner',
          Birthday: '1984-02-29',
          'Address 1 - Label': 'Home',
          'Address 1 - Formatted': 'Rua das Flores 12\nPorto\n4050-262\nPT',
          'Address 1 - Street': 'Rua das Flores 12',
          'Address 1 - City': 'Porto',
          'Address 1 - Postal Code': '4050-262',
          'Address 1 - Country': 'PT',
          'Website 1 - Label': 'Profile',
          'Website 1 - Value': 'https://souza.example',
          'Custom Field 1 - Label': 'Size',
          'Custom Field 1 - Value': 'M',
        },
      },
      { givenName: 'Ben', familyName: 'Okafor', email: 'ben@okafor.example' },
      {
        phone: '020 7946 0018',
        contactMethods: [
          { type: 'phone', value: '020 7946 0018', primary: true },
          { type: 'phone', value: '020 7946 0019' },
        ],
        customFields: { 'File As': 'Corner Shop', 'Organization Name': 'Corner Shop' },
      },
    ])
  })

  it('loses nothing where there are no contact methods: the others are custom fields', async () => {
    const [ana, , shop] = await readingOf(google)
    expect(ana).toMatchObject({
      email: 'ana@souza.example',
      phone: '+351 912 345 678',
      customFields: {
        'E-mail 1 - Label': '* Work',
        'E-mail 1 - Value': 'info@souza.example',
        'E-mail 2 - Value': 'ana.souza@mail.example',
        'Phone 1 - Label': 'Mobile',
        'Phone 2 - Value': '+351 220 000 001',
      },
    })
    expect(ana).not.toHaveProperty('contactMethods')
    expect(shop).toMatchObject({
      phone: '020 7946 0018',
      customFields: { 'Phone 1 - Value': '020 7946 0019' },
    })
    const { columns } = await readCsv(google).header()
    expect(columns.find(({ header }) => header === 'Phone 1 - Value')).toEqual({
      header: 'Phone 1 - Value',
      to: 'phone',
      others: 'customFields.Phone 1 - Value',
    })
  })

  it('refuses several addresses in a cell where it has no place for them', async () => {
    const [ana, ben, shop] = await readingOf(google, { unknownColumns: 'ignore' })
    expect([ana, shop]).toEqual([
      [2, 'email: must look like an email address'],
      [8, 'phone: holds several numbers: leave one'],
    ])
    expect(ben).toEqual({ givenName: 'Ben', familyName: 'Okafor', email: 'ben@okafor.example' })
  })

  it('is read in its older form too', async () => {
    expect(await readingOf(older, METHODS)).toEqual([
      {
        name: 'Carla Maria Rossi',
        givenName: 'Carla',
        familyName: 'Rossi',
        note: 'old customer',
        tags: ['Clients'],
        email: 'carla@rossi.example',
        phone: '+39 0471 123456',
        contactMethods: [
          { type: 'email', value: 'carla@rossi.example', label: 'Home', primary: true },
          { type: 'email', value: 'c.rossi@work.example', label: 'Work' },
          { type: 'phone', value: '+39 0471 123456', label: 'Work', primary: true },
          { type: 'mobile', value: '+39 333 1234567', label: 'Mobile', primary: true },
        ],
        customFields: { 'Additional Name': 'Maria', 'Organization 1 - Name': 'Rossi Impianti' },
      },
    ])
  })
})

describe('an export of Outlook', () => {
  it('has a column for each kind of number, the first of which that is filled is the phone', async () => {
    const { columns } = await readCsv(outlook, METHODS).header()
    expect(columns.length).toBe(92)
    expect(columns.filter(({ to }) => to?.startsWith('contactMethods')).slice(0, 4)).toEqual([
      { header: 'Business Fax', to: 'contactMethods.fax.work' },
      {
        header: 'Business Phone',
        to: 'contactMethods.phone.work',
        reason: 'phone is taken from "Primary Phone", where that is filled',
      },
      {
        header: 'Business Phone 2',
        to: 'contactMethods.phone.work',
        reason: 'phone is taken from "Primary Phone", where that is filled',
      },
      {
        header: 'Car Phone',
        to: 'contactMethods.phone.car',
        reason: 'phone is taken from "Primary Phone", where that is filled',
      },
    ])
    const [dana, emil] = await readingOf(outlook, METHODS)
    expect(dana).toMatchObject({
      givenName: 'Dana',
      familyName: "O'Neil",
      email: 'dana@harbour.example',
      phone: '+353 85 000 0004',
      tags: ['Key Customer', 'Newsletter'],
      note: 'Prefers the phone.\r\nNot on Mondays.',
      contactMethods: [
        { type: 'email', value: 'dana@harbour.example', primary: true },
        { type: 'email', value: 'dana@home.example' },
        { type: 'phone', value: '+353 85 000 0004', label: 'mobile', primary: true },
        { type: 'phone', value: '+353 21 000 0002', label: 'work' },
        { type: 'phone', value: '+353 21 000 0003', label: 'home' },
        { type: 'fax', value: '+353 21 000 0001', label: 'work', primary: true },
      ],
      customFields: { Title: 'Ms.', Company: 'Harbour Lights', 'E-mail 2 Type': 'SMTP' },
    })
    expect(emil).toMatchObject({
      email: 'emil@berg.example',
      phone: '+46 8 000 001',
      contactMethods: [
        { type: 'email', value: 'emil@berg.example', primary: true },
        { type: 'phone', value: '+46 8 000 001', label: 'work', primary: true },
      ],
    })
    expect(dana).not.toHaveProperty('name')
  })

  it('has its numbers under their headers where there are no contact methods', async () => {
    const [dana] = await readingOf(outlook)
    expect(dana).toMatchObject({
      email: 'dana@harbour.example',
      customFields: { 'Mobile Phone': '+353 85 000 0004', 'E-mail 2 Address': 'dana@home.example' },
    })
  })
})

describe('an export of HubSpot', () => {
  it('has its record id wherever it is sent, and additional addresses in one column', async () => {
    const options = { ...METHODS, by: 'externalId', columns: { 'Record ID': 'externalId' } } as const
    const [femi, grace] = await readingOf(hubspot, options)
    expect(femi).toMatchObject({
      externalId: '51',
      givenName: 'Femi',
      email: 'femi@adeyemi.example',
      phone: '+234 1 000 0001',
      locale: 'en',
      timezone: 'africa_slash_lagos',
      contactMethods: [
        { type: 'email', value: 'femi@adeyemi.example', primary: true },
        { type: 'email', value: 'f.adeyemi@work.example' },
        { type: 'email', value: 'femi@old.example' },
        { type: 'phone', value: '+234 1 000 0001', primary: true },
        { type: 'mobile', value: '+234 803 000 0002', primary: true },
      ],
      customFields: { 'Contact owner': 'Sam Sales (sam@crm.example)', 'Associated Company IDs': '901;902' },
    })
    expect(grace).toEqual({
      externalId: '52',
      email: 'grace@lim.example',
      phone: '+65 8000 0003',
      contactMethods: [
        { type: 'email', value: 'grace@lim.example', primary: true },
        { type: 'phone', value: '+65 8000 0003', label: 'mobile', primary: true },
      ],
      customFields: { 'Create Date': '2026-03-13 10:00' },
    })
  })
})

describe('rows of exports', () => {
  it('are written back as they stand, and read again as they were', async () => {
    for (const [text, options] of [
      [google, METHODS],
      [outlook, METHODS],
      [hubspot, { ...METHODS, columns: { 'Record ID': 'externalId' } }],
      [google, {}],
      ['Name,City,City,Phone,Phone\nAna,Porto,Lisboa,1234567,7654321\n', {}],
    ] satisfies [string, ReadCsvOptions][]) {
      const rows = await rowsOf(text, options)
      const [error] = (await rowsOf('name\nx,y\n')).flatMap((row) => row.error ?? [])
      if (!error) throw new Error('no error')
      const refused = refusedCsv({ failures: rows.map((row) => ({ line: row.line, error, row })) })
      expect(await readingOf(refused, options)).toEqual(await readingOf(text, options))
    }
  })
})
