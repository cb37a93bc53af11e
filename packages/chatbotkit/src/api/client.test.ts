import { describe, expect, it } from 'vitest'
import { apiSetup, collect, recorder } from '../testing/api-setup.ts'
import { ChatBotKitClient } from './client.ts'
import { ContactClient } from './contact-client.ts'
import { createContact, listContacts } from './contacts/index.ts'
import type { ClientOptions } from './options.ts'

describe('credentials and headers', () => {
  it('sends the secret as a bearer token', async () => {
    const { calls, fetch } = recorder()
    await new ContactClient({ secret: 'sk-1', fetch }).list()
    expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer sk-1', accept: 'application/json' })
    expect(calls[0]?.headers).not.toHaveProperty('x-runas-user-id')
    expect(calls[0]?.headers).not.toHaveProperty('x-timezone')
    expect(calls[0]?.headers).not.toHaveProperty('content-type')
  })

  it('asks a function for the secret before each attempt', async () => {
    const secrets = ['sk-old', 'sk-emulator']
    const { client, vendor } = apiSetup({ secret: async () => secrets.shift() ?? '' })
    vendor.faults.add({ status: 503 })
    await client.list()
    expect(vendor.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer sk-old',
      'Bearer sk-emulator',
    ])
  })

  it('acts as a child account, by id or by email', async () => {
    const accounts = { child: { parent: 'emulator', email: 'child@example.com' } }
    for (const options of [{ runAsUserId: 'child' }, { runAsChildUserEmail: 'child@example.com' }]) {
      const { client, vendor } = apiSetup(options, { chatbotkit: { accounts } })
      await client.create({ name: 'Ana' })
      expect(vendor.contacts).toHaveLength(0)
      expect(vendor.contactsOf('child')).toHaveLength(1)
    }
  })

  it('sends the time zone and headers of the client, and of the call over them', async () => {
    const { calls, fetch } = recorder()
    const headers = { 'x-a': 'client', 'X-B': 'client' }
    const client = new ContactClient({ secret: 'sk-1', fetch, timezone: 'Europe/Sofia', headers })
    await client.list({}, { headers: { 'x-b': 'call' } })
    expect(calls[0]?.headers).toMatchObject({ 'x-timezone': 'Europe/Sofia', 'x-a': 'client', 'x-b': 'call' })
  })

  it('asks a function for headers', async () => {
    const { calls, fetch } = recorder()
    const client = new ContactClient({
      secret: 'sk-1',
      fetch,
      timezone: 'UTC',
      headers: async () => ({ 'x-a': '1' }),
    })
    await client.extend({ headers: { 'x-b': '2' } }).list()
    expect(calls[0]?.headers).toMatchObject({ 'x-timezone': 'UTC', 'x-a': '1', 'x-b': '2' })
  })

  it.each([
    ['a missing secret', {}],
    ['a blank secret', { secret: '  ' }],
    ['a secret with a line break', { secret: 'sk-1\n' }],
    ['a base URL that is none', { secret: 'sk-1', baseUrl: 'nonsense' }],
    ['an override that is no path', { secret: 'sk-1', endpoints: { listContacts: '' } }],
    ['a time-out of nothing', { secret: 'sk-1', timeoutMs: 0 }],
    ['retries below none', { secret: 'sk-1', retries: -1 }],
  ])('refuses %s at once', (_, options) => {
    expect(() => new ContactClient(options as ClientOptions)).toThrow(
      expect.objectContaining({ code: 'config' }),
    )
  })
})

describe('sub-clients', () => {
  it('share the limits of their client', async () => {
    const { vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    const id = ana?.id ?? ''
    let [underWay, most] = [0, 0]
    const client = new ContactClient({
      secret: 'sk-emulator',
      concurrency: 1,
      fetch: async (input, init) => {
        most = Math.max(most, ++underWay)
        const response = await vendor.fetch(input, init)
        underWay--
        return response
      },
    })
    await Promise.all([client.list(), client.conversation.list(id), client.task.list(id), client.fetch(id)])
    expect(vendor.requests).toHaveLength(4)
    expect(most).toBe(1)
  })
})

describe('the functions', () => {
  it('take the plain client', async () => {
    const { vendor } = apiSetup()
    const client = new ChatBotKitClient({ secret: 'sk-emulator', fetch: vendor.fetch })
    const { id } = await createContact(client, { name: 'Ana' })
    expect((await listContacts(client)).items.map((contact) => contact.id)).toEqual([id])
    expect(await collect(listContacts(client).stream())).toHaveLength(1)
  })
})
