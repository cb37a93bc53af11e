import type { BatchResult, Contact, ContactInput, KeyedBy, RefKey } from '@anycontact/core'
import {
  type ContactRow,
  importContacts,
  readCsv,
  readNdjson,
  readVCards,
  writeNdjson,
  writeVCards,
} from '@anycontact/formats'
import { exportCsv } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { clients } from './providers.ts'

const people = Array.from({ length: 5 }, (_, at) => ({
  name: `Zoë ${at}`,
  email: `zoe${at}@example.com`,
  phone: `+35191234567${at}`,
}))
const keyed = people.map((person, at) => ({
  ...person,
  externalId: `crm-customer-00000${at}`,
  customFields: { plan: 'pro', seats: at },
}))

/** A provider with contacts, which can be listed and written again. */
interface Provider<By extends RefKey> {
  readonly by: By
  readonly list: () => AsyncIterable<Contact>
  readonly write: (contacts: AsyncIterable<ContactInput & KeyedBy<By>>) => AsyncIterable<BatchResult<object>>
}

const providers = {
  async memory(): Promise<Provider<'externalId'>> {
    const contacts = clients.memory()
    await contacts.upsertMany(keyed, { by: 'externalId' })
    const write: Provider<'externalId'>['write'] = (items) => contacts.upsertMany(items, { by: 'externalId' })
    return { by: 'externalId', list: () => contacts.list(), write }
  },
  async chatbotkit(): Promise<Provider<'externalId'>> {
    const contacts = clients.chatbotkit()
    await contacts.upsertMany(keyed, { by: 'externalId' })
    const write: Provider<'externalId'>['write'] = (items) => contacts.upsertMany(items, { by: 'externalId' })
    return { by: 'externalId', list: () => contacts.list(), write }
  },
  async cognipeer(): Promise<Provider<'externalId'>> {
    const contacts = clients.cognipeer()
    await contacts.upsertMany(keyed, { by: 'externalId' })
    const write: Provider<'externalId'>['write'] = (items) => contacts.upsertMany(items, { by: 'externalId' })
    return { by: 'externalId', list: () => contacts.list(), write }
  },
  async 'channel-inbox'(): Promise<Provider<'email'>> {
    const contacts = clients['channel-inbox']()
    await contacts.upsertMany(people, { by: 'email', scan: true })
    const write: Provider<'email'>['write'] = (items) =>
      contacts.upsertMany(items, { by: 'email', scan: true })
    return { by: 'email', list: () => contacts.list(), write }
  },
  async 'contact-methods'(): Promise<Provider<'id'>> {
    const contacts = clients['contact-methods']()
    const input = people.map(({ email, phone }, at) => ({ id: `client-${at}`, email, phone }))
    await contacts.upsertMany(input, { by: 'id' })
    const write: Provider<'id'>['write'] = (items) => contacts.upsertMany(items, { by: 'id' })
    return { by: 'id', list: () => contacts.list(), write }
  },
}

type Rows<By extends RefKey> = AsyncIterable<ContactRow<ContactInput & KeyedBy<By>>>

/** A file of all contacts, and what is read of it. */
function filesOf<By extends RefKey>({ by, list }: Provider<By>): Readonly<Record<string, Rows<By>>> {
  return {
    CSV: readCsv(exportCsv({ list }), { by }),
    'vCard 3.0': readVCards(writeVCards(list()), { by }),
    'vCard 4.0': readVCards(writeVCards(list(), { version: '4.0' }), { by }),
    NDJSON: readNdjson(writeNdjson(list()), { by }),
  }
}

async function writtenAgain<By extends RefKey>(provider: Provider<By>): Promise<unknown[]> {
  const reports: unknown[] = []
  for (const [format, rows] of Object.entries(filesOf(provider))) {
    const { failures, created, updated, unchanged, stored, endedBy } = await importContacts(
      rows,
      provider.write,
    )
    reports.push([format, failures, created, updated, unchanged + stored, endedBy])
  }
  return reports
}

describe('contacts that were exported', () => {
  const unchanged = (format: string): unknown[] => [format, [], 0, 0, 5, undefined]
  const all = ['CSV', 'vCard 3.0', 'vCard 4.0', 'NDJSON'].map(unchanged)

  it.each(['memory', 'chatbotkit', 'cognipeer'] as const)(
    'can be written to %s again, by any format, and change nothing',
    async (name) => {
      expect(await writtenAgain(await providers[name]())).toEqual(all)
    },
  )

  it('can be written to channel-inbox again, by any format, and change nothing', async () => {
    expect(await writtenAgain(await providers['channel-inbox']())).toEqual(all)
  })

  it('can be written to contact-methods again, by any format, and change nothing', async () => {
    expect(await writtenAgain(await providers['contact-methods']())).toEqual(all)
  })
})
