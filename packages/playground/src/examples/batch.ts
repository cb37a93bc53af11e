import { type Example, program } from './example.ts'

const batch = (rows: string, by: string): string => `
const rows = [
${rows}
]

// One bad row sinks no other.
const { succeeded, failed } = await contacts.upsertMany(rows, ${by})

for (const { index, outcome } of succeeded) console.log(\`row \${index + 1}: \${outcome}\`)
for (const { index, error } of failed) console.error(\`row \${index + 1}:\`, error)
`

const named = batch(
  `  { externalId: 'user-1', name: 'Bo Larsen', email: 'bo@example.com' },
  { externalId: 'user-2', name: 'Cleo Marsh', email: 'cleo at example.com' },
  { externalId: 'user-3', name: 'Dov Katz', email: 'dov@example.com' },`,
  `{ by: 'externalId' }`,
)

const inbox = batch(
  `  { name: 'Bo Larsen', email: 'bo@example.com' },
  { name: 'Cleo Marsh', email: 'cleo at example.com' },
  { name: 'Dov Katz', email: 'dov@example.com' },`,
  `{ by: 'email', scan: true }`,
)

const methods = batch(
  `  { id: 'client-1', email: 'bo@example.com' },
  { id: 'client-2', email: 'cleo at example.com' },
  { id: 'client-3', email: 'dov@example.com' },`,
  `{ by: 'id' }`,
)

/** A batch in which one item is bad. */
export const batchWithOneBadItem: Example = {
  name: 'batch',
  label: 'Batch with one bad item',
  programs: {
    chatbotkit: program('chatbotkit', named),
    cognipeer: program('cognipeer', named),
    channelInbox: program('channelInbox', inbox),
    contactMethods: program('contactMethods', methods),
    memory: program('memory', named),
  },
}
