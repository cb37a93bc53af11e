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

describe('clearing', () => {
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
})
