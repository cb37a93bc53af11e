import { contactMethods } from '@anycontact/contact-methods'

const contacts = contactMethods({ apiKey: 'secret', environment: 'test' })
const { contact, outcome } = await contacts.upsert(
  { id: '00000000-0000-4000-8000-000000000042', email: 'ana@example.com' },
  { by: 'id' },
)
console.log(outcome, contact.raw.contactMethods)
for await (const { id, email } of contacts.list({ where: { email: 'ana@example.com' } })) {
  console.log(id, email)
}
await contacts.update(contact, { phone: '+14155552671', email: null })
