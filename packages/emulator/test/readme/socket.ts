import { createEmulator } from '@anycontact/emulator'
import { ContactClient } from '@chatbotkit/sdk/contact/index'

const { chatbotkit } = createEmulator()
const server = await chatbotkit.listen() // { port: 0, hostname: '127.0.0.1' }

const client = new ContactClient({ secret: 'sk-emulator', baseUrl: server.url })
const { id } = await client.create({ name: 'Zoë', phone: '(415) 555-2671' })
const { phone } = await client.fetch(id)

console.log(phone) // +14155552671
console.log(chatbotkit.contacts.length) // 1
await server.close()
