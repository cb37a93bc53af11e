import { memory } from '@anycontact/memory'

const contacts = memory()
const { contact, outcome } = await contacts.upsert(
  { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com', customFields: { plan: 'pro' } },
  { by: 'externalId' },
)
console.log(outcome, contact.id)
for await (const { name, email } of contacts.list({ where: { customFields: { plan: 'pro' } } })) {
  console.log(name, email)
}
await contacts.update(contact, { nickname: 'ana', phone: null })
