import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './testing/setup.ts'

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
const PATCH = 'PATCH /'

describe('upsert', () => {
  it('costs two requests to create, two to find nothing to do, three to change', async () => {
    const { contacts, requests } = setup()
    expect((await contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('created')
    expect(requests()).toEqual([GET, POST])
    expect((await contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('unchanged')
    expect(requests()).toEqual([GET, LIST])
    const changed = await contacts.upsert({ ...ANA, customFields: { plan: 'team' } }, { by: 'externalId' })
    expect([changed.outcome, changed.contact.customFields]).toEqual(['updated', { plan: 'team' }])
    expect(requests()).toEqual([GET, LIST, PATCH])
    expect((await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'email' })).outcome).toBe('updated')
    expect(requests()).toEqual([GET, LIST, PATCH])
  })

  it('costs one request less where the key is said to be unique', async () => {
    const { contacts, requests } = setup({ uniqueKeys: ['externalId'] })
    await contacts.upsert(ANA, { by: 'externalId' })
    requests()
    await contacts.upsert(ANA, { by: 'externalId' })
    expect(requests()).toEqual([GET])
    await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'externalId' })
    expect(requests()).toEqual([GET, PATCH])
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'creates on a recognised not-found (%s)',
    async (notFound) => {
      const { contacts, vendor } = setup({}, { notFound })
      for (const by of ['externalId', 'email'] as const) await contacts.upsert(ANA, { by })
      expect(vendor.contacts).toHaveLength(1)
    },
  )

  it.each([
    [{ status: 500 }, 'unavailable'],
    [{ status: 400 }, 'invalid_input'],
    [{ status: 401 }, 'unauthenticated'],
    [{ status: 403 }, 'forbidden'],
    [{ status: 404, html: true }, 'bad_response'],
    [{ status: 404, body: { message: 'Hook not found', statusCode: 404 } }, 'forbidden'],
    [{ status: 429 }, 'rate_limited'],
    [{ html: true }, 'unavailable'],
    [{ cut: 'request' }, 'network'],
    [{ cut: 'answer' }, 'network'],
    [{ truncateBytes: 5 }, 'bad_response'],
    [{ failure: 'Something broke' }, 'unavailable'],
    [{ failure: true }, 'unavailable'],
    [{ body: 'not json', status: 200 }, 'bad_response'],
    [{ malformed: { record: () => ({ name: 'no id' }) } }, 'bad_response'],
  ] as const)('never creates on anything else: %j', async (fault, code) => {
    const { contacts, vendor } = setup()
    await contacts.create(ANA)
    vendor.faults.add({ method: 'GET', times: Number.POSITIVE_INFINITY, ...fault })
    expect(await failure(contacts.upsert(ANA, { by: 'externalId' }))).toMatchObject({ code })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('of several is ambiguous, and of a deleted contact changes that one', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'twin@ex.org' }, { email: 'twin@ex.org' }, { email: 'gone@ex.org', deleted: true }])
    expect(
      await failure(contacts.upsert({ email: 'twin@ex.org', name: 'x' }, { by: 'email' })),
    ).toMatchObject({
      code: 'ambiguous',
    })
    const { contact, outcome } = await contacts.upsert({ email: 'gone@ex.org', name: 'x' }, { by: 'email' })
    expect([contact.deleted, outcome]).toEqual([true, 'updated'])
    expect(vendor.contacts).toHaveLength(3)
  })

  it('of many, with the same key twice, makes one contact for each key', async () => {
    const { contacts, vendor } = setup()
    const rows = Array.from({ length: 30 }, (_, n) => ({ externalId: `crm-${n % 20}`, name: `Person ${n}` }))
    const { succeeded } = await contacts.upsertMany(rows, { by: 'externalId' })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 20 }, () => 'created'),
      ...Array.from({ length: 10 }, () => 'updated'),
    ])
    expect(vendor.contacts).toHaveLength(20)
  })

  it('survives lost answers at every step without a second contact', async () => {
    for (const method of ['GET', 'POST', 'PATCH']) {
      for (const cut of ['request', 'answer'] as const) {
        const { contacts, vendor } = setup()
        vendor.faults.add({ method, cut })
        const first = contacts.upsert(ANA, { by: 'externalId' })
        // A create that did not arrive may still be on its way: whoever knows better makes the call again.
        if (method === 'POST' && cut === 'request') {
          expect(await failure(first)).toMatchObject({ code: 'network', applied: 'unknown' })
        } else expect((await first).outcome).toBe('created')
        await contacts.upsert({ ...ANA, name: 'Bea' }, { by: 'externalId' })
        expect(vendor.contacts).toMatchObject([{ name: 'Bea' }])
      }
    }
  })

  it('does not take a missing list for a missing contact', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ path: '/list', status: 404, body: { message: 'Contact not found', statusCode: 404 } })
    const error = await failure(contacts.upsert({ phone: '+351912345678', name: 'Ana' }, { by: 'phone' }))
    expect(error).toMatchObject({ code: 'bad_response', status: 404, applied: 'no' })
    expect(requests()).toEqual([LIST])
  })
})
