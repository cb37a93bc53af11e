import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capabilities } from './capabilities.ts'
import { failure, first, setup } from './testing/setup.ts'

const ANA = {
  name: 'Ana S.',
  givenName: 'Ana',
  familyName: 'Souza',
  email: 'ana@example.com',
  phone: '+14155552671',
  tags: ['vip', 'pt'],
  timezone: 'Europe/Lisbon',
}

describe('create', () => {
  it.each(['sdk', 'web', 'spec'] as const)(
    'sends the names of the vendor’s specification, in one request, in the dialect %s',
    async (dialect) => {
      const { contacts, vendor, requests } = setup({ dialect }, { requests: dialect })
      const contact = await contacts.create(ANA, {
        vendor: { channel_id: 'ch_1', channel_type: 'whatsapp' },
      })
      expect(vendor.requests[0]?.json).toEqual({
        display_name: 'Ana S.',
        first_name: 'Ana',
        last_name: 'Souza',
        email: 'ana@example.com',
        phone_number: '+14155552671',
        labels: ['vip', 'pt'],
        time_zone: 'Europe/Lisbon',
        channel_id: 'ch_1',
        channel_type: 'whatsapp',
      })
      expect(requests()).toEqual(['POST /contacts'])
      expect(contact).toMatchObject({ ...ANA, provider: 'channel-inbox', createdAt: expect.any(String) })
      expect(contact.raw).toMatchObject({ channel_id: 'ch_1', channel_type: 'whatsapp' })
      expect(await contacts.get(contact.id)).toEqual(contact)
    },
  )

  it('leaves out what is absent or null, and needs nothing', async () => {
    const { contacts, vendor } = setup({}, { contactIds: '_id' })
    const contact = await contacts.create(
      { name: null, email: undefined, tags: null },
      { vendor: { channel_id: null } },
    )
    expect(vendor.requests[0]?.json).toEqual({})
    expect(contact).toMatchObject({ contactMethods: [], tags: [] })
    expect(contact).not.toHaveProperty('name')
  })

  it('makes another contact where there is one with the same address', async () => {
    const { contacts, vendor } = setup()
    await contacts.create(ANA)
    await contacts.create(ANA)
    expect(vendor.contacts).toHaveLength(2)
  })

  it.each([
    ['note', 'x'],
    ['avatarUrl', 'https://example.com/a.png'],
    ['locale', 'pt'],
    ['externalId', 'x'],
    ['customFields', { a: 1 }],
  ])('refuses %s, for which a create has no place', async (field, value) => {
    const { contacts, requests } = setup()
    const input: { name?: string } = Object.fromEntries([[field, value]])
    expect(await failure(contacts.create(input))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: field }],
    })
    expect(requests()).toEqual([])
  })

  it('refuses the vendor’s fields of an update', async () => {
    const { contacts, requests } = setup()
    expect(await failure(contacts.create(ANA, { vendor: { gender: 'f' } }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'vendor.gender' }],
    })
    expect(requests()).toEqual([])
  })

  it.each([5, [], ['x']])('refuses %j for a field of the vendor’s that is text', async (channel_id) => {
    const { contacts, requests } = setup()
    const vendor: object = { channel_id }
    expect(await failure(contacts.create(ANA, { vendor }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'vendor.channel_id', message: 'it must be text' }],
    })
    expect(requests()).toEqual([])
  })

  it('tells what the server did not keep, and that the contact is there', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ method: 'POST', forget: ['labels', 'time_zone'] })
    const error = await failure(contacts.create(ANA))
    expect(error).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'timezone' }, { path: 'tags' }],
      message: expect.stringContaining(first(vendor.contacts).id),
    })
  })

  it('stores a time zone that no update changes or clears, and says so', async () => {
    const { contacts, requests } = setup()
    const { id } = await contacts.create({ timezone: 'UTC' })
    for (const timezone of ['Asia/Tokyo', null]) {
      const patch: object = { timezone }
      expect(await failure(contacts.update(id, patch))).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: 'timezone' }],
      })
    }
    expect(requests()).toEqual(['POST /contacts'])
  })

  it('of many goes on after one that is refused', async () => {
    const { contacts, vendor } = setup()
    const { succeeded, failed } = await contacts.createMany([ANA, { email: 'nobody' }, { name: 'Bo' }])
    expect([succeeded.map(({ index }) => index), failed.map(({ index }) => index)]).toEqual([[0, 2], [1]])
    expect(vendor.contacts).toHaveLength(2)
  })
})

describe('what is written', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '')
  const values = {
    name: text,
    givenName: text,
    familyName: text,
    email: fc.emailAddress(),
    phone: fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => `+351${n}`),
    tags: fc.uniqueArray(text, { maxLength: 3 }),
    timezone: text,
    avatarUrl: fc.webUrl(),
    note: text,
    locale: text,
  }
  const { avatarUrl: _avatarUrl, note: _note, locale: _locale, ...creatable } = values
  const { timezone: _timezone, ...updatable } = values

  it('is read again as it was written', async () => {
    expect(Object.keys(creatable).toSorted()).toEqual(capabilities.create.fields.toSorted())
    expect(Object.keys(updatable).toSorted()).toEqual(capabilities.update.fields.toSorted())
    const { contacts } = setup()
    await fc.assert(
      fc.asyncProperty(
        fc.record(creatable, { requiredKeys: [] }),
        fc.record(updatable, { requiredKeys: [] }),
        async (input, patch) => {
          const made = await contacts.create(input)
          expect(made).toMatchObject(input)
          const changed = await contacts.update(made, patch)
          const { timezone } = input
          expect(changed).toMatchObject({ ...patch, ...(timezone !== undefined && { timezone }) })
          expect(await contacts.get(made.id)).toMatchObject(patch)
        },
      ),
      { numRuns: 60 },
    )
  })
})
