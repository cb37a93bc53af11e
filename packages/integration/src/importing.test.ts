import { type ImportReport, importContacts, readCsv } from '@anycontact/formats'
import { describe, expect, it } from 'vitest'
import { clients } from './providers.ts'

const FILE = [
  'key,name,email,phone,customFields.plan,locale',
  'crm-customer-000001,Ana Souza,ana@example.com,+351912345678,pro,',
  'crm-customer-000002,Ben,ben@example.com,,,pt',
  'crm-customer-000003,Eva,no address,,,',
  'crm-customer-000001,Ana,ana@example.com,,,',
  '',
].join('\n')

const byExternalId = () => readCsv(FILE, { by: 'externalId', columns: { key: 'externalId' } })

const imports: Readonly<Record<string, () => Promise<ImportReport>>> = {
  memory: () =>
    importContacts(byExternalId(), (items) => clients.memory().upsertMany(items, { by: 'externalId' })),
  chatbotkit: () =>
    importContacts(byExternalId(), (items) => clients.chatbotkit().upsertMany(items, { by: 'externalId' })),
  cognipeer: () =>
    importContacts(byExternalId(), (items) => clients.cognipeer().upsertMany(items, { by: 'externalId' })),
  'channel-inbox': () =>
    importContacts(
      readCsv(FILE, { by: 'email', columns: { key: null, 'customFields.plan': null } }),
      (items) => clients['channel-inbox']().upsertMany(items, { by: 'email', scan: true }),
    ),
  'contact-methods': () =>
    importContacts(
      readCsv(FILE, { by: 'id', columns: { key: 'id', name: null, 'customFields.plan': null } }),
      (items) => clients['contact-methods']().upsertMany(items, { by: 'id' }),
    ),
}

describe('a CSV file', () => {
  it.each(Object.entries(imports))(
    'is imported by %s, and each failure told by its line',
    async (provider, run) => {
      const report = await run()
      expect(report.failures.map(({ line, error }) => [line, error.code])).toEqual([
        // Only memory stores a locale.
        ...(provider === 'memory' ? [] : [[3, 'unsupported_field']]),
        [4, 'invalid_input'],
        [5, 'conflict'],
      ])
      expect(report).toMatchObject({
        rows: 4,
        created: provider === 'memory' ? 2 : 1,
        updated: 0,
        unchanged: 0,
      })
    },
  )
})
