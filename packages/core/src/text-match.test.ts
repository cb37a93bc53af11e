import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from './model/contact.ts'
import { compileTextSearch } from './text-match.ts'

function matches(text: string, fields: Partial<Contact>): boolean {
  const contact: Contact = {
    provider: 'memory',
    id: 'own-id',
    contactMethods: [],
    customFields: {},
    raw: {},
    ...fields,
  }
  return compileTextSearch(text)(contact)
}

describe('compileTextSearch', () => {
  it.each<[string, Partial<Contact>]>([
    ['name', { name: 'needle' }],
    ['givenName', { givenName: 'needle' }],
    ['familyName', { familyName: 'needle' }],
    ['nickname', { nickname: 'needle' }],
    ['email', { email: 'needle@example.com' }],
    ['phone', { phone: 'tel:needle' }],
    ['externalId', { externalId: 'user-needle-42' }],
    ['note', { note: 'a haystack\nwith a needle' }],
    ['tags', { tags: ['hay', 'needle'] }],
    ['contactMethods', { contactMethods: [{ type: 'other', value: '@needle', primary: false }] }],
  ])('looks into %s', (_field, fields) => {
    expect(matches('needle', fields)).toBe(true)
    expect(matches('needles', fields)).toBe(false)
  })

  it('does not look anywhere else', () => {
    const fields: Partial<Contact> = {
      id: 'needle',
      status: 'needle',
      customFields: { needle: 'needle' },
      raw: 'needle',
    }
    expect(matches('needle', fields)).toBe(false)
  })

  it('wants every word, each in any field, in any order', () => {
    const fields = { name: 'Ana Souza', tags: ['vip'] }
    expect(matches('souza  vip\tana', fields)).toBe(true)
    expect(matches('souza vip bea', fields)).toBe(false)
  })

  it('finds no word across two fields', () => {
    expect(matches('anasouza', { givenName: 'Ana', familyName: 'Souza' })).toBe(false)
    expect(
      matches('415555', { phone: '415', contactMethods: [{ type: 'phone', value: '555', primary: false }] }),
    ).toBe(false)
  })

  it.each([
    ['JOSE', 'José'],
    ['josé', 'JOSE\u0301'],
    ['strasse', 'Straße'],
    ['STRAßE', 'strasse'],
    ['istanbul', 'İSTANBUL'],
    ['κωσ', 'ΚΏΣΤΑΣ'],
    ['ΝΊΚΟΣ', 'Νίκος'],
    ['nguyen', 'Nguyễn'],
    ['ｙａｍａｄａ', 'Yamada'],
    ['ヤマダ', 'ﾔﾏﾀﾞ'],
    ['李', '李小龍'],
    ['محمد', 'مُحَمَّد'],
    ['احمد', 'أحمد'],
    ['محمد', 'محـــمد'],
    ['שלום', 'שָׁלוֹם'],
    ['한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8'],
    ['🙂', 'Ana 🙂'],
    ['❤', '❤️'],
    ['ana', 'A\u200bna'],
    ['हिन्दी', 'हिन्दी'],
  ])('finds %s in %s', (text, name) => {
    expect(matches(text, { name })).toBe(true)
  })

  it.each([
    ['ガ', 'カ'],
    ['하', '한'],
    ['कि', 'का'],
    ['🙂', '🙃'],
    ['李', '孫'],
  ])('tells %s from %s', (text, name) => {
    expect(matches(text, { name })).toBe(false)
  })

  describe('finds every word of a name', () => {
    const known = fc.constantFrom(' ', 'é', 'Σ', 'ß', 'İ', 'Ж', '李', 'م', '🙂', '\u0301', '1', '+', 'a')
    const anything = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
    const nameOf = (unit: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .array(unit, { minLength: 1, maxLength: 12 })
        .map((parts) => parts.join(''))
        .filter((text) => /[\p{Lu}\p{Ll}\p{Lo}\p{N}]/u.test(text.normalize('NFKD')))

    it('in any normal form, also inside a longer one', () => {
      fc.assert(
        fc.property(nameOf(fc.oneof(known, anything)), (text) => {
          expect(matches(text, { name: text })).toBe(true)
          expect(matches(text.normalize('NFD'), { name: text.normalize('NFC') })).toBe(true)
          expect(matches(text, { name: `x${text}x` })).toBe(true)
        }),
        { numRuns: 1000 },
      )
    })

    it('in upper and lower case', () => {
      fc.assert(
        fc.property(nameOf(known), (text) => {
          expect(matches(text.toUpperCase(), { name: text.toLowerCase() })).toBe(true)
          expect(matches(text.toLowerCase(), { name: text.toUpperCase() })).toBe(true)
        }),
        { numRuns: 1000 },
      )
    })
  })

  describe('phone numbers', () => {
    it('are found however they are written', () => {
      const spellings = [
        '+14155552671',
        '1 415 555 2671',
        '+1 (415) 555-2671',
        '415.555',
        '(415)',
        '555-2671',
        '٤١٥٥٥٥',
      ]
      for (const phone of ['+14155552671', '+1 (415) 555-2671', '1-415-555-2671', '١٤١٥٥٥٥٢٦٧١']) {
        for (const text of spellings) expect(matches(text, { phone }), `${text} in ${phone}`).toBe(true)
        expect(matches('+1 415 555 2672', { phone })).toBe(false)
      }
    })

    it('are found beside other words', () => {
      expect(matches('ana +1 415 555', { name: 'Ana', phone: '14155552671' })).toBe(true)
      expect(matches('bea +1 415 555', { name: 'Ana', phone: '14155552671' })).toBe(false)
      expect(matches('555-2671 (415)', { phone: '+14155552671' })).toBe(true)
    })

    it('are looked for among the contact methods', () => {
      const value = '(415) 555-2671'
      for (const type of ['phone', 'mobile', 'fax', 'other'] as const) {
        expect(matches('4155552671', { contactMethods: [{ type, value, primary: true }] })).toBe(true)
      }
    })

    it('are looked for nowhere else, where digits in a row mean nothing', () => {
      expect(matches('1234', { note: 'room 12, floor 34' })).toBe(false)
      expect(matches('1234', { contactMethods: [{ type: 'email', value: 'a12.34@b', primary: true }] })).toBe(
        false,
      )
    })

    it('want three digits', () => {
      expect(matches('1-2', { phone: '312' })).toBe(false)
      expect(matches('12', { phone: '312' })).toBe(true)
      expect(matches('3-12', { phone: '312' })).toBe(true)
    })
  })

  it.each(['', ' \t\n', '\u200b', '\u0301', 1, undefined])('refuses %j', (text) => {
    expect(() => compileTextSearch(text as string)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  it('takes long text of hostile shape in its stride', () => {
    const started = performance.now()
    expect(matches(`${'1'.repeat(200_000)}x`, { phone: '1' })).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
