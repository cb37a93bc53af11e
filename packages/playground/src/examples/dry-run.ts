import { type Example, program } from './example.ts'

const dryRun = (rows: string, by: string): string => `
const rows = [
${rows}
]

// Reads, plans, and writes nothing.
const plan = await contacts.upsertMany(rows, { ${by}, dryRun: true })
for (const { index, outcome } of plan.succeeded) console.log(\`row \${index + 1} would be \${outcome}\`)
`

const named = dryRun(
  `  { externalId: 'crm-1', name: 'Ana Souza' },
  { externalId: 'crm-2', name: 'Zoë Müller-Lang' },
  { externalId: 'user-77', name: 'Somebody new' },`,
  `by: 'externalId'`,
)

const inbox = dryRun(
  `  { email: 'ana@example.com', name: 'Ana Souza' },
  { email: 'zoe@example.de', name: 'Zoë Müller-Lang' },
  { email: 'new@example.com', name: 'Somebody new' },`,
  `by: 'email', scan: true`,
)

const methods = dryRun(
  `  { id: 'crm-1', email: 'ana@example.com' },
  { id: 'crm-2', email: 'zoe.mueller@example.de' },
  { id: 'client-77', email: 'new@example.com' },`,
  `by: 'id'`,
)

/** What a batch would do. */
export const dryRunOfABatch: Example = {
  name: 'dry-run',
  label: 'Dry run',
  programs: {
    // ChatBotKit's upsert has no lookup before it: a plan takes a scan.
    chatbotkit: program('chatbotkit', named.replace('dryRun: true', 'scan: true, dryRun: true')),
    cognipeer: program('cognipeer', named),
    channelInbox: program('channelInbox', inbox),
    contactMethods: program('contactMethods', methods),
    memory: program('memory', named),
  },
}
