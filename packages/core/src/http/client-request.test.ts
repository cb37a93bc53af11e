import { afterEach, describe, expect, test, vi } from 'vitest'
import { jsonAnswer, stubFetch } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, thrownError, write } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest } from './types.ts'

describe('what is sent', () => {
  test('URL, method, headers and JSON body', async () => {
    const { http, sent } = testClient([jsonAnswer({ id: 'c1' }, { status: 201 })], {
      headers: { 'x-app': 'tests', 'x-both': 'client' },
      authHeaders: () => ({ authorization: 'Bearer sk-1' }),
    })
    const answer = await http.json({ ...write, query: { dry: true }, headers: { 'x-both': 'request' } })
    expect(answer).toMatchObject({ status: 201, data: { id: 'c1' } })
    expect(answer.headers.get('content-type')).toBe('application/json')
    const [request] = sent
    expect(request).toMatchObject({
      url: 'https://api.acme.test/v1/contacts?dry=true',
      method: 'POST',
      body: '{"name":"Ana Souza"}',
      redirect: 'manual',
    })
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'Bearer sk-1',
      'content-type': 'application/json',
      'x-app': 'tests',
      'x-both': 'request',
    })
  })

  test('`fetch` is given text and a plain object of headers, whose names are spelled as they were given', async () => {
    const fetch = vi.fn(async (_url: unknown, _init?: RequestInit) => jsonAnswer({ id: 'c1' }))
    const { http } = testClient([], {
      fetch,
      headers: { 'x-app': 'tests', 'X-Both': 'client' },
      authHeaders: () => ({ Authorization: 'Bearer sk-1', 'x-hook-id': 'h' }),
    })
    await http.json({ ...write, headers: { 'x-both': 'request' } })
    expect(fetch).toHaveBeenCalledWith(
      'https://api.acme.test/v1/contacts',
      expect.objectContaining({ method: 'POST', body: '{"name":"Ana Souza"}' }),
    )
    expect(fetch.mock.calls[0]?.[1]?.headers).toStrictEqual({
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'x-app': 'tests',
      'x-both': 'request',
      Authorization: 'Bearer sk-1',
      'x-hook-id': 'h',
    })
  })

  test('a read has no content type; what to accept depends on how it is read', async () => {
    const { http, sent } = testClient([
      jsonAnswer(1),
      new Response('a'),
      new Response('a'),
      new Response('a'),
    ])
    await http.json(read)
    await http.text(read)
    await http.bytes({ ...read, headers: { Accept: 'image/png' } })
    await (await http.stream(read)).data.cancel()
    expect(sent.map((request) => request.headers.get('accept'))).toEqual([
      'application/json',
      '*/*',
      'image/png',
      '*/*',
    ])
    expect(sent.map((request) => request.headers.get('content-type'))).toEqual([null, null, null, null])
    expect(sent.map((request) => request.body)).toEqual([null, null, null, null])
  })

  test('bodies are sent as they are', async () => {
    const form = new FormData()
    form.set('file', new Blob(['x']))
    const { http, sent } = testClient([jsonAnswer(1), jsonAnswer(1), jsonAnswer(1)])
    await http.json({ ...write, json: undefined, body: form })
    await http.json({ ...write, json: undefined, body: 'a,b' })
    await http.json({ ...write, json: undefined, body: 'a,b', headers: { 'content-type': 'text/csv' } })
    expect(sent[0]?.body).toBe(form)
    expect(sent.map((request) => request.headers.get('content-type'))).toEqual([
      null,
      'text/plain;charset=UTF-8',
      'text/csv',
    ])
  })

  test('`fetch` is given what it knows and nothing else; a stream in the way that it asks for', async () => {
    const bodies: string[] = []
    const fetch = vi.fn(async (url: string | URL | Request, init?: RequestInit) => {
      // As the runtime's own reads it, which refuses a stream without `duplex`.
      bodies.push(await new Request(url, init).text())
      return jsonAnswer(1)
    })
    const { http } = testClient([], { fetch })
    await http.json(read)
    await http.json({ ...write, json: undefined, body: new Blob(['a,b']).stream() })
    expect(bodies).toEqual(['', 'a,b'])
    const known = ['body', 'headers', 'method', 'redirect', 'signal']
    const given = fetch.mock.calls.map(([, init = {}]) => Object.keys(init).sort())
    expect(given).toEqual([known, ['body', 'duplex', ...known.slice(1)]])
  })

  test('functions for headers and credentials are asked before each attempt', async () => {
    let n = 0
    const { http, clock, sent } = testClient([new Response('', { status: 503 }), jsonAnswer(1)], {
      headers: async () => ({ 'x-n': `${++n}` }),
      authHeaders: async () => ({ authorization: `Bearer ${++n}` }),
    })
    await clock.settle(http.json(read))
    expect(sent.map(({ headers }) => [headers.get('x-n'), headers.get('authorization')])).toEqual([
      ['1', 'Bearer 2'],
      ['3', 'Bearer 4'],
    ])
  })

  test('authenticate: false leaves the authentication headers out, and does not ask for them', async () => {
    const authHeaders = vi.fn(() => ({ authorization: 'Bearer sk-1' }))
    const { http, sent } = testClient([jsonAnswer(1)], { authHeaders })
    await http.json({ ...read, authenticate: false })
    expect(authHeaders).not.toHaveBeenCalled()
    expect(sent[0]?.headers.has('authorization')).toBe(false)
  })

  test('the base URL and routes can be overridden', async () => {
    const { http, sent } = testClient([jsonAnswer(1)], {
      baseUrl: new URL('http://127.0.0.1:1/prefix/'),
      endpoints: { get: '/people/{id}' },
    })
    await http.json({ method: 'get', path: '/c/{id}', route: 'get', params: { id: 'a/b' } })
    expect(sent[0]).toMatchObject({ url: 'http://127.0.0.1:1/prefix/people/a%2Fb', method: 'GET' })
  })
})

describe('which fetch', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test("the runtime's is looked up at each call, and called on the global object", async () => {
    const { http } = testClient([], { fetch: undefined })
    const seen: unknown[] = []
    for (const n of [1, 2]) {
      vi.stubGlobal('fetch', function (this: unknown) {
        seen.push(this === globalThis)
        return Promise.resolve(jsonAnswer(n))
      })
      expect((await http.json(read)).data).toBe(n)
    }
    expect(seen).toEqual([true, true])
  })

  test('a given one is called on nothing, as runtimes demand of their own', async () => {
    const seen: unknown[] = []
    const { http } = testClient([], {
      fetch(this: unknown) {
        seen.push(this)
        return Promise.resolve(jsonAnswer(1))
      },
    })
    await http.json(read)
    expect(seen).toEqual([undefined])
  })

  test('a request can bring its own', async () => {
    const own = stubFetch(jsonAnswer('own'))
    const { http, sent } = testClient([])
    expect((await http.json({ ...read, fetch: own.fetch })).data).toBe('own')
    expect(sent).toHaveLength(0)
  })

  test('a runtime without fetch is config', async () => {
    vi.stubGlobal('fetch', undefined)
    const { http } = testClient([], { fetch: undefined })
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'config' })
  })
})

describe('options that cannot work', () => {
  test.each<[string, Partial<HttpConfig>]>([
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: Number.NaN }],
    ['deadlineMs', { deadlineMs: -1 }],
    ['retry.attempts', { retry: { attempts: 0 } }],
    ['retry.attempts', { retry: { attempts: 1.5 } }],
    ['retry.attempts', { retry: { attempts: Number.NaN } }],
    ['retry.baseDelayMs', { retry: { baseDelayMs: -1 } }],
    ['retry.maxDelayMs', { retry: { maxDelayMs: Number.NaN } }],
    ['rateLimit.requests', { rateLimit: { requests: 0, perMs: 1 } }],
    ['rateLimit.perMs', { rateLimit: { requests: 1, perMs: 0 } }],
    ['concurrency', { concurrency: 0 }],
    ['concurrency', { concurrency: 2.5 }],
    ['maxResponseBytes', { maxResponseBytes: 0 }],
    ['baseUrl', { baseUrl: 'ftp://hunter2.test' }],
    ['endpoints.get', { endpoints: { get: 'ftp://hunter2.test' } }],
    ['x-app', { headers: { 'x-app': 'hunter2\r\nx: y' } }],
    ['header', { headers: { 'hunter2 x': 'y' } }],
  ])('%s: config at construction, naming the option and not the value', (name, options) => {
    const error = thrownError(() => testClient([], options))
    expect(error).toMatchObject({ code: 'config', provider: 'acme' })
    expect(error.message).toContain(name)
    expect(error.message).not.toContain('hunter2')
  })

  test('Infinity stands for no limit', async () => {
    const { http, clock } = testClient([jsonAnswer(1)], {
      timeoutMs: Number.POSITIVE_INFINITY,
      deadlineMs: Number.POSITIVE_INFINITY,
      concurrency: Number.POSITIVE_INFINITY,
    })
    await http.json(read)
    expect(clock.pending).toBe(0)
  })

  test.each<[string, Partial<HttpRequest>]>([
    ['x-note', { headers: { 'x-note': 'hunter2\n' } }],
    ['x-note', { headers: { 'x-note': 'hunter2→' } }],
    ['x-note', inCall(write, { headers: { 'x-note': 'hunter2\n' } })],
    ['timeoutMs', inCall(write, { timeoutMs: 0 })],
    ['deadlineMs', inCall(write, { deadlineMs: Number.NaN })],
    ['retry.attempts', inCall(write, { retry: { attempts: 0 } })],
    ['JSON', { json: { big: 1n, name: 'hunter2' } }],
  ])('%s of a request: invalid_input, before anything is asked or sent', async (name, request) => {
    const authHeaders = vi.fn(() => ({}))
    const { http, sent } = testClient([], { authHeaders })
    const error = await contactsError(http.json({ ...write, ...request }))
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'acme', operation: 'create' })
    expect(error.message).toContain(name)
    expect(error.message).not.toContain('hunter2')
    expect(authHeaders).not.toHaveBeenCalled()
    expect(sent).toHaveLength(0)
  })

  test.each<[string, Partial<HttpConfig>]>([
    ['gives a bad value', { headers: () => ({ 'x-app': 'hunter2\n' }) }],
    ['gives a bad value for authentication', { authHeaders: () => ({ authorization: 'hunter2\n' }) }],
    ['fails', { headers: () => Promise.reject(new Error('hunter2')) }],
    ['fails for authentication', { authHeaders: () => Promise.reject(new Error('hunter2')) }],
  ])('a function that %s is config, not retried, and nothing is sent', async (_, options) => {
    const { http, sent } = testClient([], options)
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({ code: 'config', retryable: false })
    expect(error.message).not.toContain('hunter2')
    expect(error.cause).toBeUndefined()
    expect(sent).toHaveLength(0)
  })

  test('headers that are undefined are left out', async () => {
    const { http, sent } = testClient([jsonAnswer(1)])
    const headers: Record<string, string> = JSON.parse('{}')
    Reflect.set(headers, 'x-none', undefined)
    await http.json({ ...read, headers })
    expect(sent[0]?.headers.has('x-none')).toBe(false)
  })
})
