import type { ContactsWarning } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { failure, setup } from './testing/setup.ts'

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

/** Every way in which a server may treat objects and null in an update. */
const SERVERS = (['replace', 'merge'] as const).flatMap((nested) =>
  (['store', 'unset'] as const).map((nulls) => [nested, nulls] as const),
)

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
})

describe.each(SERVERS)('custom fields, at a server that does %s objects and %s null', (nested, nulls) => {
  const options = { nested, nulls }

  it('are merged by key, and sent whole', async () => {
    const { contacts, vendor, bodies, requests } = setup({}, options)
    vendor.seed([ANA])
    const { customFields } = await contacts.update(
      { email: ANA.email },
      { customFields: { seats: 3, since: 2026 } },
    )
    const whole = { ...ANA.properties, seats: 3, since: 2026 }
    expect(customFields).toEqual(whole)
    expect(bodies().at(-1)).toEqual({ email: ANA.email, data: { properties: whole } })
    expect(requests()).toEqual([LIST, PATCH])
  })

  it('are removed by null', async () => {
    const { contacts, vendor, requests } = setup({}, options)
    vendor.seed([ANA])
    const updated = await contacts.update(
      { email: ANA.email },
      { customFields: { plan: null, nothing: null } },
    )
    expect(updated.customFields).toEqual({ seats: 2, address: ANA.properties.address })
    expect(requests()).toEqual(nested === 'replace' ? [LIST, PATCH] : [LIST, PATCH, PATCH])
    expect((await contacts.get({ email: ANA.email })).customFields).toEqual(updated.customFields)
    expect((await contacts.list({ where: { customFields: { plan: { exists: true } } } })).items).toEqual([])
    expect((await contacts.list({ where: { customFields: { plan: null } } })).items).toHaveLength(1)
    const back = await contacts.update({ email: ANA.email }, { customFields: { plan: 'free' } })
    expect(back.customFields).toEqual({ ...ANA.properties, plan: 'free' })
  })

  it('are removed all at once by null for the whole', async () => {
    const { contacts, vendor } = setup({}, options)
    vendor.seed([ANA])
    expect((await contacts.update({ email: ANA.email }, { customFields: null })).customFields).toEqual({})
    expect((await contacts.get({ email: ANA.email })).customFields).toEqual({})
  })

  it('are replaced whole where they are objects', async () => {
    const { contacts, vendor, requests } = setup({}, options)
    vendor.seed([ANA])
    const address = { street: 'Rua Nova', more: { floor: 3 } }
    const updated = await contacts.update({ email: ANA.email }, { customFields: { address, plan: null } })
    expect(updated.customFields).toEqual({ seats: 2, address })
    expect(requests().filter((request) => request === PATCH)).toHaveLength(nested === 'replace' ? 1 : 3)
    expect((await contacts.get({ email: ANA.email })).customFields).toEqual({ seats: 2, address })
  })

  it('leave metadata alone, which the vendor option changes in the same way', async () => {
    const { contacts, vendor } = setup({}, options)
    vendor.seed([ANA])
    const metadata = { step: null, syncedAt: '2026-01-01' }
    const updated = await contacts.update(
      { email: ANA.email },
      { customFields: { seats: 9 } },
      { vendor: { metadata } },
    )
    expect(updated.customFields).toEqual({ ...ANA.properties, seats: 9 })
    const { step = null, ...rest } = Object(updated.raw.metadata)
    expect([step, rest]).toEqual([null, { source: 'crm', syncedAt: '2026-01-01' }])
    const cleared = await contacts.update({ email: ANA.email }, {}, { vendor: { metadata: null } })
    expect(Object.values(cleared.raw.metadata ?? {}).filter((value) => value !== null)).toEqual([])
  })

  it('come out right when answers hold only a part', async () => {
    for (const writeReply of ['sent', 'ids'] as const) {
      const { contacts, vendor } = setup({}, { ...options, writeReply })
      vendor.seed([ANA])
      const updated = await contacts.update(
        { email: ANA.email },
        { customFields: { plan: null }, email: 'b@ex.org' },
      )
      expect(updated).toMatchObject({ name: 'Ana', email: 'b@ex.org', externalId: 'crm-7', tags: ['vip'] })
      expect(updated.customFields).toEqual({ seats: 2, address: ANA.properties.address })
    }
  })
})

describe('what the server does not do', () => {
  const merging = { nested: 'merge', nulls: 'ignore' } as const

  it('is reported when a custom field cannot be removed or replaced', async () => {
    const { contacts, vendor } = setup({}, merging)
    vendor.seed([ANA])
    expect(
      await failure(contacts.update({ email: ANA.email }, { customFields: { plan: null } })),
    ).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'customFields.plan', message: expect.stringContaining('kept the old value') }],
    })
    expect(
      await failure(contacts.update({ email: ANA.email }, { customFields: { address: { street: 'x' } } })),
    ).toMatchObject({ code: 'unsupported_field', issues: [{ path: 'customFields.address' }] })
    const metadata = { source: null }
    expect(await failure(contacts.update({ email: ANA.email }, {}, { vendor: { metadata } }))).toMatchObject({
      issues: [{ path: 'vendor.metadata.source' }],
    })
  })

  it('is a warning for a client that goes on without', async () => {
    const warnings: ContactsWarning[] = []
    const options = {
      unsupportedFields: 'drop',
      onWarning: (warning: ContactsWarning) => warnings.push(warning),
    } as const
    const { contacts, vendor } = setup(options, merging)
    vendor.seed([ANA])
    const updated = await contacts.update({ email: ANA.email }, { name: 'Bea', customFields: { plan: null } })
    expect(updated).toMatchObject({ name: 'Bea', customFields: { plan: 'pro' } })
    expect(warnings).toMatchObject([{ code: 'unsupported_field', field: 'customFields.plan' }])
  })

  it.each(['name', 'phone', 'status', 'externalId'] as const)(
    '%s is cleared by empty text where null does nothing',
    async (field) => {
      const { contacts, vendor, requests } = setup({}, { nulls: 'ignore' })
      vendor.seed([ANA])
      const updated = await contacts.update({ email: ANA.email }, { [field]: null })
      expect(updated).not.toHaveProperty(field)
      expect(requests()).toEqual([LIST, PATCH, PATCH])
      const stubborn = setup({}, { nulls: 'ignore', emptyText: 'ignore' })
      stubborn.vendor.seed([ANA])
      expect(await failure(stubborn.contacts.update({ email: ANA.email }, { [field]: null }))).toMatchObject({
        code: 'unsupported_field',
        issues: [{ path: field }],
      })
    },
  )

  it('null that is refused is invalid_input', async () => {
    const { contacts, vendor } = setup({}, { nulls: 'refuse' })
    vendor.seed([ANA])
    expect(await failure(contacts.update({ email: ANA.email }, { name: null }))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'name', message: 'must not be null' }],
    })
  })

  it('an external id that cannot be changed is reported', async () => {
    const ignoring = setup({}, { integrationIdUpdate: 'ignore' })
    ignoring.vendor.seed([ANA])
    expect(await failure(ignoring.contacts.update({ email: ANA.email }, { externalId: 'x' }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'externalId' }],
    })
    const refusing = setup({}, { integrationIdUpdate: 'refuse' })
    refusing.vendor.seed([ANA])
    expect(await failure(refusing.contacts.update({ email: ANA.email }, { externalId: 'x' }))).toMatchObject({
      code: 'invalid_input',
    })
  })

  it('keys of one’s own that are not kept are reported, others are kept', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([ANA])
    const fields = { favouriteColour: 'blue', address: { city: 'Porto' } }
    const updated = await contacts.update({ email: ANA.email }, {}, { vendor: { fields } })
    expect(updated.raw).toMatchObject(fields)
    const cleared = await contacts.update(
      { email: ANA.email },
      {},
      { vendor: { fields: { favouriteColour: null } } },
    )
    expect(cleared.raw.favouriteColour ?? null).toBeNull()
    const dropping = setup({}, { customKeys: 'drop' })
    dropping.vendor.seed([ANA])
    expect(
      await failure(dropping.contacts.update({ email: ANA.email }, {}, { vendor: { fields } })),
    ).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'vendor.fields.favouriteColour' }],
    })
  })
})

describe('an update whose answer is lost', () => {
  it.each([
    { cut: 'answer' },
    { status: 503, applied: true },
    { truncateBytes: 20 },
    { cut: 'request' },
  ] as const)('is sent again (%j), and comes out as one', async (fault) => {
    const { contacts, vendor, requests } = setup()
    vendor.seed([ANA])
    vendor.faults.add({ method: 'PATCH', ...fault })
    const updated = await contacts.update({ email: ANA.email }, { name: 'Bea', customFields: { plan: null } })
    expect(updated).toMatchObject({ name: 'Bea', customFields: { seats: 2 } })
    expect(requests()).toEqual([LIST, PATCH, PATCH])
  })

  it.each(['answer', 'request'] as const)(
    'is looked up where it changes what it is found by (cut: %s)',
    async (cut) => {
      const { contacts, vendor, requests } = setup()
      const [bo] = vendor.seed([{ name: 'Bo', email: 'bo@ex.org' }])
      vendor.faults.add({ method: 'PATCH', cut })
      const updating = contacts.update(bo?._id ?? '', { email: 'new@ex.org' })
      if (cut === 'answer') expect(await updating).toMatchObject({ name: 'Bo', email: 'new@ex.org' })
      else {
        expect(await failure(updating)).toMatchObject({ code: 'network', retryable: false })
        expect(vendor.contacts).toMatchObject([{ email: 'bo@ex.org' }])
      }
      expect(requests().filter((request) => request === PATCH)).toHaveLength(1)
    },
  )
})

describe('updateMany', () => {
  it('changes each by itself, and tells which could not be', async () => {
    const { contacts, vendor } = setup()
    vendor.seed(Array.from({ length: 20 }, (_, n) => ({ email: `p${n}@ex.org`, integrationId: `crm-${n}` })))
    const items = Array.from({ length: 22 }, (_, n) => ({
      ref: { externalId: `crm-${n}` },
      patch: { name: `Person ${n}` },
    }))
    const { succeeded, failed } = await contacts.updateMany(items)
    expect(succeeded).toHaveLength(20)
    expect(failed.map(({ index, error }) => [index, error.code])).toEqual([
      [20, 'not_found'],
      [21, 'not_found'],
    ])
    expect(vendor.contacts.map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, n) => `Person ${n}`),
    )
  })
})
