import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'

/** What is read of one cell. */
async function cell(column: string, text: string, options = {}): Promise<unknown> {
  const [row] = await readingOf(`name,${column}\nAna,"${text.replaceAll('"', '""')}"`, options)
  return row
}

describe('a cell', () => {
  it.each([
    ["'=1+1", '=1+1'],
    ["'-", '-'],
    ["'@ana", '@ana'],
    ["''=1", "'=1"],
    ["' =1+1", '=1+1'],
    ["'t Hooft", "'t Hooft"],
    ["'90s", "'90s"],
    ["'-12.5", "'-12.5"],
    ["'", "'"],
    ['=1+1', '=1+1'],
  ])(
    'of a note with %j says %j: the apostrophe of our own export is taken away, and no other',
    async (text, note) => {
      expect(await cell('note', text)).toEqual({ name: 'Ana', note })
    },
  )

  it('has no blanks around it, whatever they are, and says nothing where there is nothing else', async () => {
    expect(await cell('note', '\t\u00a0 two words \r\n')).toEqual({ name: 'Ana', note: 'two words' })
    for (const blank of ['', ' ', '\u00a0', '\r\n', '\u3000\uFEFF']) {
      expect(await cell('note', blank)).toEqual({ name: 'Ana' })
      expect(await cell('plan', blank)).toEqual({ name: 'Ana' })
      expect(await cell('tags', blank)).toEqual({ name: 'Ana' })
    }
  })

  it.each(["'+4915112345678", "''+4915112345678", "' +4915112345678", '’+4915112345678'])(
    'of phone numbers has no apostrophe before it: %s',
    async (phone) => {
      expect(await cell('phone', phone)).toEqual({ name: 'Ana', phone: '+4915112345678' })
    },
  )

  it('of phone numbers with nothing but an apostrophe is blank', async () => {
    expect(await cell('phone', "'")).toEqual({ name: 'Ana' })
    expect(await cell('phone', "'0049 151 777")).toEqual({ name: 'Ana', phone: '0049 151 777' })
  })

  it.each(['4.47E+11', '4,47E+11', '4.47e11', '447E9', '+4E+11'])(
    'of phone numbers is not %s',
    async (phone) => {
      const problem =
        'is a long number that a spreadsheet has shortened, such as 4.4E+11: make the column text there, and export it again'
      expect(await cell('phone', phone)).toEqual([2, `phone: ${problem}`])
    },
  )

  it('of ids is not what a spreadsheet surely has shortened', async () => {
    expect(await cell('external id', '1.23457E+15')).toEqual([
      2,
      expect.stringContaining('externalId: is a long number'),
    ])
    for (const externalId of ['12E5', '1E5', '4.47E11']) {
      expect(await cell('external id', externalId)).toEqual({ name: 'Ana', externalId })
    }
  })

  it.each(['+1 (415) 555-2671', '0041 44 668 18 00', '1-800-FLOWERS', '+49 30 1234 ext. 5'])(
    'of phone numbers may be %s',
    async (phone) => {
      expect(await cell('phone', phone)).toEqual({ name: 'Ana', phone })
    },
  )

  it.each([
    '+1 415 555 2671, +1 415 555 2672',
    '+49 30 1234567 / +49 151 1234567',
    '4155552671 ::: 4155552672',
    '14155552671.0',
  ])('of phone numbers is not %s, which is several, or no longer as it was', async (phone) => {
    expect(await cell('phone', phone)).toEqual([
      2,
      expect.stringMatching(/^phone: (holds several|is a number)/),
    ])
  })

  it.each(['030/1234567', '+1 415 555 2671,12', '+1-415-555-2671;ext=1234'])(
    'of phone numbers may be %s, which is one',
    async (phone) => {
      expect(await cell('phone', phone)).toEqual({ name: 'Ana', phone })
    },
  )

  it.each([
    'ana@example.com,',
    'ana@example.com;ben@example.com',
    '<ana@example.com>',
    'mailto:ana@example.com',
  ])('of email addresses is not %s', async (email) => {
    const problem = 'must be one address and nothing else, such as ana@example.com'
    expect(await cell('email', email)).toEqual([2, `email: ${problem}`])
  })

  it.each<[string, unknown]>([
    ['vip', ['vip']],
    ['vip; lead;;vip', ['vip', 'lead']],
    ['vip, lead', ['vip', 'lead']],
    ['* myContacts ::: Family', ['* myContacts', 'Family']],
    ['["a,b","c"]', ['a,b', 'c']],
    ['[]', []],
  ])('of tags with %s says %j', async (text, tags) => {
    expect(await cell('tags', text)).toEqual({ name: 'Ana', tags })
  })

  it('of tags of Google Contacts are what stands between three colons', async () => {
    const file =
      'First Name,Phonetic First Name,Labels\nAna,,"Porto, north ::: * starred ::: * myContacts"\nBen,,* myContacts\n'
    expect(await readingOf(file)).toEqual([
      { givenName: 'Ana', tags: ['Porto, north', 'starred'] },
      { givenName: 'Ben' },
    ])
  })

  it.each<[string, string, string]>([
    ['tags', '[vip]', 'tags: must be JSON'],
    ['tags', '[1]', 'tags.0: must be a string'],
    ['contactMethods', 'ana@example.com', 'contactMethods: must be a JSON array'],
    [
      'contactMethods',
      '[{"type":"email","value":"x"}]',
      'contactMethods.0.value: does not look like what its type says',
    ],
    ['customFields', '[]', 'customFields: must be a JSON object'],
    ['customFields', '{"n":1e999}', 'customFields.n: '],
    ['email', 'ana', 'email: must look like an email address'],
    ['email', 'ana\u200b@example.com', 'email: holds an invisible character'],
    ['phone', 'none', 'phone: must look like a phone number'],
    ['avatarUrl', 'ana.png', 'avatarUrl: must be an http(s) URL without white space'],
    [
      'verifiedAt',
      '1.2.2026',
      'verifiedAt: must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z',
    ],
    ['note', 'a\0b', 'note: '],
  ])('of %s is not %j', async (column, text, problem) => {
    expect(await cell(column, text)).toEqual([2, expect.stringContaining(problem)])
  })

  it('of custom fields is text, or what the caller says it is', async () => {
    const customFields = { score: 'number', consent: 'boolean', extra: 'json', note2: 'text' } as const
    const file =
      'name,score,consent,extra,zip,note2\nAna,-7.50,Yes,"{""a"":[1]}",01234,5\nBen,,no,,,\nEva,"7,5",maybe,{,,'
    expect(await readingOf(file, { customFields })).toEqual([
      {
        name: 'Ana',
        customFields: { score: -7.5, consent: true, extra: { a: [1] }, zip: '01234', note2: '5' },
      },
      { name: 'Ben', customFields: { consent: false } },
      [
        4,
        'customFields.score: must be a number with a point, such as 7.5',
        'customFields.consent: must be true or false, yes or no, 1 or 0',
        'customFields.extra: must be JSON',
      ],
    ])
  })

  it.each([
    ['score', '0.12345678901234567890', 'customFields.score'],
    ['score', '-12345678901234567891', 'customFields.score'],
    ['extra', '0.12345678901234567890', 'customFields.extra'],
    ['extra', '{"a":[1,12345678901234567891]}', 'customFields.extra.a.1'],
    ['customFields', '{"a":{"b":0.12345678901234567890}}', 'customFields.a.b'],
    [
      'contactMethods',
      '[{"type":"fax","value":"1","customFields":{"a":12345678901234567891}}]',
      'contactMethods.0.customFields.a',
    ],
    ['tags', '[12345678901234567891]', 'tags.0'],
  ])('of %s keeps all digits of %s, or is refused', async (column, text, path) => {
    const cells = column === 'extra' || column === 'score' ? ['score', 'extra'] : [column]
    const file = `name,${cells.join(',')}\nAna,${cells.map((one) => (one === column ? `"${text.replaceAll('"', '""')}"` : '')).join(',')}\n`
    const customFields = cells.includes('score') ? ({ score: 'number', extra: 'json' } as const) : {}
    expect(await readingOf(file, { customFields })).toEqual([
      [2, `${path}: is a number with more digits than JavaScript numbers hold: write it as text`],
    ])
  })

  it('of numbers may have zeros and an exponent', async () => {
    const numbers = ['+007.500', '-0', '1.10E2', '9007199254740991', '0.1']
    const file = `name,score\n${numbers.map((one) => `Ana,${one}`).join('\n')}\n`
    expect(await readingOf(file, { customFields: { score: 'number' } })).toEqual(
      [7.5, -0, 110, 9007199254740991, 0.1].map((score) => ({ name: 'Ana', customFields: { score } })),
    )
  })

  it.each(['1,2', '1],[2', '[1', ''])('of JSON is one value: not %s', async (text) => {
    const read = await readingOf(`name,extra\nAna,"${text}"`, { customFields: { extra: 'json' } })
    expect(read).toEqual(text === '' ? [{ name: 'Ana' }] : [[2, 'customFields.extra: must be JSON']])
  })

  it('of a JSON column and one of its own do not write over each other', async () => {
    expect(
      await readingOf(
        'name,plan,customFields\nAna,pro,"{""city"":""Porto""}"\nBen,pro,"{""plan"":""free""}"',
      ),
    ).toEqual([
      { name: 'Ana', customFields: { plan: 'pro', city: 'Porto' } },
      [3, 'customFields.plan: is given twice'],
    ])
  })

  it('of a column called like a part of every object is a custom field as any other', async () => {
    expect(await readingOf('name,constructor,toString\nAna,a,b')).toEqual([
      { name: 'Ana', customFields: { constructor: 'a', toString: 'b' } },
    ])
    expect(await readingOf('name,__proto__\nAna,a\nBen,')).toEqual([
      [2, expect.stringContaining('__proto__')],
      { name: 'Ben' },
    ])
  })
})

describe('a row', () => {
  it('with more or fewer cells than there are columns is refused, and those after it are read', async () => {
    expect(
      await readingOf('name,email,plan\nAna,ana@example.com\nBen,,,x\nEva,,pro,,\n\n , ,\nZoe,,'),
    ).toEqual([
      [2, ': has 2 cells where there are 3 columns'],
      [3, ': has 4 cells where there are 3 columns'],
      { name: 'Eva', customFields: { plan: 'pro' } },
      { name: 'Zoe' },
    ])
  })

  it('with something under no header is refused', async () => {
    expect(await readingOf('name,,email,\nAna,,ana@example.com,\nBen,x,,\nEva,,,y')).toEqual([
      { name: 'Ana', email: 'ana@example.com' },
      [3, ': has something in column 2, which has no header'],
      [4, ': has 4 cells where there are 3 columns'],
    ])
  })

  it('with nothing in the columns that are read is refused: no empty contact is written', async () => {
    expect(await readingOf('name,plan\n,pro\nAna,', { unknownColumns: 'ignore' })).toEqual([
      [2, ': has nothing in the columns that are read'],
      { name: 'Ana' },
    ])
  })

  it('says nothing personal in its error', async () => {
    const [row] = await (await import('../testing/rows.ts')).rowsOf('name,email\nAna Souza,secret address')
    const error = row?.error
    expect(error).toMatchObject({ code: 'invalid_input', applied: 'no', retryable: false })
    expect(`${error?.message} ${JSON.stringify(error)} ${error?.stack}`).not.toMatch(/Souza|secret/)
  })
})

describe('the key of a row', () => {
  it('that is missing refuses the row', async () => {
    expect(await readingOf('email,name\n,Ana\nben@example.com,Ben', { by: 'email' })).toEqual([
      [2, 'email: is missing, and tells contacts apart'],
      { email: 'ben@example.com', name: 'Ben' },
    ])
  })

  it.each([
    ['email', 'Ana@Example.com', 'ana@example.COM'],
    ['phone', '+1 (415) 555-2671', '14155552671'],
    ['externalId', 'u-1', ' u-1 '],
  ] as const)(
    'that an earlier row has refuses the row, as an upsert compares: %s',
    async (by, one, other) => {
      expect(await readingOf(`${by},note\n${one},a\n"${other}",b\n`, { by })).toEqual([
        { [by]: one, note: 'a' },
        [3, `${by}: is the same as in line 2`],
      ])
      expect(await readingOf(`${by},note\n${one},a\n"${other}",b\n`)).toHaveLength(2)
    },
  )

  it('is another where ids differ in case', async () => {
    expect(await readingOf('externalId\nu-1\nU-1', { by: 'externalId' })).toEqual([
      { externalId: 'u-1' },
      { externalId: 'U-1' },
    ])
  })

  it('of a row that was refused counts: mended, it would be written over the other', async () => {
    expect(await readingOf('externalId,email\nu-1,x\nu-1,ana@example.com', { by: 'externalId' })).toEqual([
      [2, 'email: must look like an email address'],
      [3, 'externalId: is the same as in line 2'],
    ])
  })
})
