import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'
import type { ReadCsvOptions } from './options.ts'
import { readCsv } from './read-csv.ts'

/** Where the columns of a header go. */
async function targets(header: string, options?: ReadCsvOptions): Promise<Record<string, unknown>> {
  const { columns } = await readCsv(header, options).header()
  return Object.fromEntries(columns.map((column) => [column.header, column.to]))
}

describe('the columns of a file', () => {
  it.each([
    ['external_id', 'externalId'],
    ['External ID', 'externalId'],
    ['E-mail', 'email'],
    ['Email Address', 'email'],
    ['E-mail 1 - Value', 'email'],
    ['First Name', 'givenName'],
    ['given_name', 'givenName'],
    ['Last Name', 'familyName'],
    ['Surname', 'familyName'],
    ['Full Name', 'name'],
    ['Nickname', 'nickname'],
    ['Phone Number', 'phone'],
    ['Mobile', 'phone'],
    ['Business Phone', 'phone'],
    ['Avatar URL', 'avatarUrl'],
    ['Notes', 'note'],
    ['Time Zone', 'timezone'],
    ['Preferred language', 'locale'],
    ['Labels', 'tags'],
    ['customFields.plan', 'customFields.plan'],
    ['customFields.a.b', 'customFields.a.b'],
  ])('%s goes to %s', async (header, field) => {
    expect(await targets(`status,${header}`)).toEqual({ status: 'status', [header]: field })
  })

  it('that are no fields become custom fields, and the report says so', async () => {
    const file = 'Name;Company name;importError;createdAt\nAna;Acme;x;2026-01-01T00:00:00Z'
    expect(await readCsv(file).header()).toEqual({
      line: 1,
      delimiter: ';',
      columns: [
        { header: 'Name', to: 'name' },
        { header: 'Company name', to: 'customFields.Company name', reason: 'it is no field of a contact' },
        { header: 'importError', to: null, reason: 'it says why an import refused the row' },
        { header: 'createdAt', to: null, reason: 'no provider lets it be written' },
      ],
    })
    expect(await readingOf(file)).toEqual([{ name: 'Ana', customFields: { 'Company name': 'Acme' } }])
    expect(await readingOf(file, { unknownColumns: 'ignore' })).toEqual([{ name: 'Ana' }])
    await expect(readingOf(file, { unknownColumns: 'error' })).rejects.toThrow(
      '"Company name" has no place: it is no field of a contact. Name one in `columns`, or null',
    )
  })

  it('of which several could be a field: the surest is, and the others are reported', async () => {
    const { columns } = await readCsv('Mobile,Home Phone,Phone,Name').header()
    expect(columns).toEqual([
      { header: 'Mobile', to: 'customFields.Mobile', reason: 'phone is taken from "Phone"' },
      { header: 'Home Phone', to: 'customFields.Home Phone', reason: 'phone is taken from "Phone"' },
      { header: 'Phone', to: 'phone' },
      { header: 'Name', to: 'name' },
    ])
  })

  it.each<[string, string, ReadCsvOptions, string]>([
    [
      'two that are as good as each other',
      'email,E-Mail',
      {},
      '"email" and "E-Mail" are both called as email is',
    ],
    [
      'the type of a custom field that no column goes to',
      'name,Score',
      { customFields: { score: 'number' } },
      'customFields.score is the place of no column of this file',
    ],
    [
      'two that the caller sends to one field',
      'a,b',
      { columns: { a: 'name', b: 'name' } },
      'name is the place of several columns',
    ],
    [
      'two that make one custom field',
      'name,plan,customFields.plan',
      {},
      'customFields.plan is the place of several columns',
    ],
    [
      'an option for a header that is not there',
      'name',
      { columns: { City: null } },
      'columns.City is no header of this file, which has name',
    ],
    [
      'no field at all',
      'Vorname,Nachname,E-Mail-Adresse',
      {},
      "no column has the name of a contact field: say in `columns` where they go, such as { 'E-Mail-Adresse': 'email' }",
    ],
    [
      'no column for the key',
      'name,id',
      { by: 'externalId' },
      'externalId is what rows are told apart by, and no column is called so',
    ],
  ])('are refused: %s', async (_, header, options, message) => {
    const problem = readCsv(`${header}\nx,y,z`, options).header()
    await expect(problem).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(message),
    })
  })

  it.each(['contacts.csv', './exports/People.CSV', 'C:\\people.txt'])(
    'are not in a path: %s',
    async (path) => {
      await expect(readCsv(path).header()).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('give createReadStream(path)'),
      })
    },
  )

  it('go where the caller says, by their headers, spelled alike or not', async () => {
    const columns = {
      'Customer no.': 'externalId',
      mail: 'customFields.mail',
      PHONE: null,
      'work mail': 'email',
    } as const
    expect(await targets('Customer No,Mail,Phone,Work Mail,Name', { columns, by: 'externalId' })).toEqual({
      'Customer No': 'externalId',
      Mail: 'customFields.mail',
      Phone: null,
      'Work Mail': 'email',
      Name: 'name',
    })
  })

  it('go where the caller says, by their place, where there is no header', async () => {
    const columns = ['name', null, 'email'] as const
    expect(await readingOf('Ana;1;ana@example.com\n;;\nBen;2;ben@example.com', { columns })).toEqual([
      { name: 'Ana', email: 'ana@example.com' },
      { name: 'Ben', email: 'ben@example.com' },
    ])
    expect(await readCsv('', { columns }).header()).toMatchObject({ line: 0 })
  })

  it('may be a hundred thousand', async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')
    const [contact] = await readingOf(`email,${names}\nana@example.com,${names}\n`)
    expect(contact).toMatchObject({ email: 'ana@example.com', customFields: { c99999: 'c99999' } })
  }, 10_000)

  it('of which two are as good as each other and a third is surer: that one is', async () => {
    for (const header of ['Mobile,Cell,Phone', 'Phone,Mobile,Cell', 'Cell,Phone,Mobile']) {
      expect(await targets(header)).toEqual({
        Mobile: 'customFields.Mobile',
        Cell: 'customFields.Cell',
        Phone: 'phone',
      })
    }
  })

  it('of a file without a header are not told: they are a contact', async () => {
    const file = 'Ana Souza,ana@example.org,ana@example.org\n'
    for (const options of [{}, { unknownColumns: 'error' }, { by: 'email' }] as const) {
      const error: unknown = await readCsv(file, options)
        .header()
        .catch((caught) => caught)
      expect(JSON.stringify(error)).toContain('no column has the name of a contact field')
      expect(JSON.stringify(error)).not.toMatch(/Souza|example\.org/)
    }
  })

  it('that cannot be told let go of the file', async () => {
    const left: string[] = []
    const file = () =>
      new ReadableStream<string>({
        pull: (controller) => controller.enqueue('x,y\n'),
        cancel: () => void left.push('left'),
      })
    await expect(readCsv(file()).header()).rejects.toThrow('no column has the name')
    await expect(readCsv(file())[Symbol.asyncIterator]().next()).rejects.toThrow('no column has the name')
    expect(left).toEqual(['left', 'left'])
  })

  it('may be of JSON, which can hold any custom field that the caller says the type of', async () => {
    const options = { customFields: { score: 'number' } } as const
    expect(await targets('name,customFields', options)).toEqual({
      name: 'name',
      customFields: 'customFields',
    })
  })

  it('that are there twice may be left out', async () => {
    expect(await readingOf('name,x,x\nAna,1,2', { columns: { x: null } })).toEqual([{ name: 'Ana' }])
  })

  it('have ids of some system, which only the caller can tell', async () => {
    expect(await targets('ID,name')).toEqual({ ID: 'customFields.ID', name: 'name' })
    expect(await targets('id,name', { by: 'id' })).toEqual({ id: 'id', name: 'name' })
    expect(await targets('id,name', { columns: { id: 'externalId' } })).toEqual({
      id: 'externalId',
      name: 'name',
    })
    expect(await targets('provider,id,externalId')).toEqual({
      provider: null,
      id: null,
      externalId: 'externalId',
    })
  })

  it.each([
    ['commas', 'name,email', ','],
    ['semicolons', 'name;email', ';'],
    ['tabs', 'name\temail', '\t'],
    ['semicolons, with commas in a header', '"Name, full";Email, private;E-Mail;Phone', ';'],
    ['commas, with semicolons in a header', 'a;b;c;d;e,name', ','],
    ['one column', 'email', ','],
    ['what Excel is told', 'sep=;\nname,x;y', ';'],
  ])('have %s between them', async (_, header, delimiter) => {
    expect(
      await readCsv(`${header}\n`, {
        columns: header.includes('Name, full')
          ? { 'Name, full': 'name' }
          : header.includes('sep=')
            ? { y: 'name' }
            : {},
      }).header(),
    ).toMatchObject({ delimiter })
  })

  it('stand in the first line that holds something', async () => {
    expect(await readCsv('\r\n\r\n;;\r\nName;E-Mail\r\n').header()).toMatchObject({ line: 4, delimiter: ';' })
    expect(await readCsv('sep=;\r\nName;E-Mail\r\n').header()).toMatchObject({ line: 2 })
  })

  it('have headers of several lines, and invisible signs', async () => {
    expect(await targets('"Phone\r\nNumber",\u200bE\u00adMail')).toEqual({
      'Phone Number': 'phone',
      'E Mail': 'email',
    })
  })
})

describe('the options', () => {
  it.each<[string, unknown]>([
    ['by', { by: 'name' }],
    ['columns.x', { columns: { x: 'fullName' } }],
    ['columns.x', { columns: { x: 'customFields.' } }],
    ['columns', { columns: 'name' }],
    ['unknownColumns', { unknownColumns: 'drop' }],
    ['customFields.score', { customFields: { score: 'integer' } }],
    ['customFields', { customFields: ['score'] }],
    ['delimiter', { delimiter: '|' }],
    ['addresses', { addresses: 'phone' }],
    ['columns.x', { columns: { x: 'contactMethods.telex' } }],
    ['columns.x', { columns: { x: 'contactMethods.' } }],
    ['encoding', { encoding: 'ansi' }],
    ['separator', { separator: ',' }],
    ['options', []],
  ])('refuse a bad %s before anything is read', (path, options) => {
    expect(() => readCsv('name', options as ReadCsvOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_input', issues: [expect.objectContaining({ path })] }),
    )
  })
})
