import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { applyWrite, fakeContact } from './testing/fake-contacts.ts'
import { diffContact, sameContact } from './upserts.ts'

const contact: Contact = {
  provider: 'fake',
  id: 'c1',
  externalId: 'user-1',
  name: 'Ana',
  email: 'ana@example.com',
  contactMethods: [
    { id: 'm1', type: 'email', value: 'ana@example.com', primary: true, customFields: { room: 3 } },
    { type: 'phone', value: '+351 1', primary: false, verifiedAt: '2026-01-01T00:00:00.000Z' },
  ],
  tags: ['a', 'b'],
  customFields: { plan: 'pro', address: { city: 'Porto', zip: [1, 2] }, gone: null },
  verifiedAt: '2026-01-01T00:00:00.000Z',
  raw: null,
}

const methods = [
  { type: 'phone', value: '+351 1' },
  { type: 'email', value: 'ana@example.com', primary: true },
] as const

describe('diffContact', () => {
  it.each<[string, ContactWrite]>([
    ['nothing', {}],
    ['the same text', { name: 'Ana', externalId: 'user-1' }],
    ['null for what is not there', { nickname: null, phone: null }],
    ['the same moment, written otherwise', { verifiedAt: '2026-01-01T01:00:00+01:00' }],
    ['the same tags in another order', { tags: ['b', 'a'] }],
    [
      'the same custom fields, deep, in another order of keys',
      { customFields: { address: { zip: [1, 2], city: 'Porto' } } },
    ],
    ['null for a custom field that is not there', { customFields: { seats: null, gone: null } }],
    ['no custom fields', { customFields: {} }],
    ['the same methods in another order', { contactMethods: [...methods] }],
    ['the same methods in the same order', { contactMethods: [methods[1], methods[0]] }],
    [
      'no custom fields for a method that has none',
      { contactMethods: [{ ...methods[0], customFields: null }, methods[1]] },
    ],
    [
      'the same methods with what is said of them',
      {
        contactMethods: [
          { ...methods[0], verifiedAt: '2026-01-01T01:00:00+01:00', label: null },
          { ...methods[1], id: 'm1', customFields: { room: 3 } },
        ],
      },
    ],
  ])('finds nothing in %s', (_name, write) => {
    expect(diffContact(contact, write)).toBeUndefined()
  })

  it.each<[string, ContactWrite, ContactWrite]>([
    ['text', { name: 'Ana Souza', externalId: 'user-1' }, { name: 'Ana Souza' }],
    ['text that is cleared', { name: null, nickname: null }, { name: null }],
    ['text that is new', { nickname: 'aninha' }, { nickname: 'aninha' }],
    ['text in another case', { email: 'Ana@example.com' }, { email: 'Ana@example.com' }],
    ['another moment', { verifiedAt: '2026-01-02T00:00:00Z' }, { verifiedAt: '2026-01-02T00:00:00Z' }],
    ['a moment that is cleared', { verifiedAt: null }, { verifiedAt: null }],
    ['tags more', { tags: ['a', 'b', 'c'] }, { tags: ['a', 'b', 'c'] }],
    ['tags less', { tags: ['a'] }, { tags: ['a'] }],
    ['tags cleared', { tags: null }, { tags: null }],
    [
      'one custom field of several',
      { customFields: { plan: 'team', gone: null } },
      { customFields: { plan: 'team' } },
    ],
    [
      'a custom field of another type',
      { customFields: { address: 'Porto' } },
      { customFields: { address: 'Porto' } },
    ],
    ['a custom field that is removed', { customFields: { plan: null } }, { customFields: { plan: null } }],
    ['all custom fields cleared', { customFields: null }, { customFields: null }],
    [
      'a method more',
      { contactMethods: [...methods, methods[0]] },
      { contactMethods: [...methods, methods[0]] },
    ],
    ['a method less', { contactMethods: [methods[1]] }, { contactMethods: [methods[1]] }],
    [
      'one method twice in the place of two',
      { contactMethods: [methods[1], methods[1]] },
      { contactMethods: [methods[1], methods[1]] },
    ],
    ['no methods', { contactMethods: null }, { contactMethods: null }],
  ])('finds %s', (_name, write, expected) => {
    expect(diffContact(contact, write)).toEqual(expected)
  })

  it.each([
    { ...methods[1], value: 'ana@work.example' },
    { ...methods[1], primary: false },
    { ...methods[1], id: 'm2' },
    { ...methods[1], label: 'work' },
    { ...methods[1], customFields: { room: 4 } },
    { ...methods[1], customFields: null },
    { ...methods[1], verifiedAt: '2026-01-01T00:00:00Z' },
    { ...methods[1], type: 'other' as const },
  ])('finds a method that differs: %o', (method) => {
    expect(diffContact(contact, { contactMethods: [methods[0], method] })).toBeDefined()
  })

  it('takes a provider without tags for one with none', () => {
    const { tags: _tags, ...without } = contact
    expect(diffContact(without, { tags: null })).toBeUndefined()
    expect(diffContact(without, { tags: [] })).toBeUndefined()
    expect(diffContact(without, { tags: ['a'] })).toEqual({ tags: ['a'] })
  })

  it('sees no custom field that objects inherit', () => {
    expect(diffContact(contact, { customFields: { constructor: null } })).toBeUndefined()
    expect(diffContact(contact, { customFields: { toString: 'x' } })).toBeDefined()
  })

  it('leaves nothing to change when the difference has been written', () => {
    const text = fc.option(fc.constantFrom('a', 'b', 'c'))
    const write = fc.record(
      {
        name: text,
        nickname: text,
        email: fc.option(fc.constantFrom('a@x', 'b@x')),
        tags: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))),
        customFields: fc.option(fc.dictionary(fc.constantFrom('k', 'l', 'm'), fc.jsonValue({ maxDepth: 2 }))),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(write, write, (first, second) => {
        fc.pre(!JSON.stringify([first, second]).includes('__proto__'))
        const before = fakeContact('c1', JSON.parse(JSON.stringify(first)))
        const wanted: ContactWrite = JSON.parse(JSON.stringify(second))
        const difference = diffContact(before, wanted)
        const after = difference ? applyWrite(before, difference) : before
        expect(diffContact(after, wanted)).toBeUndefined()
        const { raw: _a, ...whole } = applyWrite(before, wanted)
        const { raw: _b, ...least } = after
        expect({ ...least, tags: new Set(least.tags) }).toEqual({ ...whole, tags: new Set(whole.tags) })
      }),
    )
  })
})

describe('diffContact with a rule for keys', () => {
  const same = (key: string, present: string, wanted: string): boolean =>
    key === 'email' && present.toLowerCase() === wanted.toLowerCase()

  it('takes two spellings of a key for the same where the rule says so', () => {
    expect(diffContact(contact, { email: 'ANA@example.com' }, same)).toBeUndefined()
    expect(diffContact(contact, { email: 'bob@example.com' }, same)).toEqual({ email: 'bob@example.com' })
    expect(diffContact(contact, { externalId: 'USER-1' }, same)).toEqual({ externalId: 'USER-1' })
  })

  it('has nothing to say of what is cleared, new, or no key', () => {
    const always = (): boolean => true
    expect(diffContact(contact, { email: null }, always)).toEqual({ email: null })
    expect(diffContact(contact, { phone: '+351' }, always)).toEqual({ phone: '+351' })
    expect(diffContact(contact, { name: 'ANA' }, always)).toEqual({ name: 'ANA' })
  })
})

describe('sameContact', () => {
  it('leaves aside when a contact was updated and the record of the vendor', () => {
    expect(
      sameContact(contact, { ...contact, updatedAt: '2027-01-01T00:00:00.000Z', raw: { other: true } }),
    ).toBe(true)
    expect(sameContact({ ...contact, updatedAt: '2027-01-01T00:00:00.000Z' }, contact)).toBe(true)
  })

  it('sees any other difference, in both directions', () => {
    const others: Contact[] = [
      { ...contact, name: 'Bob' },
      { ...contact, nickname: 'aninha' },
      { ...contact, tags: ['a'] },
      { ...contact, customFields: { ...contact.customFields, plan: 'team' } },
      { ...contact, contactMethods: [] },
    ]
    for (const other of others) {
      expect(sameContact(contact, other)).toBe(false)
      expect(sameContact(other, contact)).toBe(false)
    }
  })
})
