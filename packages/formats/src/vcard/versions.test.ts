import { describe, expect, it } from 'vitest'
import { bytesOf, readingOfCards, vcard } from '../testing/vcards.ts'

describe('readVCards', () => {
  it('reads the simplest card', async () => {
    const file = vcard('VERSION:3.0', 'FN:Ana Souza', 'N:Souza;Ana;;;', 'EMAIL:ana@example.com', 'TEL:+351 1')
    expect(await readingOfCards(file)).toEqual([
      { name: 'Ana Souza', familyName: 'Souza', givenName: 'Ana', email: 'ana@example.com', phone: '+351 1' },
    ])
  })

  it('reads vCard 2.1: quoted-printable with soft line breaks, charsets, bare types', async () => {
    const file = vcard(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;',
      'FN;CHARSET=Windows-1252;QUOTED-PRINTABLE:J=F6rg M=FCller',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:one=0D=0A=',
      'two=3A a long line that is broken=',
      ' softly',
      'TEL;CELL;PREF:+49 151 1',
      'TEL;WORK;FAX:+49 30 2',
      'EMAIL;INTERNET:joerg@example.com',
      'ORG:Example\\; Sons;Sales',
    )
    expect(await readingOfCards(file)).toEqual([
      {
        familyName: 'Müller',
        givenName: 'Jörg',
        name: 'Jörg Müller',
        note: 'one\ntwo: a long line that is broken softly',
        email: 'joerg@example.com',
        contactMethods: [
          { type: 'email', value: 'joerg@example.com', primary: true },
          { type: 'mobile', value: '+49 151 1', primary: true },
          { type: 'fax', value: '+49 30 2', primary: true, label: 'work' },
        ],
        customFields: { organization: 'Example; Sons', organizationUnits: ['Sales'] },
      },
    ])
  })

  it('reads the bytes of each property in the encoding that is said of it', async () => {
    const file = bytesOf(
      vcard(
        'VERSION:2.1',
        'FN;CHARSET=Windows-1252:J\u00f6rg',
        'NOTE:M\u00c3\u00bcnchen',
        'NICKNAME;CHARSET=ascii:J\u00c3\u00b6',
      ),
    )
    expect(await readingOfCards(file)).toEqual([{ name: 'Jörg', note: 'München', nickname: 'Jö' }])
  })

  it('undoes folds of all kinds, also within a character and within base64', async () => {
    const file = bytesOf(
      [
        vcard('VERSION:3.0', 'FN:Jo\u00c3', ' \u00a3o  ', '\tPe', ' reira', 'NOTE:a', '  b'),
        vcard(
          'VERSION:2.1',
          'FN:Jo',
          ' Pereira',
          'PHOTO;ENCODING=BASE64;JPEG:',
          ' AAAA',
          'BBBB==',
          '',
          'TITLE:x',
        ),
        vcard('VERSION:4.0', 'FN:Jo', 'TITLE:x').replaceAll('\r\n', '\n'),
        vcard('VERSION:4.0', 'FN:Jo', 'TITLE:x').replaceAll('\r\n', '\r'),
      ].join(''),
    )
    expect(await readingOfCards(file)).toEqual([
      { name: 'João  Pereira', note: 'a b' },
      {
        name: 'Jo Pereira',
        customFields: { jobTitle: 'x' },
        notes: ['PHOTO: a picture that is in the file itself'],
      },
      { name: 'Jo', customFields: { jobTitle: 'x' } },
      { name: 'Jo', customFields: { jobTitle: 'x' } },
    ])
  })

  it('reads types in all spellings, and what is preferred in three', async () => {
    const tels = (...lines: string[]) => readingOfCards(vcard('VERSION:3.0', ...lines))
    const [list, several, quoted, bare, numbered] = await Promise.all([
      tels('TEL:+1 1', 'TEL;TYPE=WORK,CELL,PREF:+1 2'),
      tels('TEL:+1 1', 'TEL;type=WORK;type=cell;type=pref:+1 2'),
      tels('TEL:+1 1', 'TEL;TYPE="work,cell";PREF=1:+1 2'),
      tels('TEL:+1 1', 'TEL;WORK;CELL:+1 2'),
      tels('TEL;PREF=2:+1 1', 'TEL;PREF=1:+1 2', 'TEL;PREF=1:+1 3'),
    ])
    const both = [
      {
        phone: '+1 1',
        contactMethods: [{ value: '+1 1' }, { type: 'mobile', label: 'work', primary: true }],
      },
    ]
    for (const one of [list, several, quoted, bare]) expect(one).toMatchObject(both)
    expect(numbered).toMatchObject([
      { phone: '+1 2', contactMethods: [{ primary: false }, { primary: true }, { primary: false }] },
    ])
  })

  it('makes phones of mobile numbers where it is asked for', async () => {
    const file = vcard('VERSION:3.0', 'TEL;TYPE=CELL:+1 1', 'TEL;TYPE=CELL,WORK:+1 2')
    const phones = [
      {
        phone: '+1 1',
        contactMethods: [
          { type: 'phone', value: '+1 1', primary: true, label: 'mobile' },
          { type: 'phone', value: '+1 2', primary: false, label: 'mobile, work' },
        ],
      },
    ]
    expect(await readingOfCards(file, { mobileAs: 'phone' })).toEqual(phones)
    expect(await readingOfCards(file, { by: 'phone' })).toEqual(phones)
    expect(await readingOfCards(file)).not.toHaveProperty('0.phone')
  })

  it('reads vCard 4.0: values that are URIs, labels, parameters with quotes', async () => {
    const file = vcard(
      'VERSION:4.0',
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'FN;PREF=2:Ana',
      'FN;PREF=1;LANGUAGE=pt:Ana Souza',
      'TEL;VALUE=uri;TYPE="voice,work":tel:+1-418-656-9254;ext=102',
      'EMAIL:mailto:ana@example.com',
      'LANG:pt-BR',
      'TZ:Europe/Lisbon',
      'PHOTO:https://example.com/ana.png',
      'ADR;LABEL="1 Rua^nLisboa, ^\'PT^\'":;;1 Rua;Lisboa;;1000-001;PT',
      'BDAY:19900131',
      'ANNIVERSARY:--0203',
      'CATEGORIES:a\\,b,c',
      'IMPP;PREF=1:xmpp:ana@example.com',
    )
    expect(await readingOfCards(file)).toEqual([
      {
        externalId: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        name: 'Ana Souza',
        email: 'ana@example.com',
        phone: '+1-418-656-9254;ext=102',
        contactMethods: [
          { type: 'email', value: 'ana@example.com', primary: true },
          { type: 'phone', value: '+1-418-656-9254;ext=102', primary: true, label: 'work' },
        ],
        locale: 'pt-BR',
        timezone: 'Europe/Lisbon',
        avatarUrl: 'https://example.com/ana.png',
        tags: ['a,b', 'c'],
        customFields: {
          birthday: '1990-01-31',
          anniversary: '--02-03',
          addresses: [
            {
              streetAddress: '1 Rua',
              locality: 'Lisboa',
              postalCode: '1000-001',
              country: 'PT',
              formatted: '1 Rua\nLisboa, "PT"',
            },
          ],
          FN: [{ pref: ['2'], value: 'Ana' }],
          IMPP: [{ pref: ['1'], value: 'xmpp:ana@example.com' }],
        },
      },
    ])
  })

  it('takes the line ends of a whole address as the standard writes them in its own example', async () => {
    const adr =
      'ADR;GEO="geo:12.3457,78.910";LABEL="Mr. John Q. Public, Esq.\\nMail Drop: TNE QB\\nU.S.A.":;;123 Main St;;;;'
    const [contact] = await readingOfCards(vcard('VERSION:4.0', 'FN:John', adr))
    expect(contact).toMatchObject({
      customFields: { addresses: [{ formatted: 'Mr. John Q. Public, Esq.\nMail Drop: TNE QB\nU.S.A.' }] },
      notes: ['ADR: its GEO'],
    })
  })
})
