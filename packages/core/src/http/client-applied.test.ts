import { describe, expect, test } from 'vitest'
import { CallScope } from '../call/scope.ts'
import type { Applied } from '../errors.ts'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig, HttpRequest } from './types.ts'

const json = { 'content-type': 'application/json' }
const put: HttpRequest = { ...write, method: 'PUT', effect: 'idempotent' }

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(null, { status: code, headers })

const unconnected = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code }) })

const dropped = Object.assign(new TypeError('fetch failed'), { code: 'UND_ERR_SOCKET' })

const cutBody: Answer = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'))
        controller.error(new TypeError('terminated'))
      },
    }),
    { headers: json },
  )

/** Such a code in the middle of an answer says nothing about the request's way. */
const cutBodyWithCode: Answer = () =>
  new Response(new ReadableStream({ start: (c) => c.error(unconnected('ECONNREFUSED')) }), { headers: json })

/** The status has arrived, its body never does. */
const slowRefusal: Answer = () => new Response(new ReadableStream(), { status: 404 })

const lostAnswers: [string, Answer][] = [
  ...[408, 500, 501, 502, 503, 504].map((code): [string, Answer] => [`a ${code}`, status(code)]),
  ['a redirect that is not followed', status(303, { location: 'https://elsewhere.test/' })],
  ['a connection that was cut', dropped],
  ['a body that was cut', cutBody],
  ['a body that was cut by a refused connection', cutBodyWithCode],
  ['no answer in time', silence],
  ['JSON that is damaged', () => new Response('{"id"', { headers: json })],
  ['an answer that is not JSON', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['an answer that is too large', () => jsonAnswer('x'.repeat(2000))],
]

const refusals: [string, Answer][] = [400, 401, 403, 404, 409, 410, 422, 425, 429].map((code) => [
  `a ${code}`,
  status(code),
])

/** Sends a request, and gives the error's `applied` and what the scope of its call then knows. */
async function fate(
  request: HttpRequest,
  answers: readonly Answer[],
  options: Partial<HttpConfig> = {},
): Promise<{ readonly applied: Applied; readonly known: Applied }> {
  const { http, clock, sent } = testClient(answers, { maxResponseBytes: 1000, ...options })
  const call = new CallScope(request.call ?? {}, { provider: 'acme', operation: 'create', clock })
  const { applied } = await contactsError(clock.settle(http.json({ ...request, call })))
  const known = call.applied
  call.close()
  expect(sent).toHaveLength(answers.length)
  // A request that is a call of its own says the same.
  const own = testClient(answers, { maxResponseBytes: 1000, ...options })
  expect((await contactsError(own.clock.settle(own.http.json(request)))).applied).toBe(applied)
  return { applied, known }
}

describe('applied: a write that is sent once', () => {
  test.each(refusals)('no, after %s', async (_, answer) => {
    expect(await fate(write, [answer], { retry: false })).toEqual({ applied: 'no', known: 'no' })
  })

  test.each(lostAnswers)('unknown, after %s', async (_, answer) => {
    expect(await fate(write, [answer])).toEqual({ applied: 'unknown', known: 'unknown' })
  })

  test.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'ConnectionRefused',
  ])('no, after %s in every attempt', async (code) => {
    const { http, clock, sent } = testClient(Array(4).fill(unconnected(code)))
    const error = await contactsError(clock.settle(http.json(write)))
    expect(error).toMatchObject({ code: 'network', applied: 'no', retryable: true })
    expect(error.message).toContain('Nothing was sent')
    expect(sent).toHaveLength(4)
  })

  test.each<[string, Partial<HttpConfig>]>([
    ['a function for headers fails', { headers: () => Promise.reject(new Error('no token')) }],
    ['a function for headers takes too long', { authHeaders: () => new Promise(() => {}) }],
    ['the deadline passes before it is sent', { authHeaders: () => new Promise(() => {}), deadlineMs: 10 }],
  ])('no, when %s', async (_, options) => {
    expect(await fate(write, [], options)).toEqual({ applied: 'no', known: 'no' })
  })

  test('no, when a hook aborts the call before it is sent', async () => {
    const controller = new AbortController()
    const { http, clock, sent } = testClient([], { onRequest: () => controller.abort('enough') })
    const call = new CallScope(
      { signal: controller.signal },
      { provider: 'acme', operation: 'create', clock },
    )
    await expect(http.json({ ...write, call })).rejects.toBe('enough')
    expect([call.applied, sent.length]).toEqual(['no', 0])
  })

  test('unknown, when the deadline passes after it is sent', async () => {
    expect(await fate(write, [silence], { deadlineMs: 10 })).toEqual({ applied: 'unknown', known: 'unknown' })
    const inTime = inCall(write, { deadlineMs: 10 })
    expect(await fate(inTime, [silence])).toEqual({ applied: 'unknown', known: 'unknown' })
  })

  test('no, when the deadline passes while the body of a refusal is read, or before it is sent again', async () => {
    const inTime = inCall(write, { deadlineMs: 10 })
    expect(await fate(inTime, [slowRefusal])).toEqual({ applied: 'no', known: 'no' })
    const queued = { deadlineMs: 500, rateLimit: { requests: 1, perMs: 1000 } }
    expect(await fate(write, [status(429)], queued)).toEqual({ applied: 'no', known: 'no' })
  })

  test.each([
    ['a refusal', { code: 'not_found' }, 'no'],
    ['a rate limit', { code: 'rate_limited' }, 'no'],
    ['no code', {}, 'unknown'],
    ['an outage', { code: 'unavailable', retryable: true }, 'unknown'],
  ] as const)('under a status of success: %s', async (_, found, applied) => {
    const options = { classifyAnswer: () => found }
    const { http, sent } = testClient([jsonAnswer({ success: false })], options)
    const error = await contactsError(http.json(write))
    // Making it again is safe only where it was not applied.
    expect([error.applied, error.retryable]).toEqual([applied, false])
    expect(sent).toHaveLength(1)
  })
})

describe('applied: a write that is sent again', () => {
  const twice = { retry: { attempts: 2 } }

  test.each<[string, Answer]>([...refusals, ['no connection', unconnected('ECONNREFUSED')], ...lostAnswers])(
    'unknown, after a 500 and %s',
    async (_, answer) => {
      expect(await fate(put, [status(500), answer], twice)).toEqual({
        applied: 'unknown',
        known: 'unknown',
      })
    },
  )

  test('does not say that nothing was sent when an attempt before was', async () => {
    const { http, clock } = testClient([dropped, unconnected('ECONNREFUSED')], twice)
    const error = await contactsError(clock.settle(http.json(put)))
    expect(error.message).toContain('cannot be reached (ECONNREFUSED)')
    expect(error.message).not.toContain('Nothing was sent')
  })

  test('unknown, after a 500, when its headers cannot be made again or its deadline passes', async () => {
    let asked = 0
    const headers = async (): Promise<Record<string, string>> => {
      if (asked++ % 2 === 1) throw new Error('no token')
      return {}
    }
    expect(await fate(put, [status(500)], { headers })).toEqual({ applied: 'unknown', known: 'unknown' })
    const queued = { deadlineMs: 500, rateLimit: { requests: 1, perMs: 1000 } }
    expect(await fate(put, [status(500)], queued)).toEqual({ applied: 'unknown', known: 'unknown' })
  })

  test.each([429, 425])('no, after a %i and a refusal', async (code) => {
    expect(await fate(put, [status(code), status(404)])).toEqual({ applied: 'no', known: 'no' })
  })

  test('is repeated after no connection, though it is sent once', async () => {
    const { http, clock, sent } = testClient([unconnected('ENOTFOUND'), jsonAnswer('ok')])
    const call = new CallScope({}, { provider: 'acme', operation: 'create', clock })
    expect((await clock.settle(http.json({ ...write, call }))).data).toBe('ok')
    expect([sent.length, call.applied]).toEqual([2, 'yes'])
  })
})

describe('applied: a read says no, whatever happens', () => {
  const search: HttpRequest = { ...write, effect: 'read' }

  test.each([...refusals, ...lostAnswers, ['no connection', unconnected('ECONNREFUSED')] as const])(
    'after %s',
    async (_, answer) => {
      for (const request of [read, search]) {
        expect(await fate(request, [answer], { retry: false })).toEqual({ applied: 'no', known: 'no' })
      }
    },
  )

  test('when its deadline passes', async () => {
    expect(await fate(search, [silence], { deadlineMs: 10 })).toEqual({ applied: 'no', known: 'no' })
  })
})

describe('applied: several requests of one call', () => {
  test('each error says what became of its own request; the call knows what came before', async () => {
    const { http, clock } = testClient([jsonAnswer('written'), status(404), status(400), status(500)])
    const call = new CallScope({}, { provider: 'acme', operation: 'upsert', clock })
    await http.json({ ...write, call })
    const error = await contactsError(http.json({ ...read, call }))
    expect(error.applied).toBe('no')
    expect(call.failure(error)).toMatchObject({ code: 'not_found', applied: 'yes' })
    expect(await contactsError(http.json({ ...write, call }))).toMatchObject({ applied: 'no' })
    expect(await contactsError(http.json({ ...write, call }))).toMatchObject({ applied: 'unknown' })
  })

  test('a deadline of the call is told as its own, with what was written before', async () => {
    const { http, clock } = testClient([jsonAnswer('written'), silence])
    const call = new CallScope({ deadlineMs: 100 }, { provider: 'acme', operation: 'upsert', clock })
    await http.json({ ...write, call })
    const error = await contactsError(clock.settle(http.json({ ...read, call })))
    expect(error).toMatchObject({ code: 'timeout', operation: 'upsert', applied: 'yes' })
    expect(error.message).toContain('`deadlineMs` of 100 ms')
  })
})

describe('a write that is waiting to be sent', () => {
  test.each<[string, Partial<HttpConfig>, readonly Answer[]]>([
    ['for its turn', { rateLimit: { requests: 1, perMs: 10_000 } }, [jsonAnswer('first')]],
    ['for its headers', { authHeaders: () => new Promise(() => undefined) }, []],
    ['to be sent again after a refusal', {}, [jsonAnswer('first'), status(429, { 'retry-after': '50' })]],
  ])('is not known to its call yet: %s', async (_, options, answers) => {
    const { http, clock, sent } = testClient(answers, options)
    if (answers.length > 0) await clock.settle(http.json(read))
    const scope = new CallScope({}, { provider: 'acme', operation: 'create', clock })
    const writing = http.json({ ...write, call: scope }).catch(() => undefined)
    await clock.advance(1_000)
    expect([sent.length, scope.applied]).toEqual([answers.length, 'no'])
    scope.leave(new Error('enough'))
    await clock.settle(writing)
    expect(scope.applied).toBe('no')
  })
})
