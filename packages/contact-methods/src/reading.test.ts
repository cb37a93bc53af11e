import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { ana, C, READ } from './testing/ana.ts'
import { setup } from './testing/setup.ts'

describe('get', () => {
  it('is the client with all its methods; mobile is a type of its own', async () => {
    const { contacts, requests } = ana()
    const contact = await contacts.get(C)
    expect(contact).toMatchObject({
      provider: 'contact-methods',
      id: C,
      email: 'ana@example.com',
      phone: '+52 55 1234 5678',
      customFields: {},
      contactMethods: [
        {
          id: 'e1',
          type: 'email',
          value: 'ana@example.com',
          label: 'Personal',
          primary: true,
          verified: true,
          verifiedAt: '2025-02-01T00:00:00.000Z',
          externalId: 'crm-e1',
          customFields: { source: 'crm', optIn: true },
          createdAt: '2025-01-01T00:01:00.000Z',
          updatedAt: '2025-01-01T00:00:00.000Z',
        },
        { id: 'e2', primary: false, verified: false },
        { id: 'p1', primary: true },
        { id: 'm1', type: 'mobile', primary: true },
        { id: 'f1', type: 'fax' },
      ],
      raw: { clientId: C, contactMethods: [{ id: 'e1', isPrimary: true }, {}, {}, {}, {}] },
    })
    expect(requests()).toEqual([READ])
  })

  it('reads every page', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(
      Array.from({ length: 450 }, (_, n) => ({ clientId: C, type: 'other' as const, value: `v${n}` })),
    )
    expect((await contacts.get(C)).contactMethods).toHaveLength(450)
    expect(vendor.requests).toHaveLength(3)
  })

  it.each(['empty', 'not-found'] as const)(
    'of a client without methods is not_found (%s)',
    async (unknownClient) => {
      const { contacts } = setup({}, { unknownClient })
      expect(await failure(contacts.get(C))).toMatchObject({ code: 'not_found' })
      expect(await contacts.find(C)).toBeUndefined()
      expect(await failure(contacts.update(C, { email: 'a@example.com' }))).toMatchObject({
        code: 'not_found',
      })
      expect(await failure(contacts.delete(C))).toMatchObject({ code: 'not_found' })
    },
  )

  it('by email and phone is the client whose primary it is, with all its methods', async () => {
    const { contacts, vendor, requests } = ana()
    vendor.seed([{ clientId: 'other', type: 'email', value: 'ana@example.com' }])
    expect((await contacts.get({ email: 'ana@example.com' })).contactMethods).toHaveLength(5)
    expect(requests()).toEqual(['POST /contact-methods/list', READ])
    expect((await contacts.get({ phone: '+52 55 1234 5678' })).id).toBe(C)
    expect(await contacts.find({ email: 'work@example.com' })).toBeUndefined()
    expect(await contacts.find({ phone: '+52 55 8765 4321' })).toBeUndefined()
    vendor.seed([{ clientId: 'twin', type: 'email', value: 'ana@example.com', isPrimary: true }])
    expect(await failure(contacts.get({ email: 'ana@example.com' }))).toMatchObject({ code: 'ambiguous' })
  })

  it('by email takes no client whose primary it is not, should a filter be passed over', async () => {
    const { contacts, vendor } = ana()
    vendor.seed([{ clientId: 'other', type: 'email', value: 'else@example.com', isPrimary: true }])
    const record = vendor.contactMethods.at(-1)
    const answer = (changed: Readonly<Record<string, string | boolean>>) =>
      vendor.faults.add({
        path: '/list',
        body: { data: [{ ...record, ...changed }], pagination: { hasMore: false } },
      })
    answer({})
    expect(await failure(contacts.find({ email: 'ana@example.com' }))).toMatchObject({ code: 'bad_response' })
    answer({ value: 'ana@example.com', isPrimary: false })
    expect(await contacts.find({ email: 'ana@example.com' })).toBeUndefined()
    answer({ value: 'ana@example.com', type: 'other' })
    expect(await contacts.find({ email: 'ana@example.com' })).toBeUndefined()
  })

  it('refuses methods of another client', async () => {
    const { contacts, vendor } = ana()
    vendor.faults.add({ malformed: { index: 0, record: (record) => ({ ...record, clientId: 'other' }) } })
    expect(await failure(contacts.get(C))).toMatchObject({ code: 'bad_response' })
  })

  it('counts the newer of two primaries, should the vendor have two', async () => {
    const { contacts, vendor } = ana()
    const record = (given: object) => ({ ...given, isPrimary: true, updatedAt: '2025-03-01T00:00:00Z' })
    vendor.faults.add({ malformed: { index: 3, record } })
    const contact = await contacts.get(C)
    expect(contact.email).toBe('work@example.com')
    expect(contact.contactMethods.filter(({ type, primary }) => type === 'email' && primary)).toHaveLength(1)
  })
})
