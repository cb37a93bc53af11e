import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/setup.ts'
import DefaultClient, { CognipeerClient, type CognipeerClientConfig, ContactsError } from './index.ts'

const ANA = { email: 'ana@ex.org', integrationId: 'crm-7', name: 'Ana' }

describe('the client', () => {
  it.each([
    { token: '', hookId: 'h' },
    { token: 't', hookId: ' ' },
    { token: 't' },
    { hookId: 'h' },
    { token: 'a\nb', hookId: 'h' },
  ])('is not made of %o', (config) => {
    try {
      new CognipeerClient(config as CognipeerClientConfig)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'config', provider: 'cognipeer' })
    }
  })

  it.each([
    [{ token: '', hookId: 'h' }, 'Cognipeer API token is required'],
    [{ token: 't', hookId: '' }, 'Hook ID is required'],
  ])('says what is missing in the vendor’s words: %o', (config, words) => {
    // As a program compares it: nothing beside those words.
    const error = expect.objectContaining({ message: words, code: 'config', provider: 'cognipeer' })
    expect(() => new CognipeerClient(config)).toThrow(error)
  })

  it.each([undefined, null, 5, 'x', [], [1]])('is not made of %o, in the vendor’s words', (config) => {
    const error = expect.objectContaining({ message: 'Cognipeer API token is required', code: 'config' })
    expect(() => new CognipeerClient(config as never)).toThrow(error)
  })

  it('takes every option of the vendor’s', async () => {
    const tools: unknown[] = []
    const { client, vendor } = apiSetup({
      apiUrl: 'http://localhost:8080/v1',
      baseUrl: 'https://app.cognipeer.com',
      autoExecuteTools: true,
      maxToolExecutions: 3,
      timeout: 5000,
      onToolStart: (toolName, args) => tools.push(toolName, args),
      onToolEnd: (toolName, result) => tools.push(toolName, result),
    })
    await client.contacts.list()
    expect(vendor.requests).toHaveLength(1)
    expect(tools).toEqual([])
  })

  it('works with contacts of another make', async () => {
    const { client } = apiSetup()
    client.contacts = { ...client.contacts, get: async () => ({ _id: 'mock', workspaceId: 'w' }) }
    expect((await client.contacts.get({ email: 'x' }))._id).toBe('mock')
  })

  it('is the default export too', () => {
    expect(DefaultClient).toBe(CognipeerClient)
  })

  it('asks functions for its credentials before each attempt', async () => {
    let asked = 0
    const { client, vendor } = apiSetup({
      token: async () => (++asked === 1 ? 'pat_emulator' : 'api-token-emulator'),
      hookId: () => 'emulatorhook',
    })
    vendor.faults.add({ status: 503 })
    await client.contacts.list()
    expect(vendor.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer pat_emulator',
      'Bearer api-token-emulator',
    ])
  })

  it('sends the hook id as a header and nowhere else', async () => {
    const { client, vendor } = apiSetup()
    await client.contacts.create(ANA)
    await client.contacts.get(ANA)
    await client.contacts.update({ email: ANA.email, data: { name: 'x' } })
    await client.contacts.list()
    for (const { url, bodyText, headers } of vendor.requests) {
      expect(headers['x-hook-id']).toBe('emulatorhook')
      expect(url + bodyText).not.toContain('emulatorhook')
    }
  })

  it('takes apiUrl for the API, with or without a slash at its end, and baseUrl for the web application', async () => {
    for (const apiUrl of ['http://localhost:8080/v1', 'http://localhost:8080/v1/']) {
      const { client, vendor } = apiSetup({ apiUrl, baseUrl: 'https://app.cognipeer.com' })
      await client.contacts.list()
      expect(vendor.requests[0]?.url).toBe('http://localhost:8080/v1/sdk/contact/list')
    }
  })

  it('lets each route be another', async () => {
    const { client, vendor } = apiSetup(
      {
        endpoints: {
          createContact: '/c/create',
          getContact: '/c/get',
          updateContact: '/c/update',
          listContacts: 'https://other.test/c/list',
        },
      },
      {},
    )
    await failure(client.contacts.create(ANA))
    await failure(client.contacts.get(ANA))
    await failure(client.contacts.update({ ...ANA, data: { name: 'x' } }))
    await failure(client.contacts.list())
    expect(vendor.requests.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
      'https://api.cognipeer.com/v1/c/create',
      'https://api.cognipeer.com/v1/c/get',
      'https://api.cognipeer.com/v1/c/update',
      'https://other.test/c/list',
    ])
  })

  it.each([
    [{ timeout: 1234 }, 1234],
    [{ timeout: 0 }, 60_000],
    [{}, 60_000],
    [{ timeout: 1234, timeoutMs: 99 }, 99],
  ] as const)('gives an attempt %o: %i ms, and says so in the vendor’s words', async (config, expected) => {
    const asked: number[] = []
    const { client } = apiSetup({
      timeoutMs: undefined,
      retry: false,
      fetch: () => new Promise(() => {}),
      clock: {
        now: () => 0,
        sleep: async (ms) => {
          asked.push(ms)
        },
      },
      ...config,
    })
    const error = await failure(client.contacts.get(ANA))
    expect(asked).toEqual([expected])
    expect(error).toMatchObject({
      code: 'timeout',
      message: `Request timeout after ${expected} ms`,
      issues: [{ path: '', message: expect.stringContaining('no complete answer within') }],
    })
  })

  it('passes the caller’s abort on', async () => {
    for (const reason of [new Error('enough'), new ContactsError({ code: 'timeout', message: 'enough' })]) {
      const controller = new AbortController()
      const { client, vendor } = apiSetup()
      vendor.faults.add({ stall: 'request' })
      const listing = client.contacts.list({}, { signal: controller.signal })
      controller.abort(reason)
      await expect(listing).rejects.toBe(reason)
    }
  })
})

describe('what is sent', () => {
  it('a query as forms are encoded, email first, without what is empty', async () => {
    const { client, vendor } = apiSetup()
    await failure(client.contacts.get({ integrationId: 'a/b:c d', email: 'ana+b@ex.org' }))
    await failure(client.contacts.get({ integrationId: 'crm-7', email: '' }))
    expect(vendor.requests.map(({ query }) => query)).toEqual([
      { email: 'ana+b@ex.org', integrationId: 'a/b:c d' },
      { integrationId: 'crm-7' },
    ])
    expect(vendor.requests[0]?.url).toContain('ana%2Bb%40ex.org')
  })

  it('a listing’s defaults for what is absent, and other values as they are', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    await client.contacts.list({ sort: { name: 1 } })
    await failure(client.contacts.list({ page: 0, limit: null as never }))
    await client.contacts.list({ cursor: 'x' } as never)
    expect(vendor.requests.map(({ json }) => json)).toEqual([
      { page: 1, limit: 10, filter: {}, sort: { name: 1 } },
      { page: 0, limit: null, filter: {} },
      { page: 1, limit: 10, filter: {} },
    ])
  })

  it('an update’s identifiers beside its data', async () => {
    const { client, vendor } = apiSetup()
    await client.contacts.create(ANA)
    await client.contacts.update({
      email: ANA.email,
      data: { email: 'b@ex.org', gone: undefined, cleared: null },
    })
    expect(vendor.requests[1]?.json).toEqual({ email: ANA.email, data: { email: 'b@ex.org', cleared: null } })
  })
})

describe('what is sent again', () => {
  it('reads, listings and updates that leave what they are found by', async () => {
    const { client, vendor } = apiSetup()
    await client.contacts.create(ANA)
    vendor.requests.clear()
    vendor.faults.add({ cut: 'answer' })
    await client.contacts.get(ANA)
    vendor.faults.add({ status: 503 })
    await client.contacts.list()
    vendor.faults.add({ cut: 'answer' })
    await client.contacts.update({ email: ANA.email, data: { name: 'x', email: ANA.email } })
    expect(vendor.requests).toHaveLength(6)
  })

  it('not creates, nor updates of what they are found by', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ cut: 'answer' })
    const error = await failure(client.contacts.create(ANA))
    expect(error).toMatchObject({
      code: 'network',
      message: expect.stringContaining('may have been applied'),
    })
    vendor.faults.add({ cut: 'answer' })
    const moving = { email: ANA.email, data: { email: 'b@ex.org' } }
    expect(await failure(client.contacts.update(moving))).toMatchObject({ code: 'network' })
    vendor.faults.add({ cut: 'answer' })
    const renaming = { integrationId: ANA.integrationId, data: { integrationId: 'crm-8' } }
    expect(await failure(client.contacts.update(renaming))).toMatchObject({ code: 'network' })
    expect(vendor.requests).toHaveLength(3)
    expect(vendor.contacts).toHaveLength(1)
  })

  it('creates after a 429, as the reset header says', async () => {
    const { client, vendor, clock } = apiSetup()
    const resetAt = Math.ceil((clock.now() + 20_000) / 1000)
    vendor.faults.add({ status: 429, headers: { 'X-RateLimit-Reset': String(resetAt) } })
    await client.contacts.create(ANA)
    expect(clock.waits).toHaveLength(1)
    expect(clock.now()).toBeGreaterThanOrEqual(resetAt * 1000)
    expect(vendor.contacts).toHaveLength(1)
  })
})
