import type { ContactsWarning } from '@anycontact/core'
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
const LIST = 'POST /list'
const PATCH = 'PATCH /'

/** Every way in which a server may treat objects and null in an update. */
const SERVERS = (['replace', 'merge'] as const).flatMap((nested) =>
  (['store', 'unset'] as const).map((nulls) => [nested, nulls] as const),
)
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

describe('a server that merges objects and lets null change nothing', () => {
  const merging = { nested: 'merge', nulls: 'ignore' } as const

  it('cannot remove a custom field, and that is reported', async () => {
    const { contacts, vendor } = setup({}, merging)
    vendor.seed([ANA])
    const removing = contacts.update({ email: ANA.email }, { customFields: { plan: null } })
    expect(await failure(removing)).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'customFields.plan' }],
    })
    const metadata = { source: null }
    expect(await failure(contacts.update({ email: ANA.email }, {}, { vendor: { metadata } }))).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'vendor.metadata.source', message: expect.stringContaining('kept the old value') }],
    })
  })

  it('leaves in an object what was not written, and that is a warning', async () => {
    const warnings: ContactsWarning[] = []
    const { contacts, vendor } = setup({ onWarning: (warning) => warnings.push(warning) }, merging)
    vendor.seed([ANA])
    const address = { street: 'x' }
    const { customFields } = await contacts.update({ email: ANA.email }, { customFields: { address } })
    expect(customFields.address).toEqual({ ...ANA.properties.address, ...address })
    expect(warnings).toMatchObject([{ code: 'rewritten_field', field: 'customFields.address' }])
  })

  it('is gone on with where the client is told to', async () => {
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

  it('keeps what another writer put beside the custom fields that are written', async () => {
    const there = setup(
      {
        fetch: async (input, init) => {
          const answer = await there.vendor.fetch(input, init)
          // After the record was read, and before it is written.
          const isRead = String(input).endsWith('/list')
          if (isRead)
            await there.contacts.api.contacts.update({ email: ANA.email, data: { properties: { other: 1 } } })
          return answer
        },
      },
      { nested: 'merge' },
    )
    there.vendor.seed([ANA])
    const { customFields } = await there.contacts.update(
      { email: ANA.email },
      { customFields: { plan: null, seats: 3 } },
    )
    expect(customFields).toEqual({ seats: 3, address: ANA.properties.address, other: 1 })
  })
})
