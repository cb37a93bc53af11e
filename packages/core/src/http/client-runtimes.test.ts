import { afterEach, describe, expect, test, vi } from 'vitest'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'
import type { HttpRequest } from './types.ts'

afterEach(() => vi.unstubAllGlobals())

const deleting: HttpRequest = { ...write, method: 'delete', json: undefined, effect: 'idempotent' }
const putting: HttpRequest = { ...write, method: 'PUT', effect: 'idempotent' }
const patching: HttpRequest = { ...write, method: 'PATCH', effect: 'idempotent' }

/** As each runtime fails when nobody listens. */
const refused = {
  Bun: Object.assign(new TypeError('Unable to connect.'), { code: 'ECONNREFUSED' }),
  Deno: new TypeError('fetch failed', {
    cause: new Error(
      'error sending request for url (https://api.acme.test/v1): client error (Connect): tcp connect error: Connection refused (os error 111)',
    ),
  }),
  Node: new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  }),
}

type Runtime = keyof typeof refused

async function failureOn(runtime: Runtime, request: HttpRequest, error: Error = refused[runtime]) {
  if (runtime !== 'Node') vi.stubGlobal(runtime, {})
  return await contactsError(testClient([error], { retry: false }).http.json(request))
}

describe('where nobody listens', () => {
  test.each<[Runtime, string, HttpRequest]>([
    ['Bun', 'POST', write],
    ['Bun', 'PATCH', patching],
    ['Deno', 'POST', write],
    ['Deno', 'PUT', putting],
    ['Node', 'POST', write],
    ['Node', 'DELETE', deleting],
  ])('%s sends nothing of a %s', async (runtime, _, request) => {
    const error = await failureOn(runtime, request)
    expect(error).toMatchObject({ code: 'network', applied: 'no' })
    expect(error.message).toContain('Nothing was sent')
  })

  test.each<[Runtime, string, HttpRequest]>([
    ['Bun', 'PUT', putting],
    ['Bun', 'DELETE', deleting],
    ['Deno', 'DELETE', deleting],
  ])('%s may have sent a %s before, on a connection that broke', async (runtime, _, request) => {
    const error = await failureOn(runtime, request)
    expect(error).toMatchObject({ code: 'network', applied: 'unknown' })
    expect(error.message).toContain('the server cannot be reached')
    expect(error.message).not.toContain('Nothing was sent')
  })

  test('Deno sends nothing that it is not allowed to', async () => {
    const denied = new Error(
      'Requires net access to "api.acme.test:443", run again with the --allow-net flag',
    )
    const error = await failureOn('Deno', write, denied)
    expect(error).toMatchObject({ code: 'network', applied: 'no' })
    expect(error.cause).toMatchObject({ message: expect.stringContaining('--allow-net') })
  })

  test('Deno tells it from an answer that was lost', async () => {
    const cause = new Error('client error (SendRequest): connection closed before message completed')
    const lost = new TypeError('fetch failed', { cause })
    expect(await failureOn('Deno', write, lost)).toMatchObject({ code: 'network', applied: 'unknown' })
  })
})

describe('a failure that the browser does not explain', () => {
  const untold = new TypeError('Failed to fetch')

  test.each(['document', 'importScripts'])('may be CORS where there is %s', async (name) => {
    vi.stubGlobal(name, {})
    const error = await contactsError(testClient([untold], { retry: false }).http.json(write))
    expect(error).toMatchObject({ code: 'network', applied: 'unknown' })
    expect(error.message).toContain('can also be CORS')
  })

  test('is none elsewhere, nor where there is a reason', async () => {
    const elsewhere = await contactsError(testClient([untold], { retry: false }).http.json(write))
    vi.stubGlobal('document', {})
    const reset = Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })
    const told = await contactsError(testClient([reset], { retry: false }).http.json(write))
    const cut = new Response(
      new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) }),
      { headers: { 'content-type': 'application/json' } },
    )
    const broken = await contactsError(testClient([cut], { retry: false }).http.json(write))
    for (const { code, message } of [elsewhere, told, broken]) {
      expect(code).toBe('network')
      expect(message).not.toContain('CORS')
    }
  })
})

describe('what Deno would send twice', () => {
  test('is a Blob, of the same bytes and under the same headers', async () => {
    vi.stubGlobal('Deno', {})
    const { http, sent } = testClient([jsonAnswer(null), jsonAnswer(null)])
    await http.json(write)
    await http.json({ ...write, json: undefined, body: new TextEncoder().encode('Zoë') })
    const bodies = sent.map(({ body }) => body)
    expect(bodies.every((body) => body instanceof Blob && body.type === '')).toBe(true)
    const texts = bodies.map((body) => (body instanceof Blob ? body.text() : ''))
    expect(await Promise.all(texts)).toEqual(['{"name":"Ana Souza"}', 'Zoë'])
    expect(sent[0]?.headers.get('content-type')).toBe('application/json')
  })

  test('a form keeps its type', async () => {
    vi.stubGlobal('Deno', {})
    const { http, sent } = testClient([jsonAnswer(null)])
    await http.json({ ...write, json: undefined, body: new URLSearchParams({ name: 'Zoë' }) })
    const body = sent[0]?.body
    if (!(body instanceof Blob)) throw new Error('it is no Blob')
    expect([await body.text(), body.type]).toEqual([
      'name=Zo%C3%AB',
      'application/x-www-form-urlencoded;charset=utf-8',
    ])
  })

  test('is as it was where it only reads, has no bytes, or runs elsewhere', async () => {
    const stream = new Blob(['Zoë']).stream()
    const requests: HttpRequest[] = [
      { ...write, effect: 'read' },
      read,
      { ...write, json: undefined, body: stream },
    ]
    vi.stubGlobal('Deno', {})
    const on = testClient([jsonAnswer(null), jsonAnswer(null), jsonAnswer(null)])
    for (const request of requests) await on.http.json(request)
    expect(on.sent.map(({ body }) => body)).toEqual(['{"name":"Ana Souza"}', null, stream])

    vi.unstubAllGlobals()
    const elsewhere = testClient([jsonAnswer(null)])
    await elsewhere.http.json(write)
    expect(elsewhere.sent[0]?.body).toBe('{"name":"Ana Souza"}')
  })
})
