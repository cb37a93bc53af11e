import { cognipeer } from '@anycontact/cognipeer'

const contacts = cognipeer({ token: 'secret', hookId: 'hook' })
const { contact, outcome } = await contacts.upsert(
  { externalId: 'user-42', name: 'Ana Souza', email: 'ana@example.com', customFields: { plan: 'pro' } },
  { by: 'externalId' },
)
console.log(outcome, contact.raw.integrationId)
for await (const { name, email } of contacts.list({ where: { customFields: { plan: 'pro' } } })) {
  console.log(name, email)
}
await contacts.update(contact, { tags: ['vip'], phone: null })
