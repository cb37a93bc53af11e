import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

describe('update', () => {
  it('gives the record as stored, and leaves what was not named', async () => {
    const { contacts, requests } = setup()
    const before = await contacts.create({
      name: 'Ana',
      email: 'ana@example.com',
      customFields: { plan: 'free' },
    })
    requests()
    const after = await contacts.update(before, { phone: '+442079460958' })
    expect(after).toMatchObject({ name: 'Ana', email: 'ana@example.com', phone: '+442079460958' })
    expect(after.customFields).toEqual({ plan: 'free' })
    expect(requests()).toEqual(['POST {id}/update', 'GET {id}/fetch'])
  })

  it('clears every field with null', async () => {
    const { contacts, vendor } = setup()
    const full = await contacts.create({
      name: 'Ana',
      nickname: 'ana',
      email: 'ana@example.com',
      phone: '+14155552671',
      note: 'x',
      customFields: { plan: 'pro' },
      verifiedAt: '2025-05-05T12:00:00Z',
    })
    const cleared = await contacts.update(full, {
      name: null,
      nickname: null,
      email: null,
      phone: null,
      note: null,
      customFields: null,
      verifiedAt: null,
    })
    for (const field of ['name', 'nickname', 'email', 'phone', 'note', 'verifiedAt']) {
      expect(cleared).not.toHaveProperty(field)
    }
    expect(cleared.contactMethods).toEqual([])
    expect(cleared.customFields).toEqual({})
    expect(vendor.contacts[0]).toMatchObject({
      name: '',
      description: '',
      email: null,
      phone: null,
      nick: null,
      meta: {},
    })
  })

  it('cannot clear the external id, and says so', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ externalId: 'user-42' })
    requests()
    expect(await failure(contacts.update(contact, { externalId: null }))).toMatchObject({
      code: 'unsupported_field',
    })
    expect(requests()).toEqual([])
  })

  it('adds and changes custom fields without touching the others', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ customFields: { plan: 'free', seats: 3, été: 1 } })
    requests()
    const updated = await contacts.update(contact, { customFields: { plan: 'pro', city: 'Porto' } })
    expect(updated.customFields).toEqual({ plan: 'pro', seats: 3, été: 1, city: 'Porto' })
    expect(requests()).toEqual(['POST {id}/update', 'GET {id}/fetch'])
  })

  it('removes a custom field with null, changing others in the same call', async () => {
    const { contacts } = setup()
    const contact = await contacts.create({ customFields: { plan: 'free', seats: 3, keep: [1] } })
    const updated = await contacts.update(contact, {
      customFields: { seats: null, plan: 'pro', absent: null },
    })
    expect(updated.customFields).toEqual({ plan: 'pro', keep: [1] })
  })

  it.each(['-x', '$x', '#x', '_x', 'été', '$update', ' x'])(
    'refuses the key %j, which the server drops on update',
    async (key) => {
      const { contacts, requests } = setup()
      const contact = await contacts.create({ name: 'Ana' })
      requests()
      const error = await failure(contacts.update(contact, { customFields: { [key]: 1 } }))
      expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: `customFields.${key}` }] })
      expect(requests()).toEqual([])
    },
  )

  it('refuses to remove a key when that would lose another one', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ customFields: { été: 1, plan: 'pro' } })
    const error = await failure(contacts.update(contact, { customFields: { plan: null } }))
    expect(error).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'customFields.plan' }] })
    expect(vendor.contacts[0]?.meta).toEqual({ été: 1, plan: 'pro' })
  })

  it('writes nothing for an empty patch', async () => {
    const { contacts, requests } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    requests()
    expect(await contacts.update(contact, { name: undefined })).toEqual(contact)
    expect(requests()).toEqual(['GET {id}/fetch'])
  })

  it('reads once more when a replica still shows the old value, and warns when it goes on', async () => {
    const codes: unknown[] = []
    const { contacts, vendor, requests } = setup({ onWarning: ({ code }) => codes.push(code) })
    const contact = await contacts.create({ name: 'Ana' })
    requests()
    vendor.faults.add({ path: '/fetch', stale: true })
    const updated = await contacts.update(contact, { name: 'Bo' })
    expect([updated.name, requests().length, codes]).toEqual(['Bo', 3, []])
    vendor.faults.add({ path: '/fetch', stale: true, times: 2 })
    expect(await contacts.update(updated, { name: 'Cy' })).toMatchObject({ name: 'Bo' })
    expect(codes).toEqual(['unconfirmed'])
  })

  it('is sent again after a 503, because twice is as once', async () => {
    const { contacts, vendor } = setup()
    const contact = await contacts.create({ name: 'Ana' })
    vendor.faults.add({ path: '/update', status: 503 })
    expect(await contacts.update(contact, { name: 'Bo' })).toMatchObject({ name: 'Bo' })
  })

  it('answers an external id of another contact with conflict', async () => {
    const { contacts } = setup()
    await contacts.create({ externalId: 'user-1' })
    const other = await contacts.create({ externalId: 'user-2' })
    expect(await failure(contacts.update(other, { externalId: 'user-1' }))).toMatchObject({
      code: 'conflict',
    })
  })
})
