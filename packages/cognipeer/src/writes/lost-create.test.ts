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
const LIST = 'POST /list'
const POST = 'POST /'

describe('a create whose answer is lost', () => {
  it.each([
    { cut: 'answer' },
    { status: 503, applied: true },
    { truncateBytes: 20 },
    { html: true, applied: true },
  ] as const)('is found by its key, not sent again (%j)', async (fault) => {
    for (const input of [ANA, { email: 'b@ex.org', name: 'Bo' }]) {
      const { contacts, vendor, requests } = setup()
      vendor.faults.add({ method: 'POST', path: '/contact', ...fault })
      expect(await contacts.create(input)).toMatchObject({ name: input.name })
      expect(vendor.contacts).toHaveLength(1)
      expect(requests()).toEqual([POST, LIST])
    }
  })

  it.each([{ cut: 'request' }, { status: 503 }, { html: true }, { failure: true }] as const)(
    'is not sent again where it is not found either, because it may still be on its way (%j)',
    async (fault) => {
      for (const notFound of ['404', '400', 'success-false', 'null-data'] as const) {
        const { contacts, vendor, requests } = setup({}, { notFound })
        vendor.faults.add({ method: 'POST', path: '/contact', ...fault })
        const error = await failure(contacts.create(ANA))
        expect(error).toMatchObject({ applied: 'unknown', retryable: false, operation: 'create' })
        expect(vendor.contacts).toEqual([])
        expect(requests()).toEqual([POST, LIST])
      }
    },
  )

  it('is sent again where the first one surely did not arrive', async () => {
    let attempts = 0
    const there = setup({
      fetch: async (input, init) => {
        if (init?.method === 'POST' && ++attempts === 1) {
          throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
        }
        return there.vendor.fetch(input, init)
      },
    })
    expect(await there.contacts.create(ANA)).toMatchObject(ANA)
    there.vendor.faults.add({ method: 'POST', path: '/contact', status: 429 })
    expect(await there.contacts.create({ name: 'Bo' })).toMatchObject({ name: 'Bo' })
    expect(there.requests()).toEqual([POST, POST, POST])
    expect(attempts).toBe(4)
    expect(there.vendor.contacts).toHaveLength(2)
  })

  it('is found among older contacts with the same key', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'b@ex.org', name: 'Older' }])
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    expect(await contacts.create({ email: 'b@ex.org', name: 'Bo' })).toMatchObject({ name: 'Bo' })
    expect(vendor.contacts).toHaveLength(2)
  })

  it.each([
    { externalId: 'crm-7', name: 'Older' },
    { email: 'ana@ex.org', name: 'Older' },
  ])('is not taken for another contact with the same key (%j)', async (other) => {
    const { contacts, vendor } = setup()
    await contacts.create(other)
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    const input = 'externalId' in other ? ANA : { email: ANA.email, name: 'Ana' }
    const error = await failure(contacts.create(input))
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('look the record up') })
    expect(vendor.contacts).toHaveLength(1)
  })

  it('is not taken for an older contact that is just the same', async () => {
    const { contacts, vendor, clock } = setup()
    await contacts.create(ANA)
    await clock.sleep(29_000)
    for (let minute = 0; minute < 10; minute++) await clock.sleep(59_000)
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    expect(await failure(contacts.create(ANA))).toMatchObject({ code: 'network' })
  })

  it('is reported where there is nothing to look it up by', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    const error = await failure(contacts.create({ name: 'Nobody' }))
    expect(error).toMatchObject({
      code: 'network',
      message: expect.stringContaining('may have been applied'),
    })
    expect(requests()).toEqual([POST])
  })

  it('is looked up, and never sent again, where nothing is to be repeated', async () => {
    const { contacts, vendor, requests } = setup({ retry: false })
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    expect(await contacts.create(ANA)).toMatchObject(ANA)
    requests()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'request' })
    expect(await failure(contacts.create({ ...ANA, externalId: 'crm-8' }))).toMatchObject({ code: 'network' })
    expect(requests()).toEqual([POST, LIST])
  })

  it('is not known where the lookup fails too', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', cut: 'answer' })
    vendor.faults.add({ path: '/list', status: 500, times: 9 })
    // The failure that is told is the one whose outcome is not known.
    const error = await failure(contacts.create(ANA))
    expect(error).toMatchObject({ code: 'network', applied: 'unknown', retryable: false })
    expect(requests().filter((request) => request === POST)).toHaveLength(1)
  })

  it('that says it succeeded and shows no contact is looked up', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.faults.add({ method: 'POST', path: '/contact', nullData: true })
    expect(await failure(contacts.create(ANA))).toMatchObject({ code: 'bad_response', applied: 'unknown' })
    expect(requests()).toEqual([POST, LIST])
  })
})
