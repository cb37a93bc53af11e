import { createEmulator } from '@anycontact/emulator'

const { contactMethods } = createEmulator({
  contactMethods: {
    apiKeys: { 'read-only': { permissions: ['test:contact-methods:read'] } },
    sort: 'ignored',
  },
})
contactMethods.seed([{ clientId: 'client-1', type: 'email', value: 'juan@example.com', isPrimary: true }])

const response = await contactMethods.fetch('https://api.artu.ai/clients/client-1/contact-methods', {
  headers: { authorization: 'Bearer artu-emulator', 'x-environment': 'test' },
})
const { data } = await response.json()

console.log(data[0].value) // juan@example.com
console.log(contactMethods.contactMethodsOf('live')) // []
