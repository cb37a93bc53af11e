import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup, observedClock, recorder, stuckServer } from '../testing/api-setup.ts'
import { ContactClient } from './contact-client.ts'

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

  it('keeps what is said under the vendor’s names alone', async () => {
    const server = stuckServer(5)
    const { clock, fetch } = server
    const { client } = apiSetup({ timeout: 5, retryTimeout: false, retry: { attempts: 3 }, clock, fetch })
    expect(await failure(client.list())).toMatchObject({ code: 'timeout' })
    expect(server.attempts).toBe(1)
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

  it('tells the client’s hook of a repetition, also when it throws', async () => {
    const told: string[] = []
    const { client, vendor } = apiSetup({
      onRetry: ({ operation }) => {
        told.push(operation)
        throw new Error('a hook that fails')
      },
    })
    vendor.faults.add({ status: 503 })
    await client.list()
    expect(told).toEqual(['listContacts'])
  })
})

describe('fetchFn', () => {
  it('is given the URL and plain headers, spelled as by the vendor’s client', async () => {
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
      { authorization: 'Bearer sk-emulator', 'content-type': 'application/json', Accept: 'application/json' },
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
