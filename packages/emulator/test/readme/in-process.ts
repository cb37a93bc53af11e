import { createEmulator } from '@anycontact/emulator'

const { chatbotkit } = createEmulator()
chatbotkit.seed([{ name: 'Ana Souza', email: 'ana@example.com', meta: { plan: 'pro' } }])

const response = await chatbotkit.fetch('https://api.chatbotkit.com/v1/contact/list?meta.plan=pro', {
  headers: { authorization: 'Bearer sk-emulator' },
})
const { items } = await response.json()

console.log(items[0].name) // Ana Souza
console.log(chatbotkit.requests[0]?.query) // { 'meta.plan': 'pro' }
