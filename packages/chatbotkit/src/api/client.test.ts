import { describe, expect, it } from 'vitest'
import { apiSetup, collect, observedClock, stuckServer } from '../testing/api-setup.ts'
import { failure } from '../testing/setup.ts'
import { ChatBotKitClient } from './client.ts'
import { ContactClient } from './contact-client.ts'
import { createContact, listContacts } from './contacts.ts'
import type { ChatBotKitClientOptions } from './options.ts'

/** Answers `{ items: [] }` and notes what it was asked. */
function recorder(): {
  calls: { url: string; headers: Record<string, string> }[]
  fetch: NonNullable<ChatBotKitClientOptions['fetch']>
} {
  const calls: { url: string; headers: Record<string, string> }[] = []
  return {
    calls,
    fetch: async (input, init) => {
      calls.push({ url: String(input), headers: Object.fromEntries(new Headers(init?.headers)) })
      return Response.json({ items: [] })
    },
  }
}

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
    expect(() => new ContactClient(options as ChatBotKitClientOptions)).toThrow(
      expect.objectContaining({ code: 'config' }),
    )
  })
})

describe('where requests go', () => {
  it('goes to the vendor, without /api there', async () => {
    const { calls, fetch } = recorder()
    await new ContactClient({ secret: 'sk-1', fetch }).list()
    expect(calls[0]?.url).toBe('https://api.chatbotkit.com/v1/contact/list')
  })

  it('goes to baseUrl, host and protocol', async () => {
    const { calls, fetch } = recorder()
    await new ContactClient({
      secret: 'sk-1',
      fetch,
      baseUrl: 'https://a.example/lost',
      host: 'b.example',
      protocol: 'http:',
    }).list()
    expect(calls[0]?.url).toBe('http://b.example/api/v1/contact/list')
  })

  it('goes to the override of an endpoint, ids in their place', async () => {
    const { calls, fetch } = recorder()
    const endpoints = {
      '/api/v1/contact/list': '/crm/contacts',
      listContactTasks: 'https://tasks.example/of/{contactId}',
    }
    const client = new ContactClient({ secret: 'sk-1', fetch, endpoints })
    await client.list({ take: 1 })
    await client.task.list('a/b')
    expect(calls.map(({ url }) => url)).toEqual([
      'https://api.chatbotkit.com/crm/contacts?take=1',
      'https://tasks.example/of/a%2Fb',
    ])
  })

  it('refuses an override that leaves the id out', async () => {
    const { client } = apiSetup({ endpoints: { fetchContact: '/crm/contact' } })
    expect(await failure(client.fetch('c1'))).toMatchObject({ code: 'config' })
  })

  it.each(['../x?y#z', 'a/b', 'a b', '100%', '{contactId}', 'é🦊', '%2e%2e'])(
    'sends the id %s as one segment',
    async (id) => {
      const { client, vendor } = apiSetup()
      expect(await failure(client.fetch(id))).toMatchObject({ code: 'not_found' })
      expect(vendor.requests[0]?.path).toBe(`/v1/contact/${encodeURIComponent(id)}/fetch`)
    },
  )

  it.each(['', '  ', '.', '..'])('sends nothing for the id %j', async (id) => {
    const { client, vendor } = apiSetup()
    expect(await failure(client.fetch(id))).toMatchObject({ code: 'invalid_input' })
    expect(vendor.requests).toHaveLength(0)
  })
})

describe('repetitions and time limits under the vendor’s names', () => {
  it('takes retries and retryDelay', async () => {
    const { client, vendor, clock } = apiSetup({ retries: 1, retryDelay: 1000 })
    vendor.faults.add({ status: 503, times: 2 })
    expect(await failure(client.list())).toMatchObject({ code: 'unavailable' })
    expect(vendor.requests).toHaveLength(2)
    expect(clock.waits).toEqual([500])
  })

  it('takes timeout, and repeats unless told otherwise', async () => {
    const server = stuckServer(5)
    const { clock, fetch } = server
    const { client } = apiSetup({ timeout: 5, clock, fetch })
    expect(await failure(client.list())).toMatchObject({ code: 'timeout' })
    expect(server.attempts).toBe(4)
  })

  it('does not repeat what timed out when retryTimeout is false', async () => {
    const retries: string[] = []
    const server = stuckServer(5, [new Response(null, { status: 503 })])
    const { client } = apiSetup({
      timeout: 5,
      retryTimeout: false,
      clock: server.clock,
      fetch: server.fetch,
      onRetry: ({ code }) => retries.push(code),
    })
    expect(await failure(client.list())).toMatchObject({
      code: 'timeout',
      retryable: true,
      operation: 'listContacts',
    })
    expect(server.attempts).toBe(2)
    expect(retries).toEqual(['unavailable'])
  })

  it('repeats after a 408, which is an answer, whatever retryTimeout says', async () => {
    const { client, vendor } = apiSetup({ retryTimeout: false })
    vendor.faults.add({ status: 408 })
    expect(await client.list()).toEqual({ items: [] })
    expect(vendor.requests).toHaveLength(2)
  })

  it('still obeys the caller’s signal then', async () => {
    const { client, vendor } = apiSetup({ retryTimeout: false })
    vendor.faults.add({ stall: 'answer' })
    const controller = new AbortController()
    const listing = client.list({}, { signal: controller.signal })
    const failed = failure(listing)
    controller.abort('enough')
    expect(await failed).toBe('enough')
  })

  it.each([0, Number.POSITIVE_INFINITY])('takes a timeout of %d for no limit', async (timeout) => {
    const { clock, asked } = observedClock()
    const { client } = apiSetup({
      timeout,
      clock,
    })
    await client.list()
    expect(asked).toEqual([])
  })

  it('lets our names count where both are given', async () => {
    const { client, vendor } = apiSetup({ retries: 0, retry: { attempts: 2 }, timeout: 5, timeoutMs: 60_000 })
    vendor.faults.add({ status: 503 })
    await client.list()
    expect(vendor.requests).toHaveLength(2)
  })

  it('tells the hooks of client and call of a repetition, also when one throws', async () => {
    const told: string[] = []
    const { client, vendor } = apiSetup({
      onRetry: () => {
        told.push('client')
        throw new Error('a hook that fails')
      },
    })
    vendor.faults.add({ status: 503 })
    await client.list({}, { onRetry: ({ operation }) => told.push(operation) })
    expect(told).toEqual(['client', 'listContacts'])
  })
})

describe('fetchFn', () => {
  it('is given the URL and plain headers', async () => {
    const { vendor } = apiSetup()
    const seen: unknown[] = []
    const client = new ContactClient({
      secret: 'sk-emulator',
      fetchFn: (url, options) => {
        seen.push(url, options?.headers)
        return vendor.fetch(url, options)
      },
    })
    await client.create({ name: 'Ana' })
    const both = new ContactClient({
      secret: 'sk-1',
      fetch: vendor.fetch,
      fetchFn: () => Promise.reject('never'),
    })
    expect(await failure(both.list())).toMatchObject({ code: 'unauthenticated' })
    expect(seen).toEqual([
      'https://api.chatbotkit.com/v1/contact/create',
      { authorization: 'Bearer sk-emulator', 'content-type': 'application/json', accept: 'application/json' },
    ])
    expect(vendor.contacts).toHaveLength(1)
  })
})

describe('extend', () => {
  it('makes a client of the same class and leaves the first as it is', async () => {
    const { client, vendor } = apiSetup({ headers: { 'x-a': '1', 'x-b': '1' }, endpoints: { a: '/a' } })
    class Mine extends ContactClient {
      readonly mine = true
    }
    const mine = new Mine({ secret: 'sk-emulator', fetch: vendor.fetch }).extend({ headers: { 'x-b': '2' } })
    expect(mine).toBeInstanceOf(Mine)
    expect(mine.mine).toBe(true)
    const extended = client.extend({ headers: { 'x-b': '2' }, runAsUserId: 'nobody' })
    expect(extended).toBeInstanceOf(ContactClient)
    expect(await failure(extended.list())).toMatchObject({ code: 'unauthenticated' })
    await client.list()
    expect(
      vendor.requests.map(({ headers }) => [headers['x-a'], headers['x-b'], headers['x-runas-user-id']]),
    ).toEqual([
      ['1', '2', 'nobody'],
      ['1', '1', undefined],
    ])
  })

  it('keeps what is not named, and undoes what is named as undefined', async () => {
    const { calls, fetch } = recorder()
    const base = { secret: 'sk-1', fetch, baseUrl: 'https://a.example', runAsUserId: 'u1', timezone: 'UTC' }
    const client = new ContactClient(base)
    await client.extend({ runAsUserId: undefined }).list()
    await client.extend({ host: 'b.example' }).extend({ protocol: 'http:' }).list()
    expect(calls[0]).toMatchObject({
      url: 'https://a.example/api/v1/contact/list',
      headers: { 'x-timezone': 'UTC' },
    })
    expect(calls[0]?.headers).not.toHaveProperty('x-runas-user-id')
    expect(calls[1]).toMatchObject({
      url: 'http://b.example/api/v1/contact/list',
      headers: { authorization: 'Bearer sk-1', 'x-runas-user-id': 'u1' },
    })
  })

  it.each([
    [{ retries: 0 }, 1],
    [{ retryDelay: 10 }, 3],
    [{ retry: false as const }, 1],
    [{ retry: { attempts: 2 } }, 2],
    [{}, 3],
  ])('changes the repetitions by %o', async (extension, attempts) => {
    const { client, vendor } = apiSetup({ retries: 2 })
    vendor.faults.add({ status: 503, times: Number.POSITIVE_INFINITY })
    await failure(client.extend(extension).list())
    expect(vendor.requests).toHaveLength(attempts)
  })

  it('overrides our name for a thing by the vendor’s, and the other way round', async () => {
    const { clock, asked } = observedClock()
    const { client } = apiSetup({
      timeoutMs: 40_000,
      clock,
    })
    await client.extend({ timeout: 50_000 }).list()
    await client.extend({ timeout: 50_000 }).extend({ timeoutMs: 60_000 }).list()
    expect(asked).toEqual([50_000, 60_000])
  })

  it('adds to the overrides of paths', async () => {
    const { calls, fetch } = recorder()
    const client = new ContactClient({ secret: 'sk-1', fetch, endpoints: { a: '/a', b: '/b' } })
    const extended = client.extend({ endpoints: { b: '/c' } })
    for (const endpoint of ['a', 'b']) await extended.clientFetch('/x', { endpoint })
    expect(calls.map(({ url }) => new URL(url).pathname)).toEqual(['/a', '/c'])
  })

  it('changes the secret', async () => {
    const { calls, fetch } = recorder()
    const client = new ContactClient({ secret: 'sk-1', fetch })
    await client.extend({ secret: 'sk-2' }).list()
    await client.extend({ secret: undefined as unknown as string }).list()
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-2', 'Bearer sk-1'])
  })

  it('is there for the sub-clients too', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    await client.conversation.extend({ headers: { 'x-a': '1' } }).list(ana?.id ?? '')
    expect(vendor.requests[0]?.headers['x-a']).toBe('1')
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
