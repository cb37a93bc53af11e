/// <reference types="node" />
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { CallScope } from '../call/scope.ts'
import { ContactsError } from '../errors.ts'
import { credential } from './headers.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, testClient } from './testing/test-client.ts'
import type { HttpClient, HttpConfig, HttpRequest } from './types.ts'

const secrets = {
  token: 'sk-hunter2-token',
  header: 'hunter2-header',
  own: 'hunter2-own-header',
  id: 'hunter2/id?x',
  query: 'hunter2 query@example.com',
  name: 'hunter2 "name"',
  phone: '+31 6 hunter2',
  deep: 'hunter2-deep',
}

const request: HttpRequest = {
  call: { operation: 'update' },
  method: 'POST',
  path: '/contacts/{id}',
  params: { id: secrets.id },
  query: { q: secrets.query },
  json: {
    name: secrets.name,
    phones: [{ value: secrets.phone }],
    customFields: { a: { b: [secrets.deep] } },
  },
  headers: { 'x-own': secrets.own },
}

/** Everything that was sent, as a server or runtime that hides nothing might quote it. */
const quote = [
  ...Object.values(secrets),
  ...Object.values(secrets).map(encodeURIComponent),
  ...Object.values(secrets).map((value) => JSON.stringify(value)),
  ...Object.values(secrets).map((value) => value.toUpperCase()),
  `https://api.acme.test/v1/contacts/${encodeURIComponent(secrets.id)}?q=${encodeURIComponent(secrets.query)}`,
].join(' | ')

const quoting = (status: number, headers: Record<string, string> = {}): Answer =>
  jsonAnswer(
    { message: quote, code: `CODE ${quote}` },
    { status, headers: { 'x-request-id': quote, ...headers } },
  )

const bodyThatFails: Answer = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(Object.assign(new Error(quote), { request: quote })),
    }),
    { headers: { 'content-type': 'application/json' } },
  )

const send = (http: HttpClient): Promise<unknown> => http.json(request)
const sendAsRead = (http: HttpClient): Promise<unknown> => http.json({ ...request, effect: 'read' })

const paths: [string, readonly Answer[], (http: HttpClient) => Promise<unknown>, Partial<HttpConfig>?][] = [
  ['an error answer', [quoting(400)], send],
  ['an error answer after retries', [quoting(503), quoting(503), quoting(503), quoting(503)], sendAsRead],
  ['a rate limit', [quoting(429, { 'retry-after': '9999' })], send],
  ['an error page', [new Response(quote, { status: 502 })], send],
  ['an HTML 200', [new Response(quote, { headers: { 'content-type': 'text/html' } })], send],
  ['broken JSON', [new Response(quote, { headers: { 'content-type': 'application/json' } })], send],
  ['__proto__', [jsonAnswer(JSON.parse(`{"__proto__":${JSON.stringify(quote)}}`))], send],
  ['an answer too large', [jsonAnswer(quote)], send, { maxResponseBytes: 9 }],
  [
    'a redirect elsewhere',
    [new Response(null, { status: 307, headers: { location: `https://x.test/${quote}` } })],
    send,
  ],
  [
    'a failed connection',
    [new TypeError(quote, { cause: Object.assign(new Error(quote), { code: quote }) })],
    send,
  ],
  [
    'a failed connection after retries',
    Array(4).fill(Object.assign(new Error(quote), { options: request })),
    sendAsRead,
  ],
  ['a failed body', [bodyThatFails], send],
  [
    'a failed stream',
    [bodyThatFails],
    async (http) => {
      for await (const _ of (await http.stream(request)).data) expect.unreachable()
    },
  ],
  ['a time-out', [silence], send],
  ['a deadline', [quoting(503), silence], sendAsRead, { deadlineMs: 20_000 }],
  ['a failing function', [], send, { headers: () => Promise.reject(new Error(quote)) }],
  ['a bad header from a function', [], send, { headers: () => ({ 'x-bad': `${quote}\n` }) }],
  [
    'a bad header on the request',
    [],
    (http) => http.json({ ...request, headers: { 'x-bad': `${quote}\n` } }),
  ],
  ['a bad header name', [], (http) => http.json({ ...request, headers: { [quote]: 'x' } })],
  [
    'data that is no JSON',
    [],
    (http) =>
      http.json({
        ...request,
        json: {
          toJSON: () => {
            throw new Error(quote)
          },
        },
      }),
  ],
  ['a bad id', [], (http) => http.json({ ...request, params: { id: `${secrets.id}\ud800` } })],
  ['a bad query', [], (http) => http.json({ ...request, query: { q: `${secrets.query}\ud800` } })],
]

describe('no error holds anything that was sent', () => {
  test.each(paths)('%s', async (_, answers, run, options = {}) => {
    const secret = credential(() => secrets.token, { provider: 'acme', name: 'secret' })
    const { http, clock } = testClient(answers, {
      headers: { 'x-client': secrets.header },
      authHeaders: async () => ({ authorization: `Bearer ${await secret()}` }),
      classify: ({ json }) => ({
        message: String(Reflect.get(Object(json), 'message')),
        vendorCode: String(Reflect.get(Object(json), 'code')),
      }),
      ...options,
    })
    const error = await clock.settle(
      run(http).then(
        () => undefined,
        (caught: unknown) => caught,
      ),
    )
    if (!ContactsError.is(error)) throw new Error('expected a ContactsError', { cause: error })

    const views = [
      String(error),
      error.message,
      error.stack ?? '',
      JSON.stringify(error),
      JSON.stringify(error.toJSON()),
      inspect(error, { depth: null, showHidden: true, getters: true }),
    ]
    for (let cause: unknown = error.cause; cause !== undefined; cause = Reflect.get(Object(cause), 'cause')) {
      expect(cause).toBeInstanceOf(Error)
      views.push(String(cause), inspect(cause, { depth: null, showHidden: true, getters: true }))
    }
    for (const view of views) {
      expect(view.toLowerCase()).not.toContain('hunter2')
      expect(view).not.toContain('?q=')
    }
  })

  test('the quoting answers do reach the message, with the rest of their words', async () => {
    const { http } = testClient([jsonAnswer(null, { status: 400 })], {
      classify: () => ({ message: `Phone ${secrets.phone} is not a number` }),
    })
    await expect(http.json(request)).rejects.toThrow('Phone [redacted] is not a number')
  })

  test('nor what an earlier attempt sent, when its headers were made anew', async () => {
    const tokens = ['hunter2-first', 'hunter2-second']
    const { http, clock } = testClient(
      [quoting(503), jsonAnswer({ message: tokens.join() }, { status: 400 })],
      {
        authHeaders: () => ({ authorization: `Bearer ${tokens[asked++]}` }),
        classify: ({ json }) => ({ message: String(Reflect.get(Object(json), 'message')) }),
      },
    )
    let asked = 0
    await expect(clock.settle(sendAsRead(http))).rejects.toThrow('says: [redacted],[redacted]')
  })

  test('nor what another request of the same call sent', async () => {
    const quoted = 'Contact ana@example.com (ANA%20SOUZA) is not yours; bob@example.com is.'
    const { http, clock } = testClient([jsonAnswer([]), jsonAnswer({}, { status: 403 })], {
      classify: () => ({ message: quoted, issues: [{ path: 'x', message: quoted }], vendorCode: quoted }),
    })
    const call = new CallScope({}, { provider: 'acme', operation: 'upsert', clock })
    await http.json({ call, method: 'GET', path: '/contacts', query: { email: 'ana@example.com' } })
    const error = await contactsError(
      http.json({ call, method: 'POST', path: '/contacts', json: { name: 'Ana Souza' } }),
    )
    const clean = 'Contact [redacted] ([redacted]) is not yours; [redacted] is.'
    expect(error.message).toContain(clean)
    expect(error.issues).toEqual([{ path: 'x', message: clean }])
    expect(error.vendorCode).toBe(clean)
    // What another call sent is no secret of this one; an address is, whose ever it is.
    const other = testClient([jsonAnswer({}, { status: 403 })], { classify: () => ({ message: quoted }) })
    await expect(other.http.json({ method: 'GET', path: '/contacts' })).rejects.toThrow(
      'Contact [redacted] (ANA%20SOUZA) is not yours; [redacted] is.',
    )
  })
})
