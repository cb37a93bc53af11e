import { createEmulator } from '@anycontact/emulator'

const { cognipeer } = createEmulator({
  cognipeer: { nested: 'merge', tokens: { pat_other: 'other' }, hooks: { otherhook: 'other' } },
})
cognipeer.seed([{ name: 'Ana Souza', email: 'ana@example.com', properties: { plan: 'pro' } }])
cognipeer.seed([{ name: 'Somebody Else' }], 'other')

const response = await cognipeer.fetch('https://api.cognipeer.com/v1/sdk/contact?email=ana@example.com', {
  headers: { authorization: 'Bearer pat_emulator', 'x-hook-id': 'emulatorhook' },
})
const { data } = await response.json()

console.log(data.properties.plan) // pro
console.log(cognipeer.contactsOf('other').length) // 1
