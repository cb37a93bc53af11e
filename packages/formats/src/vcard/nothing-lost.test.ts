import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardsOf, vcard } from '../testing/vcards.ts'

/** What a property may be called: those that fields are made of, and some that none is for. */
const NAMES = [
  ...['FN', 'N', 'NICKNAME', 'UID', 'EMAIL', 'TEL', 'NOTE', 'PHOTO', 'LANG', 'TZ', 'CATEGORIES', 'ORG'],
  ...['TITLE', 'ROLE', 'BDAY', 'ANNIVERSARY', 'X-ANNIVERSARY', 'X-ABDATE', 'ADR', 'URL', 'X-ABADR'],
  ...['X-ABLabel', 'IMPP', 'X-SKYPE', 'RELATED', 'LOGO', 'AGENT', 'GEO', 'X-FOO', 'MEMBER'],
]

const property = fc.record({
  name: fc.constantFrom(...NAMES),
  group: fc.constantFrom('', '', 'item1.', 'item2.'),
  params: fc.array(
    fc.constantFrom(
      ...[
        'TYPE=',
        'TYPE=work,',
        'X-P=',
        'LABEL=',
        'PREF=1',
        'TYPE=pref',
        'CALSCALE=',
        '__proto__=',
        'VALUE=',
      ],
      ...['SORT-AS=', 'ALTID=', 'LANGUAGE='],
    ),
    { maxLength: 3 },
  ),
  encoding: fc.constantFrom('', '', '', ';ENCODING=b', ';ENCODING=QUOTED-PRINTABLE'),
  parts: fc.integer({ min: 1, max: 9 }),
  between: fc.constantFrom(';', ','),
  isBad: fc.boolean(),
  uri: fc.constantFrom('', '', 'https://example.com/', 'urn:uuid:', 'tel:', 'mailto:'),
})

describe('a card that is read', () => {
  it('has all that its properties say somewhere, or a note that names the property', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(property, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('2.1', '3.0', '4.0'),
        async (properties, version) => {
          const witnesses: [string, string][] = []
          let count = 0
          const witness = (name: string): string => {
            const text = `w${++count}x`
            witnesses.push([name, text])
            return text
          }
          const lines = properties.map(({ name, group, params, parts, between, isBad, uri, encoding }) => {
            const isBase64 = encoding === ';ENCODING=b'
            const said = params.map((param) => {
              if (/^(?:TYPE=pref|PREF)/.test(param)) return `;${param}`
              // What says how a value is to be read says nothing of the contact.
              if (/^(?:VALUE|ALTID|LANGUAGE)/.test(param)) return `;${param}x`
              // Nor does which kind of picture it is.
              if (name === 'PHOTO' && param.startsWith('TYPE')) return `;${param}x`
              return `;${param}${witness(name)}`
            })
            const values = Array.from({ length: parts }, () => witness(name)).join(between)
            const value = isBase64 ? (isBad ? `${values}!` : btoa(values)) : `${uri}${values}`
            return `${group}${name}${said.join('')}${encoding}:${value}`
          })
          const [row] = await cardsOf(vcard(`VERSION:${version}`, 'X-LAST:y', ...lines))
          if (row?.error) return
          const text = JSON.stringify(row?.contact)
          const notes = row?.notes ?? []
          const isSaid = ([name, said]: readonly [string, string]): boolean =>
            text.includes(said) || notes.some((note) => note.startsWith(`${name.toUpperCase()}:`))
          expect(witnesses.filter((one) => !isSaid(one))).toEqual([])
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('keeps what cannot be read as what it is said to be beside what is kept under its name', async () => {
    const own = 'X-ANYCONTACT-FIELDS:;{"customFields":{"EMAIL":"kept"}}'
    const [row] = await cardsOf(vcard('FN:Ana', 'EMAIL:none', own))
    expect(row?.contact?.customFields).toEqual({ EMAIL: ['kept', { value: 'none' }] })
  })

  it.each([
    ['N', 'N;ENCODING=b:%%'],
    ['ORG', 'ORG;ENCODING=BASE64:%%'],
    ['NOTE', 'NOTE;ENCODING=b:%%'],
    ['EMAIL', 'EMAIL;ENCODING=b:%%'],
    ['CATEGORIES', 'CATEGORIES;ENCODING=b:%%'],
    ['ADR', 'ADR;ENCODING=b:%%'],
    ['X-FOO', 'X-FOO;ENCODING=b:%%'],
  ])('tells of %s that is no text', async (name, line) => {
    const [row] = await cardsOf(vcard('FN:Ana', line))
    expect(row?.notes).toEqual([`${name}: data that is in the file itself`])
  })

  it('tells of what is said of a property beside what is kept of it', async () => {
    const [row] = await cardsOf(
      vcard(
        'VERSION:4.0',
        'FN;TYPE=work:Ana',
        'ANNIVERSARY;CALSCALE=gregorian:20000101',
        'NOTE;X-P=1:x',
        'item1.TEL;TYPE=work:+1 555 0100',
        'item1.X-ABLabel:desk',
        'ADR;LABEL=Rua 1:;;Rua 1;;;;;Rua 2',
        'X-FOO;__proto__=a;LABEL=b:c',
      ),
    )
    expect(row?.notes).toEqual([
      'FN: its TYPE',
      'ANNIVERSARY: its CALSCALE',
      'NOTE: its X-P',
      'TEL: its TYPE',
      'ADR: its eighth part, because it has a LABEL',
      'X-FOO: its __PROTO__',
    ])
    expect(row?.contact?.customFields?.['X-FOO']).toEqual([{ label: ['b'], value: 'c' }])
  })

  it('keeps a label and a country that belong to nothing that is read with them', async () => {
    const [row] = await cardsOf(
      vcard('item1.FN:Ana', 'item1.X-ABLabel:formal', 'item2.X-ABADR:pt', 'item1.X-ABLabel:other'),
    )
    expect(row?.contact).toEqual({
      name: 'Ana',
      customFields: { 'X-ABADR': 'pt', 'X-ABLABEL': ['formal', 'other'] },
    })
  })
})
