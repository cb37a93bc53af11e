import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from '../testing/setup.ts'

const ANA = {
  email: 'ana@ex.org',
  integrationId: 'crm-7',
  name: 'Ana',
  properties: { plan: 'pro', seats: 2 },
}
const LIST = 'POST /list'
const PATCH = 'PATCH /'

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

  it('and that was found applied is in force when something else was not kept', async () => {
    const { contacts, vendor } = setup({}, { customKeys: 'drop' })
    const [bo] = vendor.seed([{ name: 'Bo', email: 'bo@ex.org' }])
    vendor.faults.add({ method: 'PATCH', cut: 'answer' })
    const vendorFields = { fields: { mine: 1 } }
    const updating = contacts.update(bo?._id ?? '', { email: 'new@ex.org' }, { vendor: vendorFields })
    expect(await failure(updating)).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(vendor.contacts).toMatchObject([{ email: 'new@ex.org' }])
  })
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
