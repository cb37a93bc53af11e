import { describe, expect, test, vi } from 'vitest'
import type { ContactsErrorCode } from '../errors.ts'
import { createHttpClient } from './client.ts'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest } from './types.ts'

const once: Partial<HttpConfig> = { retry: false }

describe('code by status', () => {
  test.each<[number, ContactsErrorCode, retryableRead: boolean]>([
    [300, 'bad_response', false],
    [304, 'bad_response', false],
    [400, 'invalid_input', false],
    [401, 'unauthenticated', false],
    [402, 'invalid_input', false],
    [403, 'forbidden', false],
    [404, 'not_found', false],
    [405, 'invalid_input', false],
    [408, 'timeout', true],
    [409, 'conflict', false],
    [410, 'not_found', false],
    [413, 'invalid_input', false],
    [422, 'invalid_input', false],
    [425, 'invalid_input', true],
    [429, 'rate_limited', true],
    [500, 'unavailable', true],
    [501, 'unavailable', false],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [599, 'unavailable', false],
  ])('%i is %s', async (status, code, retryable) => {
    const { http } = testClient([new Response(null, { status })], once)
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({ code, status, retryable, provider: 'acme', operation: 'list' })
    expect(error.message).toContain(`HTTP ${status}`)
    expect(error.message).not.toContain('may have been applied')
  })

  test.each([
    [429, true, false],
    [425, false, false],
    [408, false, true],
    [500, false, true],
    [503, false, true],
    [409, false, false],
    [303, false, true],
  ])('a write answered %i: retryable %s, may have been applied %s', async (status, retryable, lost) => {
    const { http } = testClient([new Response(null, { status })], once)
    const error = await contactsError(http.json(write))
    expect(error.retryable).toBe(retryable)
    expect(error.message.includes('may have been applied')).toBe(lost)
  })

  test('a missing record says "not found", as programs test for', async () => {
    const { http } = testClient([new Response(null, { status: 404 })])
    expect((await contactsError(http.json(read))).message).toContain('not found')
  })

  test('of a path that a user wrote, says to check the path, whatever the call is named', async () => {
    const absent = () => testClient([new Response(null, { status: 404 })]).http
    const said = async (request: HttpRequest) => (await contactsError(absent().json(request))).message
    expect(await said({ ...read, isByHand: true })).toContain('not found. Check the path')
    expect(await said({ ...read, call: { operation: 'request' } })).toContain('not found. Check the id')
  })
})

describe('classify', () => {
  test('overrides code, adds the vendor code and message, freed of what was sent', async () => {
    const { http } = testClient(
      [
        jsonAnswer(
          { code: 'TAKEN', message: 'Email ANA@example.com of\u0000 "Ana Souza" is taken' },
          { status: 400, headers: { 'x-request-id': 'req-7' } },
        ),
      ],
      {
        classify: ({ status, headers, json }) => {
          expect(status).toBe(400)
          expect(headers.get('x-request-id')).toBe('req-7')
          return {
            code: 'conflict',
            vendorCode: String(Reflect.get(Object(json), 'code')),
            message: String(Reflect.get(Object(json), 'message')),
          }
        },
      },
    )
    const error = await contactsError(
      http.json({ ...write, json: { name: 'Ana Souza', email: 'ana@example.com' } }),
    )
    expect(error).toMatchObject({ code: 'conflict', status: 400, vendorCode: 'TAKEN', requestId: 'req-7' })
    expect(error.message).toContain('The provider says: Email [redacted] of "[redacted]" is taken')
  })

  test('retryable: false keeps an answer from being retried', async () => {
    const { http, sent } = testClient([new Response(null, { status: 503 })], {
      classify: () => ({ retryable: false }),
    })
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'unavailable', retryable: false })
    expect(sent).toHaveLength(1)
  })

  test('retryable: true marks the error, where nothing was applied, and repeats nothing', async () => {
    const options = { classify: () => ({ retryable: true }) }
    const { http, sent } = testClient(
      [new Response(null, { status: 409 }), new Response(null, { status: 500 })],
      options,
    )
    expect(await contactsError(http.json(write))).toMatchObject({ code: 'conflict', retryable: true })
    expect(await contactsError(http.json(write))).toMatchObject({ code: 'unavailable', retryable: false })
    expect(sent).toHaveLength(2)
  })

  test('its wait counts like Retry-After', async () => {
    const { http, clock, sent } = testClient([new Response(null, { status: 429 }), jsonAnswer(1)], {
      classify: () => ({ retryAfterMs: 5000 }),
    })
    const startedAt = clock.now()
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(5000)
    expect(sent).toHaveLength(2)
  })

  test('one that throws is as if it said nothing', async () => {
    const { http } = testClient([new Response(null, { status: 404 })], {
      classify: () => {
        throw new Error('bug')
      },
    })
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'not_found' })
  })

  test('long messages and codes are cut', async () => {
    const { http } = testClient([new Response(null, { status: 400 })], {
      classify: () => ({ message: 'm'.repeat(3000), vendorCode: 'C'.repeat(3000) }),
    })
    const error = await contactsError(http.json(read))
    expect(error.message.length).toBeLessThan(500)
    expect(error.vendorCode).toHaveLength(100)
  })
})

test('the request id is looked for under the names given, in order', async () => {
  const headers = { 'x-trace': 't1', 'x-id': 'i1', 'x-request-id': 'r1' }
  const { http } = testClient([new Response(null, { status: 400, headers })], {
    requestIdHeaders: ['x-none', 'x-id', 'x-trace'],
  })
  expect((await contactsError(http.json(read))).requestId).toBe('i1')
})

describe('a failed connection', () => {
  const refused = new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
  })

  test('is network, with the code of the socket', async () => {
    const { http } = testClient([refused], once)
    const error = await contactsError(http.json(read))
    expect(error).toMatchObject({
      code: 'network',
      retryable: true,
      cause: { code: 'ECONNREFUSED', message: 'fetch failed' },
    })
    expect(error.message).toContain('ECONNREFUSED')
    expect(error.status).toBeUndefined()
    expect(error.cause).not.toBe(refused)
  })

  test('finds the code among several addresses tried', async () => {
    const several = Object.assign(
      new AggregateError([Object.assign(new Error('x'), { code: 'EHOSTUNREACH' })]),
      {},
    )
    const { http } = testClient([new TypeError('fetch failed', { cause: several })], once)
    expect((await contactsError(http.json(read))).message).toContain('EHOSTUNREACH')
  })

  test('does not end in an endless chain of causes, and takes no odd code', async () => {
    const loop = Object.assign(new Error('x'), { code: 'not a code' })
    Object.assign(loop, { cause: loop })
    const { http } = testClient([loop], once)
    expect((await contactsError(http.json(read))).cause).not.toHaveProperty('code')
  })
})

describe('what a `fetch` of a test or a library gives instead of a Response', () => {
  const stream = { pipe: () => {}, on: () => {} }
  const whole = (): string => '{"id":"c1"}'
  const PLAIN = { 'content-type': 'application/vnd.acme+json' }
  const refusedConnection = Object.assign(new Error('x'), { code: 'ECONNREFUSED' })
  const giving = (answer: unknown) => testClient([], { ...once, fetch: async () => answer as Response }).http

  test.each<[string, unknown]>([
    ['json and ok', { ok: true, json: async () => ({ id: 'c1' }) }],
    ['json, ok and status', { ok: true, status: 201, json: async () => ({ id: 'c1' }) }],
    ['text and status', { status: 200, text: async () => '{"id":"c1"}' }],
    ['a body of Node’s', { ok: true, status: 200, headers: new Headers(), body: stream, text: whole }],
    ['plain headers', { ok: true, status: 200, headers: PLAIN, body: stream, text: whole }],
    ['headers that only give', { status: 200, headers: { get: () => null }, json: () => ({ id: 'c1' }) }],
  ])('%s is an answer', async (_, answer) => {
    expect((await giving(answer).json(read)).data).toEqual({ id: 'c1' })
  })

  test('a status that is none of success is a refusal, with its headers', async () => {
    const headers = new Headers({ 'retry-after': '7' })
    const answer = { ok: false, status: 429, headers, json: async () => ({}) }
    expect(await contactsError(giving(answer).json(read))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7000,
    })
    const plain = { ...answer, headers: { 'Retry-After': '7' } }
    expect(await contactsError(giving(plain).json(read))).toMatchObject({ retryAfterMs: 7000 })
    expect(await contactsError(giving({ ok: false, json: () => ({}) }).json(read))).toMatchObject({
      code: 'unavailable',
    })
  })

  test.each([
    ['nothing', undefined],
    ['text', 'x'],
    ['no body', { ok: true }],
    ['no status', { json: async () => ({}) }],
    ['a status that there is not', { status: 7, json: async () => ({}) }],
    ['an answer that was read', { ok: true, status: 200, bodyUsed: true, text: async () => '{}' }],
  ])('%s is none', async (_, answer) => {
    expect(await contactsError(giving(answer).json(read))).toMatchObject({ code: 'config' })
  })

  test('a Response that was read is none, a whole one of somebody else is one', async () => {
    const used = Response.json({ id: 'c1' })
    await used.text()
    expect(await contactsError(giving(used).json(read))).toMatchObject({ code: 'config' })
    const locked = Response.json({ id: 'c1' })
    locked.body?.getReader()
    expect(await contactsError(giving(locked).json(read))).toMatchObject({ code: 'network' })
  })

  test('a body that breaks off is a lost answer, whatever it throws', async () => {
    const broken: readonly unknown[] = [
      { ok: true, status: 200, headers: new Headers(), text: () => Promise.reject(refusedConnection) },
      { ok: true, json: () => Promise.reject(new SyntaxError('Unexpected Ana in JSON')) },
    ]
    for (const answer of broken) {
      let sent = 0
      const http = createHttpClient({
        provider: 'acme',
        defaultBaseUrl: 'https://api.acme.test',
        retry: { attempts: 3, baseDelayMs: 0 },
        fetch: async () => {
          sent++
          return answer as Response
        },
      })
      const failed = await contactsError(http.json({ ...read, method: 'POST', json: {} }))
      expect(failed).toMatchObject({ code: 'network', applied: 'unknown', retryable: false })
      expect([sent, String(failed.cause)]).toEqual([1, 'Error: the body broke off'])
      expect(await contactsError(http.json(read))).toMatchObject({ code: 'network', applied: 'no' })
      expect(sent).toBe(4)
    }
  })

  test('a global `fetch` that a test replaced may give the same', async () => {
    const answer = { ok: true, json: async () => ({ id: 'c1' }) }
    vi.stubGlobal('fetch', async () => answer)
    try {
      const http = createHttpClient({ provider: 'acme', defaultBaseUrl: 'https://api.acme.test' })
      expect((await http.json(read)).data).toEqual({ id: 'c1' })
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
