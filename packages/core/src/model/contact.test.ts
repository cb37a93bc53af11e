import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type Contact, ContactSchema } from './contact.ts'

const contact: Required<Contact> = {
  provider: 'crm',
  id: 'c1',
  externalId: 'user-42',
  name: 'Ana Souza',
  givenName: 'Ana',
  familyName: 'Souza',
  nickname: 'aninha',
  email: 'ana@example.com',
  phone: '+351912345678',
  contactMethods: [
    {
      id: 'm1',
      type: 'email',
      value: 'ana@example.com',
      label: 'work',
      primary: true,
      verified: true,
      verifiedAt: '2026-01-01T00:00:00.000Z',
      externalId: 'x',
      customFields: { room: 3 },
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
  ],
  avatarUrl: 'https://example.com/ana.png',
  note: 'Prefers mornings.',
  locale: 'pt-PT',
  timezone: 'Europe/Lisbon',
  tags: [],
  status: 'lead',
  customFields: { plan: { name: 'pro' } },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  verifiedAt: '2026-01-01T00:00:00.000Z',
  deleted: false,
  raw: { anything: 1 },
}

describe('ContactSchema', () => {
  it('takes a contact with everything, stored as JSON and read back', () => {
    expect(v.parse(ContactSchema, JSON.parse(JSON.stringify(contact)))).toEqual(contact)
  })

  it('takes a contact with only what every contact has', () => {
    const least = { provider: 'crm', id: 'c1', contactMethods: [], customFields: {}, raw: null }
    expect(v.parse(ContactSchema, least)).toEqual(least)
  })

  it.each(['provider', 'id', 'contactMethods', 'customFields'] as const)('wants %s', (field) => {
    const { [field]: _left, ...rest } = contact
    expect(v.is(ContactSchema, rest)).toBe(false)
  })

  it('has no null and no undefined for what is absent', () => {
    for (const value of [null, undefined]) {
      for (const field of ['externalId', 'email', 'tags', 'deleted', 'createdAt'] as const) {
        expect(v.is(ContactSchema, { ...contact, [field]: value })).toBe(false)
      }
    }
  })

  it.each([
    { customFields: [] },
    { customFields: new Map() },
    { contactMethods: [{ type: 'email', value: 'ana@example.com' }] },
    { contactMethods: [{ type: 'pager', value: '1', primary: false }] },
    { tags: [1] },
    { deleted: 'no' },
  ])('refuses %o', (change) => {
    expect(v.is(ContactSchema, { ...contact, ...change })).toBe(false)
  })
})
