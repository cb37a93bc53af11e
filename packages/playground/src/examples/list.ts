import { type Example, program } from './example.ts'

const byPlan = `
// The provider filters as far as it can; the rest is decided here.
const query = { where: { customFields: { plan: 'pro' } } }
console.log(contacts.explain(query))

for await (const contact of contacts.list(query)) {
  console.log(contact.name, contact.email, contact.customFields)
}

const page = await contacts.list({ pageSize: 2 })
console.log('one page:', page.items.map((contact) => contact.name))
console.log('and in all:', await contacts.count())
`

const byEmail = (shown: string): string => `
// The provider filters as far as it can; the rest is decided here.
const query = { where: { email: { exists: true } } }
console.log(contacts.explain(query))

for await (const contact of contacts.list(query)) {
  console.log(contact.${shown}, contact.email)
}

const page = await contacts.list({ pageSize: 2 })
console.log('one page:', page.items.map((contact) => contact.${shown}))
console.log('and in all:', await contacts.count())
`

/** Listing with a filter. */
export const list: Example = {
  name: 'list',
  label: 'List and filter',
  programs: {
    chatbotkit: program('chatbotkit', byPlan),
    cognipeer: program('cognipeer', byPlan),
    channelInbox: program('channelInbox', byEmail('name')),
    contactMethods: program('contactMethods', byEmail('id')),
    memory: program('memory', byPlan),
  },
}
