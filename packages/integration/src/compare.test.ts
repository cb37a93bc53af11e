import type { Contact } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { addedFields, compareContacts, keyOf } from './compare.ts'

const base: Contact = { provider: 'test', id: 'c-1', contactMethods: [], customFields: {}, raw: undefined }
const ana = { type: 'email', value: 'ana@example.com', primary: true } as const

function fates(before: Partial<Contact>, after: Partial<Contact>): Record<string, string> {
  return Object.fromEntries(compareContacts({ ...base, ...before }, { ...base, ...after }))
}

describe('compareContacts', () => {
  it('tells kept, changed and lost apart, of the fields that there are', () => {
    expect(
      fates({ name: 'a', note: 'b', locale: 'de', tags: [] }, { name: 'a', note: 'c', status: 'x' }),
    ).toEqual({ name: 'kept', note: 'changed', locale: 'lost' })
  })

  it('compares tags as a set and custom fields at every depth', () => {
    expect(fates({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toEqual({ tags: 'kept' })
    const nested = (value: number | null) => ({ customFields: { a: [{ b: value }] } })
    expect(fates(nested(1), nested(1))).toEqual({ customFields: 'kept' })
    expect(fates(nested(1), nested(null))).toEqual({ customFields: 'changed' })
  })

  it('finds an external id in the id', () => {
    expect(fates({ externalId: 'u' }, { id: 'u' })).toEqual({ externalId: 'kept' })
    expect(fates({ externalId: 'u' }, {})).toEqual({ externalId: 'lost' })
    expect(fates({ externalId: 'u' }, { externalId: 'v' })).toEqual({ externalId: 'changed' })
    expect(keyOf({ ...base, externalId: 'u' })).toBe('u')
  })

  it('compares addresses one by one, with what is said of them', () => {
    const phone = { type: 'phone', value: '(415) 555-0123', primary: true } as const
    const same = { ...phone, value: '+14155550123' }
    expect(fates({ contactMethods: [ana, phone] }, { contactMethods: [same, ana] })).toEqual({
      contactMethods: 'changed',
    })
    expect(fates({ contactMethods: [ana, phone] }, { contactMethods: [ana] })).toEqual({
      contactMethods: 'lost',
    })
    const labelled = { ...ana, label: 'work', verified: true }
    expect(fates({ contactMethods: [labelled] }, { contactMethods: [ana] })).toEqual({
      contactMethods: 'kept',
      'contactMethods.label': 'lost',
      'contactMethods.verified': 'lost',
    })
  })
})

describe('addedFields', () => {
  it('names what only the copy has', () => {
    expect(addedFields({ ...base, name: 'a' }, { ...base, name: 'b', note: 'c', externalId: 'u' })).toEqual([
      'note',
    ])
  })
})
