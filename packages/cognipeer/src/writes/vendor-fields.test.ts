import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { setup } from '../testing/setup.ts'

const ANA = { email: 'ana@ex.org', integrationId: 'crm-7', name: 'Ana' }

describe('vendor fields of an update', () => {
  it('that are not kept are reported, others are kept', async () => {
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
