import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

const ANA = { name: 'Ana', email: 'ana@ex.org', integrationId: 'crm-7', phone: '+351912345678' }
const GET = 'GET /'
const LIST = 'POST /list'

describe('get', () => {
  it('by email and by external id is the vendor’s lookup, and a look at whether it is the only one', async () => {
    const { contacts, vendor, requests, bodies } = setup()
    vendor.seed([ANA])
    expect(await contacts.get({ email: 'ana@ex.org' })).toMatchObject({ name: 'Ana', externalId: 'crm-7' })
    expect(vendor.requests[0]?.query).toEqual({ email: 'ana@ex.org' })
    expect(bodies()[1]).toMatchObject({ filter: { email: 'ana@ex.org' } })
    expect(requests()).toEqual([GET, LIST])
    expect(await contacts.get({ externalId: 'crm-7' })).toMatchObject({ name: 'Ana' })
    expect(vendor.requests[0]?.query).toEqual({ integrationId: 'crm-7' })
  })

  it('takes one request by a key that is said to be unique', async () => {
    const { contacts, vendor, requests } = setup({ uniqueKeys: ['externalId', 'email'] })
    vendor.seed([ANA, { ...ANA, name: 'Other' }])
    expect(await contacts.get({ email: 'ana@ex.org' })).toMatchObject({ name: 'Ana' })
    expect(await contacts.get({ externalId: 'crm-7' })).toMatchObject({ name: 'Ana' })
    expect(requests()).toEqual([GET, GET])
  })

  it('by id and by phone is a listing with a filter', async () => {
    const { contacts, vendor, requests, bodies } = setup()
    const [ana] = vendor.seed([ANA])
    expect((await contacts.get(ana?._id ?? '')).name).toBe('Ana')
    expect((await contacts.get({ phone: ANA.phone })).name).toBe('Ana')
    expect(bodies()).toMatchObject([{ filter: { _id: ana?._id } }, { filter: { phone: ANA.phone } }])
    expect(requests()).toEqual([LIST, LIST])
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'of nobody is not_found (%s)',
    async (notFound) => {
      const { contacts } = setup({}, { notFound })
      for (const ref of [{ email: 'x@ex.org' }, { externalId: 'x' }, { phone: '+1' }, { id: 'x' }]) {
        expect(await failure(contacts.get(ref))).toMatchObject({ code: 'not_found' })
        expect(await contacts.find(ref)).toBeUndefined()
      }
    },
  )

  it('of several is ambiguous', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([ANA, { ...ANA, name: 'Bea' }])
    for (const ref of [{ email: ANA.email }, { externalId: ANA.integrationId }, { phone: ANA.phone }]) {
      expect(await failure(contacts.get(ref))).toMatchObject({ code: 'ambiguous', operation: 'get' })
    }
    expect((await contacts.get(vendor.contacts[1]?._id ?? '')).name).toBe('Bea')
  })

  it('means the living one among deleted ones, and a deleted one when there is no other', async () => {
    const { contacts, vendor } = setup()
    const [old] = vendor.seed([
      { ...ANA, deleted: true },
      { ...ANA, name: 'New Ana' },
      { email: 'gone@ex.org', deleted: true },
    ])
    for (const ref of [{ email: ANA.email }, { externalId: ANA.integrationId }, { phone: ANA.phone }]) {
      expect(await contacts.get(ref)).toMatchObject({ name: 'New Ana' })
    }
    expect(await contacts.get({ email: 'gone@ex.org' })).toMatchObject({ deleted: true })
    expect(await contacts.get(old?._id ?? '')).toMatchObject({ deleted: true })
  })

  it.each(['listed', 'hidden'] as const)(
    'knows of deleted contacts also where a listing says nothing of them (%s)',
    async (deletedInList) => {
      const { contacts, vendor } = setup({}, { deletedInList })
      vendor.seed([
        { email: ANA.email, name: 'Old', deleted: true },
        { email: ANA.email, name: 'New', integrationId: 'new' },
        { _id: 'gone', email: 'gone@ex.org', phone: '+999', deleted: true },
      ])
      expect(await contacts.get({ email: ANA.email })).toMatchObject({ name: 'New' })
      await contacts.update({ email: ANA.email }, { name: 'Newer' })
      expect(vendor.contacts.map(({ name }) => name)).toEqual(['Old', 'Newer', undefined])
      expect(await contacts.get('gone')).toMatchObject({ deleted: true })
      const again = await contacts.upsert({ phone: '+999', name: 'Back' }, { by: 'phone' })
      expect(again).toMatchObject({ outcome: 'updated', contact: { id: 'gone' } })
    },
  )

  it('is ambiguous also where the one that the server picks is not among those looked at', async () => {
    const there = setup({
      fetch: (input, init) =>
        init?.method === 'GET'
          ? Promise.resolve(Response.json({ success: true, data: there.vendor.contacts.at(-1) }))
          : there.vendor.fetch(input, init),
    })
    there.vendor.seed(Array.from({ length: 25 }, () => ({ email: ANA.email })))
    expect(await failure(there.contacts.get({ email: ANA.email }))).toMatchObject({ code: 'ambiguous' })
  })

  it('is ambiguous where more have the value than are looked at, one of them living', async () => {
    const { contacts, vendor } = setup()
    const deleted = Array.from({ length: 19 }, () => ({ email: ANA.email, deleted: true }))
    vendor.seed([...deleted, { email: ANA.email }, { email: ANA.email }])
    expect(await failure(contacts.get({ email: ANA.email }))).toMatchObject({ code: 'ambiguous' })
  })

  it.each([
    [true, 'Listed'],
    [false, undefined],
  ])('counts the one that the server picks, though it is not listed (deleted: %s)', async (deleted, name) => {
    const picked = { _id: 'picked', email: ANA.email, name: 'Picked', deleted }
    const there = setup({
      fetch: (input, init) =>
        init?.method === 'GET'
          ? Promise.resolve(Response.json({ success: true, data: picked }))
          : there.vendor.fetch(input, init),
    })
    expect(await there.contacts.get({ email: ANA.email })).toMatchObject({ id: 'picked' })
    there.vendor.seed([{ email: ANA.email, name: 'Listed' }])
    const getting = there.contacts.get({ email: ANA.email })
    if (name !== undefined) expect(await getting).toMatchObject({ name })
    else expect(await failure(getting)).toMatchObject({ code: 'ambiguous' })
  })

  it('takes no contact that has another key, and upsert does not change one', async () => {
    const there = setup({
      uniqueKeys: ['email'],
      fetch: (input, init) =>
        init?.method === 'GET'
          ? Promise.resolve(Response.json({ success: true, data: there.vendor.contacts[0] }))
          : there.vendor.fetch(input, init),
    })
    const before = there.vendor.seed([{ email: 'axb@ex.org', integrationId: 'other', name: 'Other' }])
    const input = { email: 'a.b@ex.org', externalId: 'ours', name: 'Ours' }
    for (const by of ['email', 'externalId'] as const) {
      expect(await failure(there.contacts.upsert(input, { by }))).toMatchObject({
        code: 'bad_response',
        message: expect.not.stringContaining('@'),
      })
    }
    expect(there.vendor.contacts).toEqual(before)
    expect((await there.contacts.get({ email: ' AXB@ex.org' })).name).toBe('Other')
  })

  it('finds an email that the server spells its own way', async () => {
    const { contacts } = setup({}, { emailCase: 'folded' })
    await contacts.create({ email: 'ana@ex.org' })
    expect((await contacts.get({ email: 'Ana@EX.org' })).email).toBe('ana@ex.org')
  })

  it('is not fooled by a server that ignores a filter', async () => {
    const there = setup({
      fetch: (input, init) => {
        const body = init?.body ? JSON.stringify({ ...JSON.parse(String(init.body)), filter: {} }) : null
        return there.vendor.fetch(input, { ...init, body })
      },
    })
    there.vendor.seed([ANA, { name: 'Other' }])
    const error = await failure(there.contacts.get('c1'))
    expect(error).toMatchObject({ code: 'bad_response', message: expect.stringContaining('filter on _id') })
  })

  it.each(['nothing', 'refuse'] as const)('by id depends on the filter by _id (%s)', async (idFilter) => {
    const { contacts, vendor } = setup({}, { idFilter })
    const [ana] = vendor.seed([ANA])
    expect(await failure(contacts.get(ana?._id ?? ''))).toMatchObject({
      code: idFilter === 'refuse' ? 'invalid_input' : 'not_found',
    })
  })

  it.each([
    ['an unknown hook', { hookId: 'nope' }, { badHookStatus: 404 }, 'forbidden'],
    ['a wrong token', { token: 'nope' }, {}, 'unauthenticated'],
    ['a wrong base URL', { baseUrl: 'https://api.test/v2' }, {}, 'bad_response'],
  ] as const)('does not take %s for a contact that is not there', async (_what, options, server, code) => {
    const { contacts, vendor } = setup(options, server)
    expect(await failure(contacts.find({ email: 'x@ex.org' }))).toMatchObject({ code })
    expect(await failure(contacts.upsert({ email: 'x@ex.org' }, { by: 'email' }))).toMatchObject({ code })
    expect(vendor.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('goes by the client underneath, whose contacts can be replaced', async () => {
    const { contacts, requests } = setup({ uniqueKeys: ['email'] })
    contacts.api.contacts = {
      ...contacts.api.contacts,
      get: async ({ email = '' }) => ({ _id: 'mock', workspaceId: 'w', email, name: 'Mock' }),
    }
    expect(await contacts.get({ email: 'ana@ex.org' })).toMatchObject({ id: 'mock', name: 'Mock' })
    expect(requests()).toEqual([])
  })
})
