import { describe, expect, it } from 'vitest'
import { defineAdapter } from '../adapter/define-adapter.ts'
import { createTestClock } from '../adapter-kit/test-clock.ts'
import { createTransport } from '../adapter-kit/transport.ts'
import { type Answer, jsonAnswer, stubFetch } from '../http/testing/stub-fetch.ts'
import type { HttpOptions, RequestEvent } from '../http/types.ts'
import type { VendorRequest } from './by-hand.ts'
import { createContacts } from './create-contacts.ts'
import { contactsErrorOf } from './testing/failure.ts'

const BASE = 'https://api.acme.test/v1'
const lost = (): Error => new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
const refused = (): Error => new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })

function acme(answers: readonly Answer[], options: HttpOptions = {}) {
  const { fetch, sent } = stubFetch(...answers)
  const clock = createTestClock({ waits: 'pass' })
  const transport = createTransport({
    provider: 'acme',
    defaultBaseUrl: BASE,
    routes: { get: { method: 'GET', path: '/people/{id}' } },
    authHeaders: () => ({ authorization: 'Bearer hunter2' }),
    classify: ({ json }) => ({
      vendorCode: String(Object(json).code),
      message: String(Object(json).message),
    }),
    fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  const adapter = defineAdapter({
    specVersion: 1,
    provider: 'acme',
    capabilities: { request: { mode: 'native' } },
    api: undefined,
    request: transport.request,
  })
  return { contacts: createContacts(adapter, { clock }), sent }
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** As a program gives it that TypeScript did not check. */
const untyped = (given: unknown): VendorRequest => given as VendorRequest

describe('a request by hand', () => {
  it('goes below the base URL with the credential, and gives the JSON of the answer', async () => {
    const { contacts, sent } = acme([jsonAnswer({ bots: [] }), new Response(null, { status: 204 })])
    const query = { take: 10, tag: ['a', 'b'], all: true, none: undefined, nil: null }
    expect(await contacts.request({ path: '/bots', query })).toEqual({ bots: [] })
    const json = { name: 'Ana', left: undefined, list: [1, null] }
    expect(await contacts.request({ method: 'PUT', path: '/bots/1', json })).toBeUndefined()
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${BASE}/bots?take=10&tag=a&tag=b&all=true`,
      `PUT ${BASE}/bots/1`,
    ])
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer hunter2')
    expect(sent[1]?.body).toBe('{"name":"Ana","list":[1,null]}')
    expect(contacts.supports('request')).toBe(true)
  })

  it.each([[0], [false], [null], [''], [[]], [{}]])('sends %j as JSON', async (json) => {
    const { contacts, sent } = acme([jsonAnswer({})])
    await contacts.request({ method: 'POST', path: '/x', json })
    expect(sent[0]?.body).toBe(JSON.stringify(json))
  })

  it.each([
    ['/', '/'],
    ['/bots/clx3/list', '/bots/clx3/list'],
    ['/people/joão/à vie', '/people/jo%C3%A3o/%C3%A0%20vie'],
    ['/people/😀', '/people/%F0%9F%98%80'],
    ['/people/a%2Fb%20c/%e4%bd%a0', '/people/a%2Fb%20c/%e4%bd%a0'],
    ['/people/{id}/"<>^`|', '/people/%7Bid%7D/%22%3C%3E%5E%60%7C'],
    ["/a;b=c/d,e!$&'()*+:@-._~", "/a;b=c/d,e!$&'()*+:@-._~"],
    ['/a//b/', '/a//b/'],
    ['/.well-known/...', '/.well-known/...'],
    ['/x@evil.test:80', '/x@evil.test:80'],
    ['/people/ana ', '/people/ana%20'],
    ['/a/...;/.b;c', '/a/...;/.b;c'],
    // What is like a dot or a slash is none, and what is escaped twice is text.
    ['/\u2024\u2024/x', '/%E2%80%A4%E2%80%A4/x'],
    ['/..\uff0f..\uff0fx', '/..%EF%BC%8F..%EF%BC%8Fx'],
    ['/%252e%252e/x', '/%252e%252e/x'],
    [`/${'long'.repeat(5000)}`, `/${'long'.repeat(5000)}`],
  ])('takes the path %s', async (path, sentPath) => {
    const { contacts, sent } = acme([jsonAnswer({})])
    await contacts.request({ path })
    expect(sent[0]?.url).toBe(BASE + sentPath)
  })

  it.each([
    ['', 'text'],
    ['bots', 'slash'],
    ['https://api.acme.test/v1/bots', 'server'],
    ['HTTPS:evil.test', 'server'],
    ['javascript:alert(1)', 'server'],
    ['//evil.test/x', 'server'],
    ['/\\evil.test', 'server'],
    ['\\\\evil.test', 'server'],
    ['///evil.test', 'server'],
    [' /bots', 'slash'],
    ['/a\\b', 'backslash'],
    ['/a/../b', 'steps'],
    ['/..', 'steps'],
    ['/./a', 'steps'],
    ['/a/%2e%2E/b', 'steps'],
    ['/a/.%2e', 'steps'],
    ['/%2e', 'steps'],
    ['/a/..%2fb', 'steps'],
    ['/a%5C..%5Cb', 'steps'],
    ['/a/..;/b', 'steps'],
    ['/.;v=1', 'steps'],
    ['/a/..%3Bv=1/b', 'steps'],
    ['/a/%c0%ae%c0%ae/b', 'UTF-8'],
    ['/..%c0%afb', 'UTF-8'],
    ['/a%ff', 'UTF-8'],
    ['/a%u002e', 'UTF-8'],
    ['/a%c2%85', 'control'],
    ['/a?b=c', '`query`'],
    ['/a#b', '`query`'],
    ['/a\tb', 'control'],
    ['/\n/evil.test', 'control'],
    ['/a\u0085', 'control'],
    ['/a%0d%0aHost:%20evil.test', 'control'],
    ['/a%00', 'control'],
    ['/100%', '%25'],
    ['/a%zz', '%25'],
    ['/a\ud800', 'surrogate'],
    ['/a\u200bb', 'invisible'],
    [7, 'text'],
    [null, 'text'],
    [new URL('https://evil.test'), 'text'],
  ])('refuses the path %j before anything is sent', async (path, word) => {
    const { contacts, sent } = acme([])
    const error = await contactsErrorOf(() => contacts.request(untyped({ path })))
    expect(error).toMatchObject({ code: 'invalid_input', operation: 'request', applied: 'no' })
    expect(error.issues).toEqual([{ path: 'path', message: expect.stringContaining(word) }])
    expect(error.message).not.toContain('evil')
    expect(sent).toEqual([])
  })

  it.each([
    ['/bots', ''],
    [undefined, ''],
    [null, ''],
    [{}, 'path'],
    [{ path: '/x', method: 'get' }, 'method'],
    [{ path: '/x', method: 'TRACE' }, 'method'],
    [{ path: '/x', body: 'x' }, 'body'],
    [{ path: '/x', headers: {} }, 'headers'],
    [{ path: '/x', json: 1 }, 'json'],
    [{ path: '/x', method: 'POST', json: new Date(0) }, 'json'],
    [{ path: '/x', method: 'POST', json: { at: () => 1 } }, 'json.at'],
    [{ path: '/x', method: 'POST', json: [1, 2 ** 60] }, 'json.1'],
    [{ path: '/x', method: 'POST', json: [Number.NaN] }, 'json.0'],
    [{ path: '/x', query: 'a=b' }, 'query'],
    [{ path: '/x', query: new URLSearchParams('a=b') }, 'query'],
    [{ path: '/x', query: { a: { b: 1 } } }, 'query.a'],
    [{ path: '/x', query: { a: [null] } }, 'query.a'],
    [{ path: '/x', query: { a: new Date(0) } }, 'query.a'],
  ])('refuses %j', async (given, path) => {
    const { contacts, sent } = acme([])
    const error = await contactsErrorOf(() => contacts.request(untyped(given)))
    expect(error).toMatchObject({ code: 'invalid_input', provider: 'acme', operation: 'request' })
    expect(error.issues?.map((issue) => issue.path)).toEqual([path])
    expect(sent).toEqual([])
  })

  it('refuses options that there are not', async () => {
    const { contacts } = acme([])
    const options = { idempotent: 'yes', idempotency: true }
    const error = await contactsErrorOf(() => contacts.request({ path: '/x' }, Object(options)))
    expect(error.issues?.map(({ path }) => path)).toEqual(['idempotent', 'idempotency'])
  })

  it('reads what it was given once', async () => {
    const { contacts, sent } = acme([jsonAnswer({})])
    let reads = 0
    const given = {
      get path() {
        return reads++ === 0 ? '/x' : '//evil.test'
      },
    }
    await contacts.request(given)
    expect([reads, sent[0]?.url]).toEqual([1, `${BASE}/x`])
  })

  it('does not follow a redirect to another origin', async () => {
    const elsewhere = new Response(null, { status: 307, headers: { location: 'https://evil.test/' } })
    const { contacts, sent } = acme([elsewhere])
    await expect(contacts.request({ path: '/x' })).rejects.toMatchObject({ code: 'bad_response' })
    expect(sent).toHaveLength(1)
  })
})

describe('what is sent again', () => {
  const unavailable = (): Response => jsonAnswer({ message: 'Later' }, { status: 503 })
  it.each([
    ['GET', undefined, lost, 4, 'no', true],
    ['GET', true, lost, 4, 'no', true],
    ['GET', false, lost, 1, 'unknown', false],
    ['GET', undefined, unavailable, 4, 'no', true],
    ['POST', undefined, lost, 1, 'unknown', false],
    ['POST', false, unavailable, 1, 'unknown', false],
    ['POST', true, lost, 4, 'unknown', true],
    ['POST', true, unavailable, 4, 'unknown', true],
    ['PUT', undefined, lost, 1, 'unknown', false],
    ['PATCH', undefined, lost, 1, 'unknown', false],
    ['DELETE', undefined, lost, 1, 'unknown', false],
    ['DELETE', true, lost, 4, 'unknown', true],
    ['POST', undefined, refused, 4, 'no', true],
    ['POST', undefined, () => jsonAnswer({}, { status: 429 }), 4, 'no', true],
    ['POST', undefined, () => jsonAnswer({}, { status: 400 }), 1, 'no', false],
  ] as const)(
    '%s, idempotent %s, after %s',
    async (method, idempotent, answer, times, applied, retryable) => {
      const { contacts, sent } = acme(Array.from({ length: 9 }, (): Answer => answer()))
      const error = await contactsErrorOf(() => contacts.request({ method, path: '/x' }, { idempotent }))
      expect(sent).toHaveLength(times)
      expect(error).toMatchObject({ applied, retryable, operation: 'request' })
    },
  )

  it('what says under a status of success that it is none is no success of a write', async () => {
    const said = (): Response => jsonAnswer({ success: false })
    const { contacts, sent } = acme([said(), said()])
    expect(await contacts.request({ path: '/x' })).toEqual({ success: false })
    const error = await contactsErrorOf(() => contacts.request({ method: 'POST', path: '/x' }))
    expect(error).toMatchObject({ code: 'bad_response', operation: 'request', applied: 'unknown' })
    expect(sent).toHaveLength(2)
  })

  it('an answer with a key that would change a prototype is refused, in a list too', async () => {
    const said = (): Response => new Response('[{"__proto__":{"x":1}}]', { headers: JSON_TYPE })
    const { contacts } = acme([said(), said()])
    for (const [method, applied] of [
      ['GET', 'no'],
      ['POST', 'yes'],
    ] as const) {
      const error = await contactsErrorOf(() => contacts.request({ method, path: '/x' }))
      expect(error).toMatchObject({ code: 'bad_response', provider: 'acme', operation: 'request', applied })
      expect(error.message).toContain('__proto__')
    }
  })

  it('`retry: false` sends once', async () => {
    const { contacts, sent } = acme([lost()])
    await contactsErrorOf(() => contacts.request({ path: '/x' }, { retry: false }))
    expect(sent).toHaveLength(1)
  })
})

describe('errors and hooks', () => {
  it('show nothing that was sent', async () => {
    const said = { code: 'E7', message: 'Nothing at ana-7f3a with q-9b1c and b-44d2, hunter2' }
    const events: RequestEvent[] = []
    const { contacts } = acme([jsonAnswer(said, { status: 404 })], {
      onRequest: (event) => events.push(event),
    })
    const error = await contactsErrorOf(() =>
      contacts.request({
        method: 'POST',
        path: '/people/ana%2D7f3a/notes',
        query: { q: 'q-9b1c' },
        json: { b: 'b-44d2' },
      }),
    )
    expect(error).toMatchObject({ code: 'not_found', vendorCode: 'E7', status: 404, operation: 'request' })
    expect(error.message).toContain('Check the path')
    expect(error.message).toMatch(/^acme request: not found\./)
    expect(JSON.stringify([error, error.message, events])).not.toMatch(/7f3a|9b1c|44d2|hunter2/)
    expect(events.map(({ url, operation }) => [operation, url])).toEqual([
      ['request', `${BASE}/people/{}/{}`],
    ])
  })

  it('end by the signal with its reason, and by the deadline', async () => {
    const { contacts, sent } = acme([])
    const reason = new Error('left')
    const signal = AbortSignal.abort(reason)
    await expect(contacts.request({ path: '/x' }, { signal })).rejects.toBe(reason)
    expect(sent).toEqual([])
    const late = acme([lost()], { random: () => 1 }).contacts.request({ path: '/x' }, { deadlineMs: 100 })
    await expect(late).rejects.toMatchObject({ operation: 'request', applied: 'no' })
  })

  it('say that an adapter has no requests', async () => {
    const capabilities = { get: { mode: 'native', by: ['id'] } } as const
    const get = () => Promise.reject(new Error('unused'))
    const mute = createContacts(
      defineAdapter({ specVersion: 1, provider: 'mute', capabilities, api: 0, get }),
    )
    const call: unknown = Reflect.get(mute, 'request')
    if (typeof call !== 'function') throw new TypeError('There is no request at run time.')
    await expect(call({ path: '/x' })).rejects.toMatchObject({ code: 'unsupported', operation: 'request' })
    expect(mute.supports('request')).toBe(false)
  })
})
