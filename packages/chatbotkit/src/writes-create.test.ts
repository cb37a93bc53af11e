import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

describe('create', () => {
  it('gives the record as stored, although the vendor answers an id only', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({
      externalId: 'user-42',
      name: 'Ana Souza',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '(415) 555-2671',
      note: 'prefers mornings',
      customFields: { plan: 'pro', seats: 3, address: { city: 'Porto' } },
    })
    expect(contact).toMatchObject({
      provider: 'chatbotkit',
      externalId: 'user-42',
      name: 'Ana Souza',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '+14155552671',
      note: 'prefers mornings',
      customFields: { plan: 'pro', seats: 3, address: { city: 'Porto' } },
      contactMethods: [
        { type: 'email', value: 'ana@example.com', primary: true },
        { type: 'phone', value: '+14155552671', primary: true },
      ],
    })
    expect(contact.createdAt).toMatch(/^2026-01-01T.*Z$/)
    expect(contact.verifiedAt).toMatch(/^2026-01-01T.*Z$/)
    expect(contact).not.toHaveProperty('tags')
    expect(requests()).toEqual(['POST create', 'GET {id}/fetch'])
  })

  it('sends verifiedAt with an external id, so that a later ensure accepts the record', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ externalId: 'user-42' })
    const { id } = await contacts.api.ensure({ fingerprint: 'anycontact-external-id:user-42' })
    expect(id).toBe(contact.id)
    expect(vendor.contacts).toHaveLength(1)
  })

  it('takes an external id of null for none, and gives the one that the server made up', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ externalId: null, name: 'Bo' })
    expect(contact.externalId).toMatch(/^c[a-z0-9]{24}$/)
  })

  it('leaves a contact without an external id unverified', async () => {
    const { contacts } = setup()
    expect(await contacts.create({ name: 'Bo' })).not.toHaveProperty('verifiedAt')
  })

  it('leaves one with an external id unverified when told to', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ externalId: 'user-42', verifiedAt: null })
    expect(contact).not.toHaveProperty('verifiedAt')
  })

  it('refuses vendor-only fields that ChatBotKit has not, on update and upsert too', async () => {
    const { contacts, requests } = setup()
    const vendor: { preferences?: string } = Object.assign({ preferences: 'x' }, { preference: 'typo' })
    for (const write of [
      contacts.create({ name: 'Ana' }, { vendor }),
      contacts.update('c000000000000000000000001', { name: 'Ana' }, { vendor }),
      contacts.upsert({ externalId: 'user-42' }, { by: 'externalId', vendor }),
    ]) {
      expect(await failure(write)).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: 'vendor.preference' }],
      })
    }
    expect(requests()).toEqual([])
  })

  it('keeps a verifiedAt that was given', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ externalId: 'user-42', verifiedAt: '2025-05-05T12:00:00+02:00' })
    expect(contact.verifiedAt).toBe('2025-05-05T10:00:00.000Z')
  })

  it('refuses a verifiedAt that the server takes for "not given"', async () => {
    const { contacts, requests } = setup()
    const error = await failure(contacts.create({ verifiedAt: '1970-01-01T00:00:00Z' }))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect(requests()).toEqual([])
  })

  it('answers a taken external id with conflict', async () => {
    const { contacts, vendor } = setup()
    await contacts.create({ externalId: 'user-42', name: 'Ana' })
    const error = await failure(contacts.create({ externalId: 'user-42', name: 'Bo' }))
    expect(error).toMatchObject({
      code: 'conflict',
      status: 409,
      provider: 'chatbotkit',
      operation: 'create',
      applied: 'no',
    })
    expect(vendor.contacts.map(({ name }) => name)).toEqual(['Ana'])
  })

  it('carries vendor-only fields', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ name: 'Ana' }, { vendor: { preferences: 'email only' } })
    expect(contact.raw.preferences).toBe('email only')
  })

  it.each([
    ['an empty key', { '': 1 }],
    ['a key that the server refuses', { _internal: 1 }],
    ['a key that the server hides', { '#secret': 1 }],
    ['a nested key that the server hides', { a: { b: [{ '#secret': 1 }] } }],
  ])('refuses %s in custom fields', async (_, customFields) => {
    const { contacts, requests } = setup()
    const error = await failure(contacts.create({ customFields }))
    expect(error).toMatchObject({ code: 'unsupported_field' })
    expect(requests()).toEqual([])
  })

  it('leaves such a key out, and says so, when told to', async () => {
    const warnings: unknown[] = []
    const { contacts } = setup({ unsupportedFields: 'drop', onWarning: (warning) => warnings.push(warning) })
    const contact = await contacts.create({ customFields: { _internal: 1, plan: 'pro' } })
    expect(contact.customFields).toEqual({ plan: 'pro' })
    expect(warnings).toMatchObject([{ code: 'unsupported_field', field: 'customFields._internal' }])
  })

  it('keeps $update in custom fields as data', async () => {
    const { contacts } = setup()
    const customFields = { $update: { plan: 'free' }, nested: { $update: { a: 1 } } }
    expect((await contacts.create({ customFields })).customFields).toEqual(customFields)
  })

  it.each(['+1 415 555 2671 ext. 123', '(415) 555-2671 x123', '+14155552671;ext=123', '+14155552671 #123'])(
    'refuses the phone %s, whose extension would be lost, on update and upsert too',
    async (phone) => {
      const { contacts, requests } = setup()
      for (const write of [
        contacts.create({ phone }),
        contacts.update('c000000000000000000000001', { phone }),
        contacts.upsert({ externalId: 'user-42', phone }, { by: 'externalId' }),
      ]) {
        expect(await failure(write)).toMatchObject({
          code: 'unsupported_field',
          applied: 'no',
          issues: [{ path: 'phone' }],
        })
      }
      expect(requests()).toEqual([])
    },
  )

  it('leaves such a phone out, and says so, when told to', async () => {
    const fields: unknown[] = []
    const { contacts } = setup({ unsupportedFields: 'drop', onWarning: ({ field }) => fields.push(field) })
    const input = { externalId: 'user-42', name: 'Ana', phone: '+1 415 555 2671 ext. 123' }
    expect(await contacts.create(input)).not.toHaveProperty('phone')
    const { outcome } = await contacts.upsert(input, { by: 'externalId' })
    expect([outcome, fields]).toEqual(['unchanged', ['phone', 'phone']])
  })

  it('refuses a field that ChatBotKit has not', async () => {
    const { contacts, requests } = setup()
    const input: { name: string; tags: string[] } = { name: 'Ana', tags: ['vip'] }
    expect(await failure(contacts.create(input))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'tags' }],
    })
    expect(requests()).toEqual([])
  })
})
