import { CONTACT_METHODS_API_KEY, createEmulator } from '@anycontact/emulator'
import { expect, it } from 'vitest'
import { contactMethods } from './contact-methods.ts'

it.each(['empty', 'no-content', 'json'] as const)(
  'works over a socket with the runtime’s fetch (%s)',
  async (deleteAnswer) => {
    const { contactMethods: vendor } = createEmulator({ contactMethods: { deleteAnswer } })
    const server = await vendor.listen()
    try {
      const contacts = contactMethods({
        apiKey: CONTACT_METHODS_API_KEY,
        environment: 'test',
        baseUrl: server.url,
      })
      const by = { by: 'id' } as const
      const { contact } = await contacts.upsert(
        { id: 'c/1 ü', email: 'ana@example.com', phone: '+52 55 1' },
        by,
      )
      expect((await contacts.update(contact, { email: 'ünï@example.com', phone: null })).email).toBe(
        'ünï@example.com',
      )
      expect(await contacts.contactMethods.getPrimary('c/1 ü', 'fax')).toBeUndefined()
      expect((await contacts.list({ where: { id: 'c/1 ü' } })).items).toHaveLength(1)
      vendor.faults.add({ cut: 'answer' })
      expect(await contacts.count()).toBe(1)
      await contacts.delete({ email: 'ünï@example.com' })
      expect(vendor.contactMethods).toEqual([])
    } finally {
      await server.close()
    }
  },
)
