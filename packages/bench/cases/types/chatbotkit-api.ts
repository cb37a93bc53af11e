import { ContactClient } from '@anycontact/chatbotkit/api'

const client = new ContactClient({ secret: 'secret' })
const { id } = await client.create({
  fingerprint: 'crm-user-000000000042',
  name: 'Ana Souza',
  email: 'ana@example.com',
  meta: { plan: 'pro' },
})
console.log((await client.fetch(id)).fingerprint)
for await (const event of client.list({ meta: { plan: 'pro' } }).stream()) {
  if (event.type === 'item') console.log(event.data.name, event.data.email)
}
await client.update(id, { nick: 'ana' })
