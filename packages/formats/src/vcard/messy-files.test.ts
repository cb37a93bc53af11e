import { describe, expect, it } from 'vitest'
import { bytesOf, cardsOf, readingOfCards, vcard } from '../testing/vcards.ts'
import { readVCards } from './read-vcards.ts'

const cutMessage = ': has no END:VCARD: the file was cut, or the line is missing'

describe('readVCards', () => {
  it('tells of a card that was cut, in the middle of a file and at its end, and reads the others', async () => {
    const file = `${vcard('VERSION:3.0', 'FN:Ana')}BEGIN:VCARD\r\nFN:Be${vcard('FN:Eva').replace(/^/, '\r\n')}BEGIN:VCARD\r\nFN:Z`
    expect(await readingOfCards(file)).toEqual([
      { name: 'Ana' },
      [5, cutMessage],
      { name: 'Eva' },
      [10, cutMessage],
    ])
  })

  it('tells of what stands between cards', async () => {
    const file = `From: ana@example.com\n\n${vcard('FN:Ana')}\nFN:Ben\nEND:VCARD\n${vcard('FN:Eva')}`
    const outside = expect.stringContaining('stands outside of a card')
    expect(await readingOfCards(file)).toEqual([[1, outside], { name: 'Ana' }, [7, outside], { name: 'Eva' }])
  })

  it.each([
    ['', 'is empty'],
    ['\r\n \r\n', 'is empty'],
    ['name,email\nAna,ana@example.com\n', 'has no card: each begins with the line BEGIN:VCARD'],
    ['["vcard",[["version",{},"text","4.0"]]]', 'is JSON, and no vCard: jCard is not read'],
    ['contacts.vcf', 'is a path'],
    ['BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'has no card'],
  ])('throws for %j', async (file, message) => {
    await expect(cardsOf(file)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(message),
    })
  })

  it('reads a card within a card as another person’s, and leaves it out', async () => {
    const file = vcard(
      'VERSION:2.1',
      'FN:Ana',
      'AGENT:',
      'BEGIN:VCARD',
      'VERSION:2.1',
      'FN:Ben',
      'TEL:1',
      'END:VCARD',
      'TITLE:Boss',
    )
    expect(await readingOfCards(file + vcard('FN:Eva'))).toEqual([
      { name: 'Ana', customFields: { jobTitle: 'Boss' }, notes: ['AGENT: the card of another person'] },
      { name: 'Eva' },
    ])
  })

  it('reads UTF-8 and UTF-16 with a byte order mark, and other encodings by their names', async () => {
    const card = vcard('VERSION:3.0', 'FN:Jörg 张')
    const utf16 = Uint8Array.from(`\uFEFF${card}`, (sign) => sign.charCodeAt(0) & 0xff)
    const wide = new Uint8Array(
      new Uint16Array(Array.from(`\uFEFF${card}`, (sign) => sign.charCodeAt(0))).buffer,
    )
    expect(utf16.length * 2).toBe(wide.length)
    const wanted = [{ name: 'Jörg 张' }]
    expect(await readingOfCards(wide)).toEqual(wanted)
    expect(await readingOfCards(wide.subarray(2), { encoding: 'utf-16le' })).toEqual(wanted)
    expect(
      await readingOfCards(new TextEncoder().encode(`\uFEFF${card}`), { encoding: 'windows-1252' }),
    ).toEqual(wanted)
    // Files that were put one behind the other have their marks in the middle.
    expect(await readingOfCards(`\uFEFF${card}\uFEFF${card}`)).toEqual([...wanted, ...wanted])
    expect(await readingOfCards(new TextEncoder().encode(`\uFEFF${card}\uFEFF${card}`))).toEqual([
      ...wanted,
      ...wanted,
    ])
    const latin = bytesOf(vcard('VERSION:3.0', 'FN:J\u00f6rg'))
    expect(await readingOfCards(latin, { encoding: 'latin1' })).toEqual([{ name: 'Jörg' }])
    expect(await readingOfCards(latin)).toEqual([
      [
        1,
        ": holds bytes in line 3 that are no utf-8: name the encoding of the file, such as `encoding: 'windows-1252'`",
      ],
    ])
    const named = vcard('VERSION:2.1', 'FN:x', 'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:cut=C3')
    expect(await readingOfCards(named)).toEqual([
      { name: 'x', notes: ['what stands in line 4 is not in the encoding that its CHARSET says'] },
    ])
  })

  it('keeps as a custom field what is no address or number, and tells of it', async () => {
    const file = vcard(
      'FN:Ana',
      'TEL;WORK:ask',
      'TEL:+1 1',
      'EMAIL:Ana <a@example.com>',
      'PHOTO:http://no url',
    )
    expect(await readingOfCards(file)).toEqual([
      {
        name: 'Ana',
        phone: '+1 1',
        customFields: {
          TEL: [{ label: 'work', value: 'ask' }],
          EMAIL: [{ value: 'Ana <a@example.com>' }],
          PHOTO: [{ value: 'http://no url' }],
        },
        notes: [
          'EMAIL: what does not look like an email address is in customFields.EMAIL',
          'TEL: what does not look like a phone number is in customFields.TEL',
          'PHOTO: what does not look like a web address is in customFields.PHOTO',
        ],
      },
    ])
    expect(await readingOfCards(file, { by: 'email' })).toEqual([
      [1, 'email: is missing, and tells contacts apart'],
    ])
  })

  it('refuses a card that says nothing, one with a key that another has, and one that cannot be a contact', async () => {
    const file = [
      vcard('VERSION:3.0'),
      vcard('UID:a', 'FN:x'),
      vcard('UID:urn:uuid:a'),
      vcard('UID:a'),
      vcard('FN:a\u0000b', 'UID:c'),
    ]
    expect(
      await readingOfCards(`${vcard(`FN:${'x'.repeat(70)}`, 'UID:z')}${file.join('')}`, { by: 'externalId' }),
    ).toEqual([
      expect.anything(),
      [5, ': has nothing that a contact holds', 'externalId: is missing, and tells contacts apart'],
      { externalId: 'a', name: 'x' },
      { externalId: 'urn:uuid:a' },
      [15, 'externalId: is the same as in line 8'],
      [18, 'name: holds a NUL character'],
    ])
  })

  it('does not take over what is in X-ANYCONTACT-FIELDS and is none of its own', async () => {
    const odd = ['{', '7', '[1]', '{"provider":"x"}', '{"customFields":1}']
    for (const json of odd) {
      expect(
        await readingOfCards(vcard('FN:x', `X-ANYCONTACT-FIELDS:;${json.replaceAll(',', '\\,')}`)),
      ).toEqual([{ name: 'x', notes: ['X-ANYCONTACT-FIELDS: it cannot be read'] }])
    }
    const proto = await readingOfCards(
      vcard('FN:x', 'X-ANYCONTACT-FIELDS:;{"customFields":{"__proto__":{"a":1}}}'),
    )
    expect(proto).not.toHaveProperty('0.customFields')
    expect(
      await readingOfCards(vcard('FN:x', 'X-ANYCONTACT-FIELDS:;{"customFields":{"n":17841400008460057}}')),
    ).toEqual([[1, expect.stringContaining('customFields.n: is a number with more digits')]])
    expect(await readingOfCards(vcard('FN:x', 'X-ANYCONTACT-FIELDS:;{"id":"c-1"}'), { by: 'id' })).toEqual([
      { id: 'c-1', name: 'x' },
    ])
  })

  it('takes what a line of quoted-printable goes on with for nothing else', async () => {
    const file = vcard('VERSION:2.1', 'NOTE;ENCODING=QUOTED-PRINTABLE:a =', 'END:VCARD', 'FN:Ana')
    expect(await readingOfCards(file + vcard('FN:Eva'))).toEqual([
      { name: 'Ana', note: 'a END:VCARD' },
      { name: 'Eva' },
    ])
    // Some software goes on in its last line, where nothing follows.
    const sloppy = vcard('VERSION:2.1', 'FN:Ana', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=')
    expect(await readingOfCards(sloppy + vcard('FN:Eva'))).toEqual([
      { name: 'Ana', note: 'a' },
      { name: 'Eva' },
    ])
  })

  it('takes no longer for what comes many times than for as much of something else', async () => {
    const many = (line: (index: number) => string): string[] =>
      Array.from({ length: 30_000 }, (_, index) => line(index))
    const hostile = [
      ...many((index) => `TEL;TYPE=CELL;X-${index}=1:+${index + 1}`),
      ...many(() => 'TEL:none'),
      ...many((index) => `i${index}.X-ABLabel:a`),
      ...many((index) => `i${index}.X-ABADR:pt`),
      ...many((index) => `i${30_000 - index}.ADR:;;Rua 1;;;;`),
      `EMAIL${many(() => ';TYPE=a').join('')}:a@example.com`,
      `CATEGORIES:${many((index) => `t${index}`).join(',')}`,
    ]
    const [row] = await cardsOf(vcard(hostile.join('\r\n')), { by: 'phone' })
    expect(row?.contact?.contactMethods).toHaveLength(30_001)
    expect(row?.contact?.customFields?.TEL).toHaveLength(30_000)
  }, 20_000)

  it('begins a card where one was cut in the middle of quoted-printable', async () => {
    const cut = 'BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n'
    expect(await readingOfCards(cut + vcard('VERSION:2.1', 'FN:Ana'))).toEqual([
      [1, cutMessage],
      { name: 'Ana' },
    ])
  })

  it('takes the encoding of the file where text is not in the one that its CHARSET says', async () => {
    const bytes = bytesOf(
      vcard('VERSION:2.1', 'FN;CHARSET=UTF-8:J\u00f6rg', 'NOTE;CHARSET=UTF-8:caf\u00c3\u00a9'),
    )
    expect(await readingOfCards(bytes, { encoding: 'windows-1252' })).toEqual([
      { name: 'J\u00f6rg', note: 'caf\u00e9' },
    ])
  })

  it('keeps what is said of nothing', async () => {
    const file = vcard('FN:x', 'item1.X-ABLabel:alone', 'item2.X-ABLabel:Office', 'item2.TEL:+1 1')
    expect(await readingOfCards(file)).toMatchObject([
      { contactMethods: [{ label: 'Office' }], customFields: { 'X-ABLABEL': 'alone' } },
    ])
  })

  it('can be read once, and leaves its file where it is left', async () => {
    let isLeft = false
    async function* file() {
      try {
        for (;;) yield vcard('FN:x')
      } finally {
        isLeft = true
      }
    }
    const rows = readVCards(file())
    for await (const _ of rows) break
    expect(isLeft).toBe(true)
    await expect(rows[Symbol.asyncIterator]().next()).rejects.toThrow('has been read already')
  })

  it('refuses options that cannot work', () => {
    const refusal = (options: object): unknown => {
      try {
        return readVCards('', options)
      } catch (error) {
        return error
      }
    }
    expect(refusal({ by: 'name', encoding: 'x', mobileAs: 'fax', columns: {} })).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'columns' }, { path: 'by' }, { path: 'encoding' }, { path: 'mobileAs' }],
    })
  })
})
