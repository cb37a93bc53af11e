import type { Client } from '@modelcontextprotocol/client'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { createClients } from './testing/providers.ts'

const READS = ['list_contacts', 'search_contacts', 'get_contact', 'count_contacts', 'find_duplicates']
const WRITES = (kinds: readonly string[]) =>
  kinds.flatMap((kind) => [`preview_${kind}_contact`, `apply_${kind}_contact`])

/** What each provider's tools say that it can. */
const EXPECTED = {
  memory: {
    kinds: ['create', 'update', 'delete'],
    keys: ['id', 'externalId', 'email', 'phone'],
    orders: 12,
    deleted: true,
  },
  chatbotkit: { kinds: ['create', 'update', 'delete'], keys: ['id'], orders: 1, deleted: false },
  cognipeer: {
    kinds: ['create', 'update'],
    keys: ['id', 'externalId', 'email', 'phone'],
    orders: 4,
    deleted: true,
  },
  'channel-inbox': { kinds: ['create', 'update', 'delete'], keys: ['id'], orders: 1, deleted: false },
  'contact-methods': {
    kinds: ['create', 'update', 'delete'],
    keys: ['id', 'email', 'phone'],
    orders: 0,
    deleted: false,
  },
} as const

const names = ['memory', 'chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods'] as const

/** A member of a tool's schema, by the names of what it is in. */
async function schemaOf(client: Client, tool: string, ...path: string[]): Promise<unknown> {
  const { tools } = await client.listTools()
  let found: unknown = tools.find(({ name }) => name === tool)?.inputSchema
  for (const name of path)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  return found
}

describe.each(names)('the tools of %s', (name) => {
  it('are those that it can do', async () => {
    const { client } = await connect(createClients().clients[name], { write: true })
    const { kinds, keys, orders, deleted } = EXPECTED[name]
    const { tools } = await client.listTools()
    expect(tools.map((tool) => tool.name)).toEqual([...READS, ...WRITES(kinds)])
    expect(await schemaOf(client, 'get_contact', 'properties', 'by', 'enum')).toEqual(keys)
    const order = await schemaOf(
      client,
      'list_contacts',
      'properties',
      'orderBy',
      'properties',
      'field',
      'enum',
    )
    expect(Array.isArray(order) ? order.length : 0).toBe(orders)
    const includeDeleted = await schemaOf(client, 'list_contacts', 'properties', 'includeDeleted')
    expect(includeDeleted !== undefined).toBe(deleted)
  })

  it('take the fields that it stores, and no others', async () => {
    const contacts = createClients().clients[name]
    const { client } = await connect(contacts, { write: true })
    for (const [tool, entry, { fields }] of [
      ['preview_create_contact', 'contact', contacts.capabilities.create],
      ['apply_update_contact', 'changes', contacts.capabilities.update],
    ] as const) {
      const properties = await schemaOf(client, tool, 'properties', entry, 'properties')
      expect(Object.keys(properties ?? {})).toEqual(fields)
    }
  })

  it('find a contact, change it and read it back', async () => {
    const { call } = await connect(createClients().clients[name], { write: true })
    const methods = name === 'contact-methods'
    const contact = methods
      ? { id: 'person-1', email: 'ana@example.com' }
      : { name: 'Ana Souza', email: 'ana@example.com' }
    const preview = await call('preview_create_contact', { contact })
    const created = await call('apply_create_contact', { contact, token: preview.said.token })
    expect(created).toMatchObject({ isError: false, said: { done: 'created' } })
    const found = await call('search_contacts', { text: 'ana' })
    expect(found.rows).toMatchObject([contact])
    const whom = { by: 'id', value: found.rows[0]?.id }
    const changes = methods ? { phone: '+351 910 000 001' } : { name: 'Ana Lima' }
    const change = await call('preview_update_contact', { ...whom, changes })
    expect(change.rows.slice(1)).toHaveLength(1)
    const applied = await call('apply_update_contact', { ...whom, changes, token: change.said.token })
    expect(applied).toMatchObject({ isError: false, said: { done: 'updated' } })
    expect((await call('get_contact', whom)).rows[0]).toMatchObject(
      methods ? { email: contact.email } : changes,
    )
    expect((await call('count_contacts')).said.count).toBe(1)
  })
})

describe('the tools of a provider without a look-up by a key', () => {
  it('look through its listing only where that is allowed', async () => {
    const { clients, emulator } = createClients()
    emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana', fingerprint: 'u1' }])
    const plain = await connect(clients.chatbotkit)
    const refused = await plain.call('get_contact', { by: 'externalId', value: 'u1' })
    expect(refused.isError).toBe(true)
    expect(emulator.chatbotkit.requests).toHaveLength(0)
    const scanning = await connect(clients.chatbotkit, { scan: true })
    expect((await scanning.call('get_contact', { by: 'externalId', value: 'u1' })).rows).toMatchObject([
      { id: 'c1' },
    ])
    const { tools } = await scanning.client.listTools()
    expect(tools.find(({ name }) => name === 'get_contact')?.description).toContain(
      'the whole listing is read',
    )
  })

  it('say that nobody knows whether a contact with a new key is there', async () => {
    const { clients } = createClients()
    const { call } = await connect(clients.chatbotkit, { write: true })
    const preview = await call('preview_create_contact', { contact: { externalId: 'u1', email: 'a@x.test' } })
    expect(preview.said.notChecked).toContain('externalId or email')
  })
})
