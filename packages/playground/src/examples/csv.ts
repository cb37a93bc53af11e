import type { ProviderName } from '../shared/providers.ts'
import { client, type Example, imports } from './example.ts'

function importCsv(provider: ProviderName, file: readonly string[], by: string, options: string): string {
  return `${imports(provider)}
import { importContacts, readCsv, refusedCsv } from '@anycontact/formats'

${client(provider)}

// A file as people send it: blank cells, blanks around values, a bad row.
const file = \`${file.join('\n')}
\`

const report = await importContacts(readCsv(file, { by: '${by}' }), (rows) =>
  contacts.upsertMany(rows, ${options}),
)
console.log(\`\${report.created} created, \${report.updated} updated, \${report.unchanged} unchanged\`)
for (const { line, error } of report.failures) console.error(\`line \${line}:\`, error)
console.log('To be corrected and sent again:')
console.log(refusedCsv(report))
`
}

const NAMED = [
  'externalId;name;email',
  'crm-1;Ana Souza ;ana@example.com',
  'user-1; Bo Larsen;bo@example.com',
  'user-2;Cleo Marsh;cleo at example.com',
  'user-3;Dov Katz;',
]

const BY_EMAIL = [
  'name;email',
  'Ana Souza ;ana@example.com',
  ' Bo Larsen;bo@example.com',
  'Cleo Marsh;cleo at example.com',
  ';dov@example.com',
]

const BY_ID = [
  'id;email',
  'crm-1;ana@example.com ',
  'client-1; bo@example.com',
  'client-2;cleo at example.com',
  'client-3;dov@example.com',
]

/** An import with a report by line. */
export const importFromCsv: Example = {
  name: 'csv',
  label: 'Import a CSV file',
  programs: {
    chatbotkit: importCsv('chatbotkit', NAMED, 'externalId', `{ by: 'externalId' }`),
    cognipeer: importCsv('cognipeer', NAMED, 'externalId', `{ by: 'externalId' }`),
    channelInbox: importCsv('channelInbox', BY_EMAIL, 'email', `{ by: 'email', scan: true }`),
    contactMethods: importCsv('contactMethods', BY_ID, 'id', `{ by: 'id' }`),
    memory: importCsv('memory', NAMED, 'externalId', `{ by: 'externalId' }`),
  },
}
