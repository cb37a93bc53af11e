import { type Example, program } from './example.ts'

const byExternalId = `
const input = {
  externalId: 'user-42',
  name: 'Ines Costa',
  email: 'ines@example.com',
  customFields: { plan: 'free' },
}

// Created, unchanged, updated. In a second run: updated, unchanged, updated.
const first = await contacts.upsert(input, { by: 'externalId' })
console.log(first.outcome, first.contact.id)

const second = await contacts.upsert(input, { by: 'externalId' })
console.log(second.outcome)

const third = await contacts.upsert(
  { externalId: 'user-42', customFields: { plan: 'pro' } },
  { by: 'externalId' },
)
console.log(third.outcome, third.contact.customFields)
`

const byEmail = `
const input = { name: 'Ines Costa', email: 'ines@example.com' }

// This provider has no lookup by email, so a scan of its listing must be asked for.
const options = { by: 'email', scan: true }

// Created, unchanged, updated. In a second run: updated, unchanged, updated.
const first = await contacts.upsert(input, options)
console.log(first.outcome, first.contact.id)

const second = await contacts.upsert(input, options)
console.log(second.outcome)

const third = await contacts.upsert({ email: 'ines@example.com', name: 'Ines Costa Lima' }, options)
console.log(third.outcome, third.contact.name)
`

const byId = `
// Clients are known by your own ids.
const input = { id: 'client-42', email: 'ines@example.com' }

// Created, unchanged, updated. In a second run: updated, unchanged, updated.
const first = await contacts.upsert(input, { by: 'id' })
console.log(first.outcome, first.contact.id)

const second = await contacts.upsert(input, { by: 'id' })
console.log(second.outcome)

const third = await contacts.upsert({ id: 'client-42', email: 'ines.costa@example.com' }, { by: 'id' })
console.log(third.outcome, third.contact.email)
`

/** Creating or updating by a key. */
export const upsert: Example = {
  name: 'upsert',
  label: 'Upsert',
  programs: {
    chatbotkit: program('chatbotkit', byExternalId),
    cognipeer: program('cognipeer', byExternalId),
    channelInbox: program('channelInbox', byEmail),
    contactMethods: program('contactMethods', byId),
    memory: program('memory', byExternalId),
  },
}
