import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from '../testing/setup.ts'

const ANA = {
  externalId: 'crm-7',
  email: 'ana@ex.org',
  name: 'Ana',
  tags: ['vip'],
  customFields: { plan: 'pro' },
}
const GET = 'GET /'
const LIST = 'POST /list'
const POST = 'POST /'

describe('create', () => {
  it.each([200, 201] as const)('takes one request, and gives the record (%i)', async (createStatus) => {
    const { contacts, vendor, requests, bodies } = setup({}, { createStatus })
    const vendorFields = { metadata: { source: 'crm' }, fields: { favouriteColour: 'blue' } }
    const contact = await contacts.create({ ...ANA, status: 'active' }, { vendor: vendorFields })
    expect(contact).toMatchObject({ ...ANA, status: 'active', createdAt: expect.any(String) })
    expect(contact.raw).toMatchObject({
      metadata: { source: 'crm' },
      favouriteColour: 'blue',
      workspaceId: 'emulator',
    })
    expect(bodies()).toEqual([
      {
        integrationId: 'crm-7',
        email: 'ana@ex.org',
        name: 'Ana',
        tags: ['vip'],
        status: 'active',
        properties: { plan: 'pro' },
        metadata: { source: 'crm' },
        favouriteColour: 'blue',
      },
    ])
    expect(requests()).toEqual([POST])
    expect(vendor.contacts).toHaveLength(1)
  })

  it('reads the record where the answer holds only a part', async () => {
    for (const writeReply of ['sent', 'ids'] as const) {
      const { contacts, requests } = setup({}, { writeReply })
      expect(await contacts.create(ANA)).toMatchObject({ ...ANA, createdAt: expect.any(String) })
      expect(requests()).toEqual([POST, GET])
      expect(await contacts.create({ name: 'Nobody' })).toMatchObject({ name: 'Nobody' })
      expect(requests()).toEqual([POST, LIST])
    }
    const { contacts } = setup({}, { writeReply: 'ids', idFilter: 'nothing' })
    expect(await contacts.create({ name: 'Nobody' })).toMatchObject({ name: 'Nobody' })
  })

  it('with a taken key is a conflict where the server says so, and a second contact where it does not', async () => {
    const unique = setup({}, { duplicates: 'conflict' })
    await unique.contacts.create(ANA)
    expect(await failure(unique.contacts.create(ANA))).toMatchObject({ code: 'conflict', status: 409 })
    const shared = setup()
    await shared.contacts.create(ANA)
    await shared.contacts.create(ANA)
    expect(shared.vendor.contacts).toHaveLength(2)
  })

  it('whose contact cannot be read back says that it was made, and not to try again', async () => {
    const { contacts, vendor, requests } = setup({}, { writeReply: 'ids' })
    vendor.faults.add({ method: 'GET', status: 503, times: 9 })
    const error = await failure(contacts.create({ email: 'a@ex.org' }))
    expect(error).toMatchObject({
      code: 'unavailable',
      retryable: false,
      applied: 'yes',
      message: expect.stringContaining(vendor.contacts[0]?._id ?? '-'),
    })
    expect(requests().filter((request) => request === POST)).toHaveLength(1)
  })

  it('takes a spelling of the server’s own for what was written', async () => {
    const { contacts } = setup({}, { emailCase: 'folded' })
    expect((await contacts.create({ email: 'Ana@EX.org' })).email).toBe('ana@ex.org')
  })

  it('reports keys of one’s own that are not kept', async () => {
    const { contacts, vendor } = setup({}, { customKeys: 'drop' })
    expect(await failure(contacts.create(ANA, { vendor: { fields: { mine: 1 } } }))).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'vendor.fields.mine' }],
    })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('refuses vendor fields that have a name of their own, before anything is sent', async () => {
    const { contacts, vendor } = setup()
    expect(await failure(contacts.create(ANA, { vendor: { fields: { email: 'x' } } }))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'vendor.fields.email' }],
    })
    expect(vendor.requests).toEqual([])
  })

  it('needs a key where the server says so', async () => {
    const { contacts } = setup({}, { createNeedsKey: true })
    expect(await failure(contacts.create({ name: 'Ana' }))).toMatchObject({ code: 'invalid_input' })
  })
})
