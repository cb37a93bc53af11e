import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from '../testing/setup.ts'

const ANA = {
  email: 'ana@ex.org',
  integrationId: 'crm-7',
  name: 'Ana',
  phone: '+351912345678',
  properties: { plan: 'pro', seats: 2, address: { city: 'Porto', zip: '4000' } },
  metadata: { source: 'crm', step: 1 },
  tags: ['vip'],
  status: 'active',
}
const GET = 'GET /'
const LIST = 'POST /list'
const PATCH = 'PATCH /'

describe('an update', () => {
  it('by external id or email looks that it is the only one, and changes it', async () => {
    const { contacts, vendor, requests, bodies } = setup()
    vendor.seed([ANA])
    expect(await contacts.update({ externalId: 'crm-7' }, { name: 'Bea' })).toMatchObject({
      name: 'Bea',
      status: 'active',
    })
    expect(bodies()[1]).toEqual({ integrationId: 'crm-7', data: { name: 'Bea' } })
    expect(requests()).toEqual([LIST, PATCH])
    await contacts.update({ email: ANA.email }, { status: 'vip' })
    expect(bodies()[1]).toEqual({ email: ANA.email, data: { status: 'vip' } })
    expect(requests()).toEqual([LIST, PATCH])
  })

  it('takes one request where the key is said to be unique and nothing must be known before', async () => {
    const { contacts, vendor, requests } = setup({ uniqueKeys: ['externalId'] })
    vendor.seed([ANA])
    await contacts.update({ externalId: 'crm-7' }, { name: 'Bea', tags: ['a', 'b'] })
    expect(requests()).toEqual([PATCH])
    await contacts.update({ externalId: 'crm-7' }, { customFields: { plan: 'team' } })
    expect(requests()).toEqual([GET, PATCH])
    expect(vendor.contacts).toMatchObject([{ properties: { ...ANA.properties, plan: 'team' } }])
  })

  it('by id, phone or a contact goes by the external id, or else by the email', async () => {
    const { contacts, vendor, requests, bodies } = setup()
    const [ana, bo] = vendor.seed([ANA, { name: 'Bo', email: 'bo@ex.org' }])
    const contact = await contacts.update(ana?._id ?? '', { name: 'Bea' })
    expect(requests()).toEqual([LIST, LIST, PATCH])
    await contacts.update(contact, { name: 'Cy' })
    expect(bodies()[2]).toMatchObject({ integrationId: 'crm-7' })
    requests()
    await contacts.update({ phone: ANA.phone }, { name: 'Di' })
    expect(requests()).toEqual([LIST, LIST, PATCH])
    await contacts.update(bo?._id ?? '', { name: 'Ed' })
    expect(bodies()[2]).toMatchObject({ email: 'bo@ex.org' })
    expect(vendor.contacts.map(({ name }) => name)).toEqual(['Di', 'Ed'])
  })

  it('of a contact that the vendor cannot name is unsupported', async () => {
    const { contacts, vendor } = setup()
    const [nobody] = vendor.seed([{ name: 'Nobody' }])
    const error = await failure(contacts.update(nobody?._id ?? '', { name: 'x' }))
    expect(error).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('neither an externalId nor an email'),
    })
  })

  it('never changes one of several: it goes by the key that is the contact’s own, or is ambiguous', async () => {
    const { contacts, vendor, bodies, requests } = setup()
    const [ana, bea] = vendor.seed([
      ANA,
      { ...ANA, name: 'Bea', email: 'bea@ex.org' },
      { name: 'Cy', email: 'bea@ex.org' },
    ])
    await contacts.update(ana?._id ?? '', { name: 'Ana B' })
    expect(bodies().at(-1)).toMatchObject({ email: ANA.email })
    expect(await failure(contacts.update(bea?._id ?? '', { name: 'x' }))).toMatchObject({ code: 'ambiguous' })
    expect(await failure(contacts.update({ externalId: 'crm-7' }, { name: 'x' }))).toMatchObject({
      code: 'ambiguous',
    })
    expect(vendor.contacts.map(({ name }) => name)).toEqual(['Ana B', 'Bea', 'Cy'])
    requests()
    // A deleted one with the same key is one of several too, for the vendor picks either.
    vendor.seed([
      { email: 'cy@ex.org', deleted: true },
      { email: 'cy@ex.org', name: 'Cy' },
    ])
    expect(await failure(contacts.update({ email: 'cy@ex.org' }, { name: 'x' }))).toMatchObject({
      code: 'ambiguous',
    })
    expect(requests()).not.toContain(PATCH)
  })

  it('says so when the server changed another contact all the same', async () => {
    const there = setup({
      fetch: async (input, init) => {
        const answer = await there.vendor.fetch(input, init)
        if (init?.method !== 'PATCH') return answer
        const { data } = Object(await answer.json())
        return Response.json({ success: true, data: { ...data, _id: 'another' } })
      },
    })
    const [ana] = there.vendor.seed([ANA])
    expect(await failure(there.contacts.update(ana?._id ?? '', { name: 'x' }))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('another contact'),
    })
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'of nobody is not_found (%s)',
    async (notFound) => {
      const { contacts, requests } = setup({}, { notFound })
      for (const ref of [{ email: 'x@ex.org' }, { externalId: 'x' }, { phone: '+1' }, { id: 'x' }]) {
        expect(await failure(contacts.update(ref, { name: 'x' }))).toMatchObject({
          code: 'not_found',
          operation: 'update',
        })
      }
      expect(requests()).not.toContain(PATCH)
      const unique = setup({ uniqueKeys: ['email'] }, { notFound })
      expect(await failure(unique.contacts.update({ email: 'x@ex.org' }, { name: 'x' }))).toMatchObject({
        code: 'not_found',
      })
    },
  )

  it('finds an email that the server spells its own way', async () => {
    const { contacts, requests, bodies } = setup({}, { emailCase: 'folded' })
    await contacts.create({ email: 'ana@ex.org', name: 'Ana' })
    requests()
    expect(await contacts.update({ email: 'Ana@EX.org' }, { name: 'Bea' })).toMatchObject({ name: 'Bea' })
    expect(bodies().at(-1)).toMatchObject({ email: 'ana@ex.org' })
    expect(requests()).toEqual([LIST, GET, LIST, PATCH])
  })

  it('that changes a key goes by the other one', async () => {
    const { contacts, vendor, bodies } = setup()
    vendor.seed([ANA])
    await contacts.update({ email: ANA.email }, { email: 'new@ex.org' })
    expect(bodies().at(-1)).toEqual({ integrationId: 'crm-7', data: { email: 'new@ex.org' } })
    await contacts.update({ externalId: 'crm-7' }, { externalId: 'crm-8' })
    expect(bodies().at(-1)).toEqual({ email: 'new@ex.org', data: { integrationId: 'crm-8' } })
    const cleared = await contacts.update({ externalId: 'crm-8' }, { externalId: null })
    expect([cleared.externalId, cleared.email]).toEqual([undefined, 'new@ex.org'])
  })

  it('with an empty patch only reads', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed([ANA])
    expect((await contacts.update({ email: ANA.email }, {})).name).toBe('Ana')
    expect((await contacts.update({ email: ANA.email }, {}, { vendor: {} })).name).toBe('Ana')
    expect(requests()).not.toContain(PATCH)
  })

  it('of an external id that the server leaves as it is, or refuses to change, says so', async () => {
    const ignoring = setup({}, { integrationIdUpdate: 'ignore' })
    const [ana] = ignoring.vendor.seed([ANA])
    for (const ref of [{ email: ANA.email }, ana?._id ?? '']) {
      expect(await failure(ignoring.contacts.update(ref, { externalId: 'x' }))).toMatchObject({
        code: 'unsupported_field',
        applied: 'yes',
        issues: [{ path: 'externalId' }],
      })
    }
    const refusing = setup({}, { integrationIdUpdate: 'refuse' })
    refusing.vendor.seed([ANA])
    expect(await failure(refusing.contacts.update({ email: ANA.email }, { externalId: 'x' }))).toMatchObject({
      code: 'invalid_input',
      applied: 'no',
    })
  })

  it('takes no contact for the one that is meant whose key only looks like it', async () => {
    for (const uniqueKeys of [[], ['externalId']] as const) {
      const there = setup({
        uniqueKeys,
        fetch: (input, init) =>
          init?.method === 'GET'
            ? Promise.resolve(Response.json({ success: true, data: there.vendor.contacts[0] }))
            : there.vendor.fetch(input, init),
      })
      there.vendor.seed([ANA])
      const updating = there.contacts.update({ externalId: 'CRM-7' }, { customFields: { plan: 'x' } })
      expect(await failure(updating)).toMatchObject({ code: 'not_found', applied: 'no' })
      expect(there.vendor.contacts).toMatchObject([ANA])
    }
  })
})
