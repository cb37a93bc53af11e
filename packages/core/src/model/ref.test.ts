import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { Contact } from './contact.ts'
import { type ContactRef, isContact, REF_KEYS, resolveRef } from './ref.ts'

const contact: Contact = {
  provider: 'crm',
  id: 'c1',
  email: 'ana@example.com',
  contactMethods: [],
  customFields: {},
  raw: null,
}

function refusalOf(ref: unknown): ContactsError {
  try {
    resolveRef(ref as ContactRef, 'crm')
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw error
  }
  throw new Error('It was taken.')
}

describe('resolveRef', () => {
  it('takes a string for an id', () => {
    expect(resolveRef('c1', 'crm')).toEqual({ key: 'id', value: 'c1' })
  })

  it('takes each key, with any text that is not blank, as it is', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => value.trim() !== '')
    fc.assert(
      fc.property(fc.constantFrom(...REF_KEYS), text, (key, value) => {
        expect(resolveRef({ [key]: value } as ContactRef, 'crm')).toEqual({ key, value })
      }),
    )
  })

  it('takes a contact of the same provider by its id, whatever else it has', () => {
    expect(resolveRef(contact, 'crm')).toEqual({ key: 'id', value: 'c1' })
  })

  it('takes members that are undefined for absent', () => {
    const ref = { id: undefined, email: 'ana@example.com' } as unknown as ContactRef
    expect(resolveRef(ref, 'crm')).toEqual({ key: 'email', value: 'ana@example.com' })
  })

  it("refuses another provider's contact, and says what to do", () => {
    const error = refusalOf({ ...contact, provider: 'other' })
    expect(error.code).toBe('invalid_input')
    expect(error.message).toContain('comes from another provider; look it up in crm by a key of its own')
  })

  it.each([
    undefined,
    null,
    42,
    '',
    '  ',
    {},
    [],
    ['c1'],
    { id: '' },
    { id: ' ' },
    { id: 7 },
    { email: null },
    { name: 'Ana' },
    { id: 'c1', email: 'ana@example.com' },
    { externalId: 'x', name: 'Ana' },
    new Date(0),
    new Map([['id', 'c1']]),
    'half \ud83d',
    { externalId: '\ude00' },
    { ...contact, id: '' },
    JSON.parse('{"__proto__":{"id":"c1"}}'),
  ])('refuses %o', (ref) => {
    expect(refusalOf(ref).code).toBe('invalid_input')
  })

  it('does not repeat what it was given', () => {
    for (const ref of [
      { 'secret-key': 1 },
      { email: { secret: 'secret-value' } },
      { ...contact, provider: 'secret' },
    ]) {
      expect(refusalOf(ref).message).not.toContain('secret')
    }
  })
})

describe('isContact', () => {
  it('tells a contact from the keys of one', () => {
    expect(isContact(contact)).toBe(true)
    for (const ref of ['c1', { id: 'c1' }, { email: 'ana@example.com' }]) expect(isContact(ref)).toBe(false)
  })
})
