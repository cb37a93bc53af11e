import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'
import type { ReadCsvOptions } from './options.ts'

const METHODS: ReadCsvOptions = { addresses: 'contactMethods' }

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

  it('are called all that they are called, where one comes several times', async () => {
    const text =
      'Name,Email,Work Email,Home Email,Phone,Mobile,Work Phone\nAna,a@x.example,a@x.example,A@x.example,1234567,1234567,123 4567\n'
    expect(await readingOf(text, METHODS)).toEqual([
      {
        name: 'Ana',
        email: 'a@x.example',
        phone: '1234567',
        contactMethods: [
          { type: 'email', value: 'a@x.example', label: 'work, home', primary: true },
          { type: 'phone', value: '1234567', label: 'mobile, work', primary: true },
        ],
      },
    ])
  })

  it('say that a number is mobile also where it is called otherwise', async () => {
    const columns = { Nr: 'contactMethods.mobile.private' } as const
    expect(await readingOf('Name,Nr\nAna,1234567\n', { ...METHODS, columns })).toEqual([
      {
        name: 'Ana',
        phone: '1234567',
        contactMethods: [{ type: 'phone', value: '1234567', label: 'mobile, private', primary: true }],
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
    const columns = { List: 'contactMethods' } as const
    expect(await readingOf(text.replace('contactMethods', 'List'), { ...METHODS, columns })).toEqual(
      await readingOf(text, METHODS),
    )
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
})
