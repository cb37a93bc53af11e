import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ContactSchema } from '../model/contact.ts'
import { buildContact, type ContactParts } from './contact-parts.ts'

const bare = { provider: 'example-crm', id: 'p1', raw: { id: 'p1' } }

describe('buildContact', () => {
  it('keeps every field', () => {
    const fields = {
      externalId: 'crm-1',
      name: 'Ana Souza',
      givenName: 'Ana',
      familyName: 'Souza',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '+15550001',
      avatarUrl: 'https://example.com/a.png',
      note: 'Likes tea',
      locale: 'pt-BR',
      timezone: 'Europe/Lisbon',
      tags: ['vip'],
      status: 'active',
      customFields: { plan: 'pro' },
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      verifiedAt: '2026-01-03T00:00:00.000Z',
      deleted: true,
    }
    const contact = buildContact({ ...bare, ...fields })
    expect(contact).toStrictEqual({
      ...bare,
      ...fields,
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true },
        { type: 'phone', value: '+15550001', primary: true },
      ],
    })
    expect(v.is(ContactSchema, contact)).toBe(true)
    expect(contact.raw).toBe(bare.raw)
    expectTypeOf(contact.raw).toEqualTypeOf<{ id: string }>()
  })

  it('leaves out what is absent, null, empty or not deleted', () => {
    const nothing = {
      name: null,
      email: '',
      phone: undefined,
      note: '',
      tags: null,
      customFields: null,
      createdAt: null,
      deleted: false,
    } satisfies Partial<ContactParts<unknown>>
    for (const parts of [bare, { ...bare, ...nothing }]) {
      expect(buildContact(parts)).toStrictEqual({ ...bare, contactMethods: [], customFields: {} })
    }
    expect(buildContact({ ...bare, tags: [] }).tags).toEqual([])
  })

  it('has a method for each slot', () => {
    const { contactMethods, phone } = buildContact({
      ...bare,
      mobile: '+15550002',
      fax: '+15550003',
      phone: '+15550001',
    })
    expect(contactMethods).toEqual([
      { type: 'phone', value: '+15550001', primary: true },
      { type: 'mobile', value: '+15550002', primary: true },
      { type: 'fax', value: '+15550003', primary: true },
    ])
    expect(phone).toBe('+15550001')
  })

  it('takes email and phone from the primaries of a list', () => {
    const contactMethods = [
      { type: 'email' as const, value: 'a@example.com', primary: false },
      { type: 'email' as const, value: 'b@example.com', primary: true },
      { type: 'phone' as const, value: '+15550001', primary: false },
    ]
    const contact = buildContact({ ...bare, contactMethods, phone: 'is not looked at' })
    expect(contact.contactMethods).toBe(contactMethods)
    expect(contact.email).toBe('b@example.com')
    expect(contact).not.toHaveProperty('phone')
  })

  it('does not share the tags with the record', () => {
    const tags = ['a']
    buildContact({ ...bare, tags }).tags?.push('b')
    expect(tags).toEqual(['a'])
  })
})
