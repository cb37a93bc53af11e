import type { ContactInput, ContactMethodInput } from '@anycontact/core'
import { ContactInputSchema } from '@anycontact/core/adapter-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { asJson, contactInput, stored } from '../testing/inputs.ts'
import { cardsOf } from '../testing/vcards.ts'
import { writeVCards } from './write-vcards.ts'

const version = fc.constantFrom('3.0' as const, '4.0' as const)

/** Text that is hard on vCard. */
const text = fc
  .oneof(
    fc
      .array(
        fc.constantFrom(
          '\\',
          ';',
          ',',
          ':',
          '\n',
          '\r',
          '\r\n',
          '\\n',
          '"',
          '^',
          '=',
          ' ',
          '\t',
          '\u2028',
          '\u0085',
          '\v',
          'é',
          '🙂',
          'a',
          '\u200d',
          '\uFEFF',
          'BEGIN:VCARD',
          'END:VCARD',
          '\nEMAIL:x@example.com',
          'data:',
          'https://e.example/?a=1;b,c',
          'urn:uuid:',
        ),
        { minLength: 1, maxLength: 10 },
      )
      .map((signs) => signs.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    fc.string({ unit: 'grapheme', minLength: 50, maxLength: 200 }),
  )
  .filter((value) => value.trim() !== '')
const key = fc.oneof(
  text,
  fc.constantFrom(
    'organization',
    'organizationUnits',
    'jobTitle',
    'role',
    'birthday',
    'anniversary',
    'additionalName',
    'namePrefix',
    'nameSuffix',
    'addresses',
    'urls',
    'X-SKYPE',
    'IMPP',
    'GEO',
    'KIND',
    'FN',
    'TEL',
    'EMAIL',
    'UID',
    'NOTE',
    'AGENT',
    'BEGIN',
    'X-ABLABEL',
    'X-ANYCONTACT-FIELDS',
    'X-ANYCONTACT-ERROR',
    'constructor',
    '10',
    '2',
    'CHARSET',
  ),
)
const words = fc.oneof(
  text,
  fc.constantFrom(
    'group',
    'home',
    'work',
    '1990-01-31',
    '--02-03',
    'circa 1800',
    'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
  ),
)
const shape = fc.record(
  {
    value: fc.oneof(words, fc.array(words, { maxLength: 3 })),
    label: words,
    primary: fc.boolean(),
    type: fc.array(fc.constantFrom('home', 'WORK', 'pref', 'a,b'), { maxLength: 2 }),
    encoding: fc.constantFrom(['base64'], ['b']),
    pref: fc.constantFrom(['1'], ['x'], 1),
    streetAddress: words,
    locality: words,
    formatted: words,
    countryCode: words,
    '"\n': words,
  },
  { requiredKeys: [] },
)
const value = fc.oneof(
  words,
  fc.array(words, { maxLength: 3 }),
  fc.array(shape, { minLength: 1, maxLength: 2 }),
  fc.jsonValue({ maxDepth: 2 }),
)
const number = fc.constantFrom(
  '+14155552671',
  '+1 (415) 555-2671',
  'tel:+1-555;ext=5',
  '1,2;3',
  '5\\5',
  ' 5 ',
)
const type = fc.constantFrom(
  'email' as const,
  'phone' as const,
  'mobile' as const,
  'fax' as const,
  'other' as const,
)
const method: fc.Arbitrary<ContactMethodInput> = type.chain((type) =>
  fc.record(
    {
      type: fc.constant(type),
      value:
        type === 'email'
          ? fc.constantFrom('a@example.com', '"a;b,\\\\c"@example.com', 'mailto:b@example.com')
          : number,
      primary: fc.boolean(),
      label: fc.oneof(words, fc.constantFrom('home', 'work', 'Work', '_$!<Home>!$_', 'pref', 'fax')),
      externalId: fc.constantFrom('m-1', 'm;2'),
      verified: fc.constant(true),
    },
    { requiredKeys: ['type', 'value', 'primary'] },
  ),
)
const contact = fc
  .oneof(
    contactInput,
    fc.record(
      {
        externalId: words,
        name: text,
        givenName: text,
        familyName: text,
        nickname: text,
        contactMethods: fc.uniqueArray(method, {
          minLength: 1,
          maxLength: 4,
          selector: ({ type, primary, value }) => (primary ? type : `${type}${value}`),
        }),
        avatarUrl: fc.constantFrom('https://example.com/a,b;c\\d.png', 'HTTP://x'),
        note: text,
        locale: words,
        timezone: fc.oneof(text, fc.constantFrom('Europe/Lisbon', '-05:00')),
        tags: fc.uniqueArray(fc.oneof(text, fc.constant('myContacts')), { minLength: 1, maxLength: 3 }),
        status: text,
        customFields: fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }),
        verifiedAt: fc.constant('2026-01-31T09:00:00.000Z'),
      },
      { requiredKeys: [] },
    ),
  )
  .filter((fields) => Object.keys(fields).length > 0 && v.is(ContactInputSchema, fields))

/** What is to be written of a contact, in the way in which it is read. */
function wanted({ contactMethods = [], email, phone, tags = [], ...fields }: ContactInput): unknown {
  const methods = (contactMethods ?? []).map((one) => ({ ...one, primary: one.primary === true }))
  for (const [type, value] of [
    ['email', email],
    ['phone', phone],
  ] as const) {
    const same = methods.filter((one) => one.type === type)
    if (!value || same.some(({ primary }) => primary)) continue
    const known = same.find((one) => one.value === value)
    if (known) known.primary = true
    else methods.push({ type, value, primary: true })
  }
  const first = (wantedType: string) =>
    methods.find(({ type, primary }) => type === wantedType && primary)?.value
  const isMore = methods.some(
    ({ type, primary, value: _value, ...others }) =>
      !primary || (type !== 'email' && type !== 'phone') || Object.keys(others).length > 0,
  )
  return asJson({
    ...fields,
    email: first('email'),
    phone: first('phone'),
    ...(isMore && { contactMethods: methods }),
    ...(tags?.length && { tags }),
  })
}

describe('readVCards(writeVCards(contacts))', () => {
  it('gives back every field that can be written, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(contact, { minLength: 1, maxLength: 4 }),
        version,
        fc.boolean(),
        fc.boolean(),
        async (inputs, version, asBytes, asStored) => {
          const cards = writeVCards(asStored ? inputs.map(stored) : inputs, { version })
          const rows = await cardsOf(asBytes ? cards.pipeThrough(new TextEncoderStream()) : cards)
          expect(rows.map(({ contact, error, notes }) => error?.issues ?? notes ?? contact)).toEqual(
            inputs.map(wanted),
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})
