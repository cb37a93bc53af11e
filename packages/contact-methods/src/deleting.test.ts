import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { ana, C, READ } from './testing/ana.ts'
import { setup } from './testing/setup.ts'

describe('delete', () => {
  it('takes all methods in one sync, one method by itself', async () => {
    const { contacts, requests, vendor } = ana()
    vendor.seed([{ id: 'x', clientId: 'one', type: 'fax', value: '1' }])
    await contacts.delete(C)
    expect(requests()).toEqual([READ, 'POST /clients/{id}/contact-methods/sync'])
    await contacts.delete('one')
    expect(requests()).toEqual(['GET /clients/one/contact-methods', 'DELETE /contact-methods/x'])
    expect(vendor.contactMethods).toEqual([])
  })

  it.each(['empty', 'not-found'] as const)(
    'whose answer is lost is looked up (%s)',
    async (unknownClient) => {
      const { contacts, vendor } = ana({}, { unknownClient })
      vendor.faults.add({ method: 'POST', cut: 'answer' })
      await contacts.delete(C)
      expect(vendor.contactMethods).toEqual([])
      expect(await failure(contacts.delete(C))).toMatchObject({ code: 'not_found' })
    },
  )

  it('of one method whose answer is lost finds it gone', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ id: 'x', clientId: 'one', type: 'fax', value: '1' }])
    vendor.faults.add({ method: 'DELETE', cut: 'answer' })
    await contacts.delete('one')
    expect(vendor.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2)
    vendor.seed([{ id: 'y', clientId: 'one', type: 'fax', value: '1' }])
    vendor.faults.add({ method: 'DELETE', cut: 'answer' })
    await contacts.contactMethods.delete('y')
    expect(vendor.contactMethods).toEqual([])
  })

  it('by email looks the client up first', async () => {
    const { contacts, vendor } = ana()
    await contacts.delete({ email: 'ana@example.com' })
    expect(vendor.contactMethods).toEqual([])
  })
})
