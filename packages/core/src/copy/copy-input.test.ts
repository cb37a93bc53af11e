import { describe, expect, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import type { WritableField } from '../model/input.ts'
import { copyInput } from './copy-input.ts'

const base: Contact = { provider: 'test', id: 'c-1', contactMethods: [], customFields: {}, raw: undefined }
const all: readonly WritableField[] = ['id', 'externalId', 'email', 'phone', 'contactMethods', 'tags']
const ana = { type: 'email', value: 'ana@example.com', primary: true } as const

describe('copyInput', () => {
  it('leaves out what is absent, also where it is an empty list or object', () => {
    expect(copyInput({ ...base, tags: [] }, 'externalId', all)).toEqual({ externalId: 'test:c-1' })
    expect(copyInput({ ...base, tags: ['a'], customFields: { a: 1 } }, 'externalId', all)).toEqual({
      externalId: 'test:c-1',
      tags: ['a'],
      customFields: { a: 1 },
    })
  })

  it('keeps an external id as the id where there is no other place for it', () => {
    const contact = { ...base, externalId: 'user-1' }
    expect(copyInput(contact, 'id', ['id', 'email'])).toEqual({ id: 'user-1' })
    expect(copyInput(contact, 'id', all)).toEqual({ id: 'user-1', externalId: 'user-1' })
    expect(copyInput(contact, 'email', ['email'])).toEqual({ externalId: 'user-1' })
  })

  it('takes the id for the external id where it is the caller’s own', () => {
    expect(copyInput(base, 'externalId', all, true)).toEqual({ externalId: 'c-1' })
    expect(copyInput(base, 'id', all)).toEqual({ id: 'test:c-1' })
  })

  it('gives an address alone where that says all, and the list where it says more', () => {
    const contact = { ...base, email: ana.value, contactMethods: [ana] }
    expect(copyInput(contact, 'email', ['email'])).toEqual({ email: ana.value })
    const more = [{ label: 'work' }, { verified: true }, { verifiedAt: '2026-01-01T00:00:00.000Z' }]
    for (const said of more) {
      const method = { ...ana, ...said }
      expect(copyInput({ ...contact, contactMethods: [method] }, 'email', ['email'])).toEqual({
        email: ana.value,
        contactMethods: [method],
      })
    }
    const notVerified = { ...ana, verified: false }
    expect(copyInput({ ...contact, contactMethods: [notVerified] }, 'email', ['email'])).toEqual({
      email: ana.value,
    })
  })

  it('passes on that a method is verified, and not its id and times', () => {
    const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' }
    const verified = { verified: true, verifiedAt: '2026-01-01T00:00:00.000Z' }
    const contact = {
      ...base,
      email: ana.value,
      contactMethods: [{ ...ana, id: 'm-1', ...times, ...verified }],
    }
    expect(copyInput(contact, 'email', all)).toEqual({
      email: ana.value,
      contactMethods: [{ ...ana, ...verified }],
    })
  })
})
