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

describe('columns of addresses', () => {
  it('are in the order of what they are called, and then of the file', async () => {
    const text =
      'Home Phone,Email 2,Phone,E-mail,Email,Phone\n1111111,a@x.example,2222222,b@x.example,c@x.example,3333333\n'
    expect(await readingOf(text, METHODS)).toEqual([
      {
        email: 'b@x.example',
        phone: '2222222',
        contactMethods: [
          { type: 'email', value: 'b@x.example', primary: true },
          { type: 'email', value: 'c@x.example' },
          { type: 'email', value: 'a@x.example' },
          { type: 'phone', value: '2222222', primary: true },
          { type: 'phone', value: '3333333' },
          { type: 'phone', value: '1111111', label: 'home' },
        ],
      },
    ])
  })

  it('say no more than email and phone where that is all', async () => {
    expect(await readingOf('Email,Mobile\nana@example.com,07911 123456\n', METHODS)).toEqual([
      { email: 'ana@example.com', phone: '07911 123456' },
    ])
    expect(await readingOf('Phone,Mobile\n07911 123456,\n', METHODS)).toEqual([{ phone: '07911 123456' }])
  })

  it('hold an address once, by the form in which it is compared', async () => {
    expect(
      await readingOf(
        'Phone,Mobile,Email,Work Email\n+1 415 555 2671,+1 (415) 555-2671,a@x.example,A@x.example\n',
        METHODS,
      ),
    ).toEqual([
      {
        email: 'a@x.example',
        phone: '+1 415 555 2671',
        contactMethods: [
          { type: 'email', value: 'a@x.example', label: 'work', primary: true },
          { type: 'phone', value: '+1 415 555 2671', label: 'mobile', primary: true },
        ],
      },
    ])
  })

  it('are sent to contact methods by the caller, whatever they are called', async () => {
    const columns = {
      'Telefon geschäftlich': 'contactMethods.phone.geschäftlich',
      Handy: 'contactMethods.mobile',
      Skype: 'contactMethods.other.skype',
    } as const
    expect(
      await readingOf('Name;Telefon geschäftlich;Handy;Skype\nAna;030 123456;0151 1234567;ana.s\n', {
        columns,
      }),
    ).toEqual([
      {
        name: 'Ana',
        phone: '030 123456',
        contactMethods: [
          { type: 'phone', value: '030 123456', label: 'geschäftlich', primary: true },
          { type: 'mobile', value: '0151 1234567', primary: true },
          { type: 'other', value: 'ana.s', label: 'skype', primary: true },
        ],
      },
    ])
  })

  it('are custom fields where a column has all contact methods', async () => {
    const text =
      'email,Mobile,Phone,contactMethods\na@x.example,1234567,7654321,"[{""type"":""fax"",""value"":""1""}]"\n'
    expect(await readingOf(text, METHODS)).toEqual([
      {
        email: 'a@x.example',
        phone: '7654321',
        contactMethods: [{ type: 'fax', value: '1' }],
        customFields: { Mobile: '1234567' },
      },
    ])
  })

  it.each([
    ['n/a,,,', ['email: must look like an email address']],
    ['a@x.example,n/a,,', ['contactMethods: in "Work Email" does not look like what its type says']],
    [
      'a@x.example,"b@x.example, c@x.example",,',
      ['contactMethods: in "Work Email" must be one address and nothing else, such as ana@example.com'],
    ],
    [',n/a,,', ['email: in "Work Email" must look like an email address']],
    [
      ',"b@x.example, c@x.example",,',
      ['email: in "Work Email" must be one address and nothing else, such as ana@example.com'],
    ],
    ['a@x.example,,,"1234567, 7654321"', ['phone: in "Mobile" holds several numbers: leave one']],
    ['a@x.example,,,4.47E+11', [expect.stringMatching(/^phone: in "Mobile" is a long number/)]],
    [
      'n/a,none,,none',
      [
        'email: must look like an email address',
        'phone: in "Mobile" must look like a phone number',
        'contactMethods: in "Work Email" does not look like what its type says',
      ],
    ],
  ])('tell which of them is wrong: %s', async (row, problems) => {
    const [read] = await readingOf(`Email,Work Email,Phone,Mobile\n${row}\n`, METHODS)
    expect(read).toEqual([2, ...problems])
  })

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

describe('a header that is there several times', () => {
  it('does not sink a file of 70 columns, and loses nothing', async () => {
    const titles = [
      'Name',
      'Email',
      ...Array.from({ length: 66 }, (_, index) => `Field ${index % 33}`),
      '',
      '',
    ]
    const cells = titles.map((title, index) => (title === '' ? '' : `${index}`))
    cells[1] = 'ana@example.com'
    const text = `${titles.join(',')}\n${cells.join(',')}\n`
    const [read] = await readingOf(text)
    expect(Object.keys(Object(Object(read).customFields)).length).toBe(66)
    expect(read).toMatchObject({
      name: '0',
      customFields: { 'Field 0': '2', 'Field 0 (2)': '35', 'Field 32': '34', 'Field 32 (2)': '67' },
    })
    const { columns } = await readCsv(text).header()
    expect(columns[35]).toEqual({
      header: 'Field 0',
      to: 'customFields.Field 0 (2)',
      reason: 'it is no field of a contact, and another column has its header',
    })
  })

  it('is the field in the first of its columns, and each can be named', async () => {
    const text = 'Note,Note,City,City,City (2),City\na,b,c,d,e,f\n'
    const { columns } = await readCsv(text).header()
    expect(columns.map(({ to, reason }) => [to, reason])).toEqual([
      ['note', undefined],
      ['customFields.Note (2)', 'note is taken from the first column of that name'],
      ['customFields.City', 'it is no field of a contact'],
      ['customFields.City (3)', 'it is no field of a contact, and another column has its header'],
      ['customFields.City (2)', 'it is no field of a contact'],
      ['customFields.City (4)', 'it is no field of a contact, and another column has its header'],
    ])
    expect(
      await readingOf(text, { columns: { 'Note (2)': 'nickname', 'City (3)': 'status', 'City (4)': null } }),
    ).toEqual([{ note: 'a', nickname: 'b', status: 'd', customFields: { City: 'c', 'City (2)': 'e' } }])
    expect(await readingOf(text, { columns: { City: null, 'note (2)': null } })).toEqual([
      { note: 'a', customFields: { 'City (2)': 'e' } },
    ])
  })

  it('is refused where contacts are told apart by it', async () => {
    await expect(readingOf('externalId,name,externalId\n1,Ana,2\n')).rejects.toThrow(
      '"externalId" and "externalId (2)" are both called as externalId is: say in `columns` which it is',
    )
    expect(
      await readingOf('externalId,externalId\n1,2\n', { columns: { 'externalId (2)': 'externalId' } }),
    ).toEqual([{ externalId: '2', customFields: { externalId: '1' } }])
  })
})
