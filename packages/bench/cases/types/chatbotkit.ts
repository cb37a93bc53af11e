import { chatbotkit } from '@anycontact/chatbotkit'

const contacts = chatbotkit({ secret: 'secret' })
const { contact, outcome } = await contacts.upsert(
  { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com', customFields: { plan: 'pro' } },
  { by: 'externalId' },
)
console.log(outcome, contact.raw.fingerprint)
for await (const { name, email } of contacts.list({ where: { customFields: { plan: 'pro' } } })) {
  console.log(name, email)
}
await contacts.update(contact, { nickname: 'ana', phone: null })
