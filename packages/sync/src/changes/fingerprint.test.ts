import type { Contact, ContactMethod } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

const method: ContactMethod = { type: 'email', value: 'ana@example.com', primary: true }
const other: ContactMethod = { type: 'phone', value: '+1 415 555 2671', primary: true }

const ana: Contact = {
  provider: 'memory',
  id: '1',
  name: 'Ana',
  contactMethods: [method, other],
  tags: ['a', 'b'],
  customFields: { plan: 'pro', nested: { x: 1, y: [1, 2] } },
  raw: {},
}

const of = (contact: Contact, ignore: readonly string[] = [], salt = 'salt'): string =>
  fingerprint(contact, salt, ignore)

describe('the fingerprint of a contact', () => {
  it.each<[string, Partial<Contact>]>([
    ['the vendor’s record', { raw: { other: true } }],
    ['when it was updated', { updatedAt: '2026-01-01T00:00:00.000Z' }],
    ['the order of tags', { tags: ['b', 'a'] }],
    ['the order of contact methods', { contactMethods: [other, method] }],
    [
      'when a contact method was updated',
      { contactMethods: [{ ...method, updatedAt: '2026-01-01T00:00:00.000Z' }, other] },
    ],
    ['the order of keys', { customFields: { nested: { y: [1, 2], x: 1 }, plan: 'pro' } }],
  ])('does not depend on %s', (_, change) => {
    expect(of({ ...ana, ...change })).toBe(of(ana))
  })

  it.each<[string, Partial<Contact>]>([
    ['name', { name: 'ana' }],
    ['a field that was absent', { note: 'x' }],
    ['tags', { tags: ['a'] }],
    ['no tags', { tags: [] }],
    ['a contact method', { contactMethods: [method] }],
    ['what is said of a contact method', { contactMethods: [{ ...method, verified: true }, other] }],
    ['a custom field', { customFields: { ...ana.customFields, plan: 'free' } }],
    ['order within a custom field', { customFields: { plan: 'pro', nested: { x: 1, y: [2, 1] } } }],
    ['verification', { verifiedAt: '2026-01-01T00:00:00.000Z' }],
  ])('depends on %s', (_, change) => {
    expect(of({ ...ana, ...change })).not.toBe(of(ana))
  })

  it('leaves out what is ignored, and needs the salt to be made again', () => {
    expect(of({ ...ana, name: 'x' }, ['name'])).toBe(of(ana, ['name']))
    expect(of({ ...ana, tags: [] }, ['tags'])).toBe(of(ana, ['tags']))
    expect(of({ ...ana, contactMethods: [] }, ['contactMethods'])).toBe(of(ana, ['contactMethods']))
    const free = { ...ana, customFields: { ...ana.customFields, plan: 'free' } }
    expect(of(free, ['customFields.plan'])).toBe(of(ana, ['customFields.plan']))
    expect(of(ana, [], 'pepper')).not.toBe(of(ana))
  })
})
