import { type Example, program } from './example.ts'

const create = (input: string, then: string): string => `
// The switch below loses the answer of the first write: the provider
// has created the contact, and this program hears only of a failure.
try {
  const contact = await contacts.create(${input})
  console.log('created once:', contact.id)
} catch (error) {
  console.error(error)
${then}
}
`

const named = `{ externalId: \`user-\${Date.now()}\`, name: 'Ines Costa' }`

/** A create whose answer is lost. */
export const lostAnswer: Example = {
  name: 'lost-answer',
  label: 'Lost answer of a create',
  fault: { kind: 'lost', times: 1 },
  programs: {
    chatbotkit: program(
      'chatbotkit',
      `// The external id is unique here: the create is sent again, and finds
// the record that is there already.
${create(named, "  console.log('applied:', error.applied)").trim()}`,
    ),
    cognipeer: program(
      'cognipeer',
      `// The create is not sent again: the client looks up what became of it.
${create(named, "  console.log('applied:', error.applied)").trim()}`,
    ),
    channelInbox: program(
      'channelInbox',
      `// Nothing tells this contact from others, so nothing is sent again,
// and the error says that it may have been applied.
${create(
  `{ name: 'Ines Costa', email: 'ines@example.com' }`,
  `  // Before it is written again, look. An upsert does that by itself.
  const found = await contacts.find({ email: 'ines@example.com' }, { scan: true })
  console.log('applied:', error.applied, '– and found:', found?.id)`,
).trim()}`,
    ),
    contactMethods: program(
      'contactMethods',
      `// The client's methods are read: they are as they should be.
${create(
  `{ id: \`client-\${Date.now()}\`, email: 'ines@example.com' }`,
  "  console.log('applied:', error.applied)",
).trim()}`,
    ),
  },
}
