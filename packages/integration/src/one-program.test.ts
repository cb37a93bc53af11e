import { describe, expect, it } from 'vitest'
import {
  type Deletable,
  forget,
  type Importable,
  importContacts,
  type Readable,
  readAndUpdate,
} from './programs.ts'
import { clients, seededInbox } from './providers.ts'

const people = [
  { key: 'customers/0001-ana', name: 'Ana Souza', email: 'ana@example.com', phone: '+351912345678' },
  { key: 'customers/0002-bo', name: 'Bo Ek', email: 'bo@example.com' },
  { key: 'customers/0003-li', name: '李小龍', email: 'li@example.hk', phone: '+85221234567' },
]

/** Those who can be taken in, and the field that tells them apart: the one thing that a program must be told. */
const importers = [
  { name: 'memory', make: clients.memory, by: 'externalId' },
  { name: 'chatbotkit', make: clients.chatbotkit, by: 'externalId' },
  { name: 'cognipeer', make: clients.cognipeer, by: 'externalId' },
  { name: 'contact-methods', make: clients['contact-methods'], by: 'id' },
] as const satisfies readonly { name: string; make: () => Importable; by: 'id' | 'externalId' }[]

const readers: readonly { readonly name: string; readonly make: () => Promise<Readable> }[] = [
  ...importers.map(({ name, make, by }) => ({
    name,
    async make(): Promise<Readable> {
      const contacts = make()
      await fill(contacts, by)
      return contacts
    },
  })),
  { name: 'channel-inbox', make: async () => seededInbox(people) },
]

async function fill(contacts: Importable, by: 'id' | 'externalId'): Promise<void> {
  const inputs = people.map(({ key, ...fields }) => ({ ...fields, [by]: key }))
  await contacts.upsertMany(inputs, { by, unsupportedFields: 'drop' })
}

const ana = { email: 'ana@example.com', phone: '+351912345678' }
const bo = { email: 'bo@example.com', phone: undefined }
const li = { email: 'li@example.hk', phone: '+85221234567' }

describe('a program that reads and updates comes to the same', () => {
  it.each(readers)('with $name', async ({ make }) => {
    const bosPhone = '+46812345678'
    expect(await readAndUpdate(await make(), bo.email, bosPhone)).toEqual({
      listed: [ana, bo, li],
      filtered: [bo],
      got: bo,
      found: bo,
      notFound: undefined,
      searched: [bo],
      counts: [3, 2, 2],
      updated: { ...bo, phone: bosPhone },
      afterwards: { ...bo, phone: bosPhone },
      unknownId: 'not_found',
    })
  })
})

describe('a program that takes contacts in comes to the same', () => {
  it.each(importers)('with $name', async ({ name, make, by }) => {
    const done = await importContacts(make(), people, by)
    // The one difference: a client at contact methods has no name.
    const named = (shown: string): string | undefined => (name === 'contact-methods' ? undefined : shown)
    expect(done).toEqual({
      outcomes: ['created', 'created', 'created', 'unchanged', 'unchanged', 'unchanged'],
      failed: [],
      one: ['updated', 'unchanged', 'updated'],
      stored: [
        { key: 'customers/0001-ana', name: named('Ana Souza'), ...ana, phone: '+351922222222' },
        { key: 'customers/0002-bo', name: named('Bo Ek'), ...bo },
        { key: 'customers/0003-li', name: named('李小龍'), ...li },
      ],
    })
  })
})

describe('a program that takes contacts in by an address', () => {
  const byAddress = ['memory', 'chatbotkit', 'cognipeer', 'channel-inbox'] as const

  it.each(byAddress)('comes to the same with %s', async (name) => {
    const contacts: Importable = clients[name]()
    const options = { by: 'email', scan: true, unsupportedFields: 'drop' } as const
    const inputs = people.map(({ key: _key, ...fields }) => fields)
    const outcomes: string[] = []
    for (const _time of [1, 2]) {
      for await (const result of contacts.upsertMany(inputs, options)) {
        outcomes.push(result.ok ? result.outcome : result.error.code)
      }
    }
    const { outcome, contact } = await contacts.upsert({ ...ana, phone: '+351922222222' }, options)
    expect([...outcomes, outcome]).toEqual([
      ...Array(3).fill('created'),
      ...Array(3).fill('unchanged'),
      'updated',
    ])
    expect(contact).toMatchObject({ ...ana, phone: '+351922222222' })
    expect(await contacts.list().toArray()).toHaveLength(3)
  })
})

describe('a program that deletes comes to the same', () => {
  const deleters = readers.filter((reader) => reader.name !== 'cognipeer')

  it.each(deleters)('with $name', async ({ make }) => {
    const contacts = await make()
    if (!contacts.supports('delete')) throw new Error('It can delete.')
    expect(await forget(contacts, ana.email)).toEqual({ counts: [3, 2], gone: true, again: 'not_found' })
  })
})

describe('what a provider does not have', () => {
  it('is known at run time too', () => {
    const can = (operation: 'delete' | 'create' | 'upsert'): string[] =>
      Object.entries(clients)
        .filter(([, make]) => make().supports(operation))
        .map(([name]) => name)
    expect(can('delete')).toEqual(['memory', 'chatbotkit', 'channel-inbox', 'contact-methods'])
    expect(can('create')).toEqual(Object.keys(clients))
    expect(can('upsert')).toEqual(Object.keys(clients))
  })

  const withoutDelete = readers.filter(({ name }) => name === 'cognipeer')

  it.each(withoutDelete)('is refused where nobody looked at types: delete with $name', async ({ make }) => {
    const contacts: unknown = await make()
    const forgetting = forget(contacts as Deletable, ana.email) // as a program in JavaScript would
    await expect(forgetting).rejects.toMatchObject({ code: 'unsupported' })
  })
})
