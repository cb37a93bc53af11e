import { failure } from '@anycontact/core/adapter-kit'
import { expect, test } from 'vitest'
import { setup } from './testing/setup.ts'

const ANA = '3c90c3cc-0d44-4b50-8888-8dd25736052a'
const BO = '5b21c1f8-7f0c-4d3e-9a53-1f6c0f0f6f10'

test.each(['update', 'delete'] as const)(
  '%s by email writes to nobody whom the listing gives with another email',
  async (name) => {
    const { contacts, vendor } = setup()
    const email = (clientId: string, value: string) =>
      ({ clientId, type: 'email', value, isPrimary: true }) as const
    vendor.seed([email(ANA, 'ana@example.com'), email(BO, 'bo@example.com')])
    const before = vendor.contactMethods
    vendor.faults.add({
      path: '/contact-methods/list',
      malformed: { index: 0, record: (record) => ({ ...record, clientId: BO, value: 'bo@example.com' }) },
    })
    const ref = { email: 'ana@example.com' }
    const call = name === 'update' ? contacts.update(ref, { phone: '+14155552671' }) : contacts.delete(ref)
    expect(await failure(call)).toMatchObject({ code: 'bad_response', applied: 'no' })
    expect(vendor.contactMethods).toEqual(before)
  },
)

test('an empty body does not say that there is no primary: null does', async () => {
  const { contacts, vendor } = setup()
  vendor.seed([{ clientId: ANA, type: 'email', value: 'ana@example.com', isPrimary: true }])
  expect(await contacts.contactMethods.getPrimary(ANA, 'phone')).toBeUndefined()
  vendor.faults.add({ truncateBytes: 0 })
  expect(await failure(contacts.contactMethods.getPrimary(ANA, 'email'))).toMatchObject({
    code: 'bad_response',
  })
})
