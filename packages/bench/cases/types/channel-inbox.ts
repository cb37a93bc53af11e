import { channelInbox } from '@anycontact/channel-inbox'

const contacts = channelInbox({ apiKey: 'secret' })
const { contact, outcome } = await contacts.upsert(
  { name: 'Ana Souza', email: 'ana@example.com', tags: ['vip'] },
  { by: 'email', scan: true },
)
console.log(outcome, contact.raw.display_name)
for await (const { name, email } of contacts.list({ where: { email: { exists: true } } })) {
  console.log(name, email)
}
await contacts.update(contact, { tags: ['vip', 'lead'], phone: null })
