import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup, collect, stuckServer } from '../testing/api-setup.ts'
import type { ClientFetchOptions } from './client-fetch.ts'
import { ContactClient } from './contact-client.ts'

const listPath = '/api/v1/contact/list'

interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Response
}

/** What a call by hand puts on the wire. */
async function sent(path: string, options?: ClientFetchOptions): Promise<Sent> {
  let sent: Sent | undefined
  const client = new ContactClient({
    secret: 'sk-1',
    runAsUserId: 'u1',
    headers: { 'x-client': '1' },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      sent = {
        url: request.url,
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: new Response(await request.arrayBuffer(), {
          headers: { 'content-type': request.headers.get('content-type') ?? '' },
        }),
      }
      return Response.json({ ok: true })
    },
  })
  expect(await client.clientFetch(path, options)).toEqual({ ok: true })
  if (sent === undefined) throw new Error('Nothing was sent.')
  return sent
}

describe('what is sent', () => {
  it('is a GET with the credentials', async () => {
    const { url, method, headers } = await sent('/api/v1/bot/list')
    expect([method, url]).toEqual(['GET', 'https://api.chatbotkit.com/v1/bot/list'])
    expect(headers).toMatchObject({ authorization: 'Bearer sk-1', 'x-runas-user-id': 'u1', 'x-client': '1' })
    expect(headers).not.toHaveProperty('content-type')
  })

  it('takes method, query and headers', async () => {
    const { url, method, headers } = await sent('/x?a=1', {
      method: 'delete',
      query: { take: 5, meta: { 'a b': 'ü&=', none: null }, none: undefined },
      headers: { 'X-Client': 'call', 'x-number': 5, 'x-none': undefined, 'x-null': null },
    })
    expect(method).toBe('DELETE')
    expect([...new URL(url).searchParams]).toEqual([
      ['a', '1'],
      ['take', '5'],
      ['meta.a b', 'ü&='],
    ])
    expect(headers).toMatchObject({ 'x-client': 'call', 'x-number': '5' })
    expect(Object.keys(headers).filter((name) => name.startsWith('x-n'))).toEqual(['x-number'])
  })

  it('takes a record, as JSON by POST', async () => {
    const { method, headers, body } = await sent('/x', { record: { a: 1, b: undefined } })
    expect([method, headers['content-type']]).toEqual(['POST', 'application/json'])
    expect(await body.text()).toBe('{"a":1}')
    expect((await sent('/x', { record: {}, method: 'PUT' })).method).toBe('PUT')
  })

  it('takes a buffer, as bytes by POST', async () => {
    const { method, headers, body } = await sent('/x', { buffer: new Uint8Array([0, 255, 10]).buffer })
    expect([method, headers['content-type']]).toEqual(['POST', 'application/octet-stream'])
    expect(await body.bytes()).toEqual(new Uint8Array([0, 255, 10]))
  })

  it.each([
    ['text', 'hällo'],
    ['bytes', new TextEncoder().encode('hällo').buffer],
  ])('takes a file of %s, as a form by POST', async (_, data) => {
    const { method, body } = await sent('/x', { file: { name: 'a.txt', type: 'text/plain', data } })
    const file = (await body.formData()).get('file')
    if (!(file instanceof File)) throw new Error('It should be a file.')
    expect([method, file.name, file.type.split(';')[0], await file.text()]).toEqual([
      'POST',
      'a.txt',
      'text/plain',
      'hällo',
    ])
  })

  it('takes a file without a name', async () => {
    const { body } = await sent('/x', { file: { data: 'x' } })
    expect((await body.formData()).has('file')).toBe(true)
  })

  it('leaves the credentials out of an external call', async () => {
    const { url, headers } = await sent('https://files.example/upload?signature=1', {
      external: true,
      record: {},
    })
    expect(url).toBe('https://files.example/upload?signature=1')
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('x-runas-user-id')
  })

  it.each(['https://files.example/upload', '//files.example/upload', 'https://api.chatbotkit.com.example/'])(
    'sends no secret to %s',
    async (path) => {
      const { client, vendor } = apiSetup()
      expect(await failure(client.clientFetch(path))).toMatchObject({ code: 'invalid_input' })
      expect(await failure(client.clientFetch(path).stream().next())).toMatchObject({ code: 'invalid_input' })
      expect(vendor.requests).toHaveLength(0)
    },
  )

  it('takes an endpoint key', async () => {
    const { client, vendor } = apiSetup({ endpoints: { contacts: listPath } })
    expect(await client.clientFetch('/elsewhere', { endpoint: 'contacts' })).toEqual({ items: [] })
    expect(vendor.requests[0]?.path).toBe('/v1/contact/list')
  })

  it('takes fetchFn', async () => {
    const { client, vendor } = apiSetup()
    const fetchFn = async (): Promise<Response> => Response.json('mine')
    expect(await client.clientFetch(listPath, { fetchFn })).toBe('mine')
    expect(vendor.requests).toHaveLength(0)
  })
})

describe('what comes back', () => {
  it('is parsed when it is JSON', async () => {
    const { client } = apiSetup()
    expect(await client.clientFetch<{ items: unknown[] }, never>(listPath)).toEqual({ items: [] })
  })

  it('is headers and bytes when it is not', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{ name: 'Zoë' }])
    const answer = await client.clientFetch<{ headers: Headers; data: ArrayBuffer }, never>(
      '/api/v1/contact/export',
      { headers: { accept: 'text/csv' } },
    )
    expect(answer.headers.get('content-type')).toBe('text/csv')
    expect(answer.data).toBeInstanceOf(ArrayBuffer)
    expect(new TextDecoder().decode(answer.data)).toMatch(/^id,name,[^\n]*\n"c[a-z0-9]{24}","Zoë"/)
  })

  it('is the bytes of this answer alone, when they are part of a larger buffer', async () => {
    const bytes = new TextEncoder().encode('-- mine --').subarray(3, 7)
    const { client } = apiSetup({
      fetch: async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(bytes)
              controller.close()
            },
          }),
          { headers: { 'content-type': 'text/plain' } },
        ),
    })
    const { data } = await client.clientFetch<{ data: ArrayBuffer }, never>('/x')
    expect(new TextDecoder().decode(data)).toBe('mine')
  })

  it.each([
    ['{"a":', 'damaged'],
    ['', 'damaged'],
    ['{"__proto__":{}}', '__proto__'],
  ])('is an error for the JSON %j', async (text, words) => {
    const { client } = apiSetup({
      fetch: async () =>
        new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } }),
    })
    expect(await failure(client.clientFetch('/x'))).toMatchObject({
      code: 'bad_response',
      operation: 'clientFetch',
      message: expect.stringContaining(words),
    })
  })

  it('is every line as it is, streamed', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{ name: 'Ana' }, { name: 'Bea' }])
    vendor.faults.add({ nopEvery: 1 })
    const types = await collect(client.clientFetch<never, { type: string }>(listPath).stream())
    expect(new Set(types.map(({ type }) => type))).toEqual(new Set(['item', 'nop']))
    expect(vendor.requests[0]?.headers.accept).toBe('application/jsonl')
  })

  it('is an error when the stream cannot begin, or is cut', async () => {
    const { client, vendor } = apiSetup()
    vendor.seed([{ name: 'Ana' }, { name: 'Bea' }])
    const stream = (): Promise<unknown[]> => collect(client.clientFetch(listPath).stream())
    vendor.faults.add({ status: 404 })
    expect(await failure(stream())).toMatchObject({ code: 'not_found' })
    vendor.faults.add({ cut: { afterLines: 1 } })
    expect(await failure(stream())).toMatchObject({ code: 'network' })
    vendor.faults.add({ truncateBytes: 40 })
    expect(await failure(stream())).toMatchObject({ code: 'network' })
  })
})

describe('failures', () => {
  it('are those of the vendor, in our words', async () => {
    const { client } = apiSetup()
    const error = await failure(client.clientFetch('/api/v1/contact/nope/fetch'))
    expect(error).toMatchObject({ code: 'not_found', vendorCode: 'NOT_FOUND', status: 404 })
    expect(String(error)).toContain('not found')
  })

  it('are unauthenticated without a token: 401 for a GET, 403 for a POST', async () => {
    const { client, vendor } = apiSetup()
    const [ana] = vendor.seed([{ name: 'Ana' }])
    for (const options of [{}, { record: {} }]) {
      const path = options.record ? `/api/v1/contact/${ana?.id}/update` : listPath
      const call = client.clientFetch(path, { ...options, external: true })
      expect(await failure(call)).toMatchObject({ code: 'unauthenticated' })
      expect(await failure(call.stream().next())).toMatchObject({ code: 'unauthenticated' })
    }
    expect(vendor.requests.map(({ status }) => status)).toEqual([401, 401, 403, 403])
  })

  it('are repeated as told', async () => {
    const { client, vendor, clock } = apiSetup()
    vendor.faults.add({ status: 503, times: Number.POSITIVE_INFINITY })
    const attempts = async (options: ClientFetchOptions): Promise<number> => {
      vendor.requests.clear()
      expect(await failure(client.clientFetch(listPath, options))).toMatchObject({ code: 'unavailable' })
      return vendor.requests.length
    }
    expect(await attempts({})).toBe(4)
    expect(await attempts({ retries: 0 })).toBe(1)
    clock.waits.length = 0
    expect(await attempts({ retries: 1, retryDelay: 20 })).toBe(2)
    expect(clock.waits).toEqual([10])
    expect(await attempts({ record: {} })).toBe(1)
    expect(await attempts({ record: {}, effect: 'idempotent' })).toBe(4)
  })

  it('takes timeout and retryTimeout', async () => {
    const attempts = async (options: ClientFetchOptions, retryTimeout?: boolean): Promise<number> => {
      const server = stuckServer(5)
      const { client } = apiSetup({ clock: server.clock, fetch: server.fetch, retryTimeout })
      const call = client.clientFetch(listPath, { timeout: 5, ...options })
      expect(await failure(call)).toMatchObject({ code: 'timeout' })
      return server.attempts
    }
    expect(await attempts({})).toBe(4)
    expect(await attempts({ retryTimeout: false })).toBe(1)
    expect(await attempts({}, false)).toBe(1)
    expect(await attempts({ retryTimeout: true, retries: 1 }, false)).toBe(2)
  })

  it('obeys the signal', async () => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ stall: 'answer', times: 2 })
    const controller = new AbortController()
    const call = client.clientFetch(listPath, { signal: controller.signal })
    const both = Promise.all([failure(call), failure(call.stream().next())])
    controller.abort('enough')
    expect(await both).toEqual(['enough', 'enough'])
    vendor.faults.add({ stall: 'answer' })
    const stream = client.clientFetch(listPath, { signal: new AbortController().signal }).stream({
      abortSignal: controller.signal,
    })
    expect(await failure(stream.next())).toBe('enough')
  })
})
