import { describe, expect, test } from 'vitest'
import { type Answer, jsonAnswer, silence } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig, RetryEvent } from './types.ts'

const answer =
  (status: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(null, { status, headers })

const dropped = new TypeError('fetch failed')

/** Runs a read, and gives the waits between its attempts. */
async function waits(answers: readonly Answer[], options: Partial<HttpConfig> = {}): Promise<number[]> {
  const delays: number[] = []
  const { http, clock } = testClient(answers, { ...options, onRetry: ({ delayMs }) => delays.push(delayMs) })
  const startedAt = clock.now()
  await clock.settle(http.json(read).catch(() => undefined))
  expect(clock.now() - startedAt).toBe(delays.reduce((sum, delay) => sum + delay, 0))
  return delays
}

describe('what is sent again', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('a read answered %i', async (status) => {
    const { http, clock, sent } = testClient([answer(status), jsonAnswer('ok')])
    expect((await clock.settle(http.json(read))).data).toBe('ok')
    expect(sent).toHaveLength(2)
  })

  test.each([400, 401, 403, 404, 409, 422, 501, 505])('not a read answered %i', async (status) => {
    const { http, sent } = testClient([answer(status)])
    await contactsError(http.json(read))
    expect(sent).toHaveLength(1)
  })

  test('a read whose connection fails, and one that times out', async () => {
    const { http, clock, sent } = testClient([dropped, silence, jsonAnswer('ok')])
    expect((await clock.settle(http.json(read))).data).toBe('ok')
    expect(sent).toHaveLength(3)
  })

  test.each<[string, Answer]>([
    ['408', answer(408)],
    ['425', answer(425)],
    ['500', answer(500)],
    ['502', answer(502)],
    ['503', answer(503, { 'retry-after': '1' })],
    ['504', answer(504)],
    ['a failed connection', dropped],
    ['a time-out', silence],
  ])('never a write after %s', async (_, first) => {
    const { http, clock, sent } = testClient([first, jsonAnswer('twice')])
    expect(await contactsError(clock.settle(http.json(write)))).toMatchObject({ retryable: false })
    expect(sent).toHaveLength(1)
  })

  test('a write after 429, with which the server says that it did nothing', async () => {
    const { http, clock, sent } = testClient([answer(429), answer(429), jsonAnswer('ok')])
    expect((await clock.settle(http.json(write))).data).toBe('ok')
    expect(sent.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"Ana Souza"}'))
  })

  test('a write after 429 only so far: what comes then counts', async () => {
    const { http, clock, sent } = testClient([answer(429), dropped])
    expect(await contactsError(clock.settle(http.json(write)))).toMatchObject({
      code: 'network',
      retryable: false,
    })
    expect(sent).toHaveLength(2)
  })

  test('a HEAD like a GET, whatever the case of the method', async () => {
    for (const method of ['HEAD', 'head', 'get']) {
      const { http, clock, sent } = testClient([answer(503), new Response(null)])
      await clock.settle(http.json({ ...read, method }))
      expect(sent).toHaveLength(2)
    }
  })

  test('a write that is idempotent, but not a GET that is said to do something each time', async () => {
    const { http, clock, sent } = testClient([answer(500), jsonAnswer('ok'), answer(500)])
    expect((await clock.settle(http.json({ ...write, effect: 'idempotent' }))).data).toBe('ok')
    await contactsError(http.json({ ...read, effect: 'once' }))
    expect(sent).toHaveLength(3)
  })

  test('not a body that is a stream: it is used up', async () => {
    const { http, clock, sent } = testClient([answer(429)])
    const body = new Blob(['a,b']).stream()
    const error = await contactsError(clock.settle(http.json({ ...write, json: undefined, body })))
    expect(error).toMatchObject({ code: 'rate_limited' })
    expect(sent).toHaveLength(1)
  })
})

describe('how often', () => {
  test.each<[string, HttpConfig['retry'], HttpConfig['retry'], number]>([
    ['four times by default', undefined, undefined, 4],
    ['as the client says', { attempts: 2 }, undefined, 2],
    ['once with false', false, undefined, 1],
    ['as the request says', { attempts: 2 }, { attempts: 3 }, 3],
    ['once with false on the request', undefined, false, 1],
    ['as the request says, though the client says false', false, { attempts: 2 }, 2],
  ])('%s', async (_, client, request, times) => {
    const { http, clock, sent } = testClient(Array(9).fill(answer(500)), { retry: client })
    expect(await contactsError(clock.settle(http.json(inCall(read, { retry: request }))))).toMatchObject({
      code: 'unavailable',
      status: 500,
    })
    expect(sent).toHaveLength(times)
  })
})

describe('how long it waits', () => {
  const failures = Array<Answer>(6).fill(answer(500))

  test('full jitter over a delay that doubles up to the longest', async () => {
    const retry = { attempts: 6, baseDelayMs: 100, maxDelayMs: 500 }
    expect(await waits(failures, { retry, random: () => 0.5 })).toEqual([50, 100, 200, 250, 250])
    expect(await waits(failures, { retry, random: () => 0 })).toEqual([0, 0, 0, 0, 0])
    expect(await waits(failures, { retry, random: () => 1 })).toEqual([100, 200, 400, 500, 500])
  })

  test('Retry-After is a minimum, in seconds and as a date', async () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 9)).toUTCString()
    expect(await waits([answer(429, { 'retry-after': '7' }), jsonAnswer(1)])).toEqual([7000])
    expect(await waits([answer(503, { 'retry-after': date }), jsonAnswer(1)])).toEqual([9000])
    expect(await waits([answer(429, { 'retry-after': '0' }), jsonAnswer(1)])).toEqual([125])
  })

  test('reset headers count for a rate limit, and for nothing else', async () => {
    const resetHeaders = ['x-ratelimit-reset']
    const epoch = { 'x-ratelimit-reset': String(Date.UTC(2026, 0, 1, 0, 0, 30) / 1000) }
    expect(await waits([answer(429, epoch), jsonAnswer(1)], { resetHeaders })).toEqual([30_000])
    expect(await waits([answer(429, { 'x-ratelimit-reset': '4' }), jsonAnswer(1)], { resetHeaders })).toEqual(
      [4000],
    )
    expect(await waits([answer(503, epoch), jsonAnswer(1)], { resetHeaders })).toEqual([125])
    expect(await waits([answer(429, epoch), jsonAnswer(1)])).toEqual([125])
  })

  test('reset headers are read in the unit that they are said to have', async () => {
    const wait = { 'x-interval': '10000' }
    const resetHeaders = [{ name: 'x-interval', unit: 'milliseconds' }] as const
    expect(await waits([answer(429, wait), jsonAnswer(1)], { resetHeaders })).toEqual([10_000])
  })

  test("a time is measured against the answer's own date, and is capped like any wait", async () => {
    // The server's clock is a day ahead of ours.
    const date = 'Fri, 02 Jan 2026 00:00:00 GMT'
    const soon = { date, 'retry-after': 'Fri, 02 Jan 2026 00:00:09 GMT' }
    expect(await waits([answer(503, soon), jsonAnswer(1)])).toEqual([9000])
    const reset = { date, 'x-reset': String(Date.UTC(2026, 0, 2, 0, 0, 30) / 1000) }
    expect(await waits([answer(429, reset), jsonAnswer(1)], { resetHeaders: ['x-reset'] })).toEqual([30_000])
    const late = { date, 'retry-after': 'Fri, 02 Jan 2026 00:02:00 GMT' }
    const { http } = testClient([answer(429, late)])
    expect(await contactsError(http.json(read))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 120_000,
    })
  })

  test.each([
    ['429 for longer than maxDelayMs', 429, { maxDelayMs: 6999 }, undefined, 'rate_limited'],
    ['429 for longer than the deadline leaves', 429, {}, 7000, 'rate_limited'],
    ['503 for longer than maxDelayMs', 503, { maxDelayMs: 6999 }, undefined, 'unavailable'],
    ['503 for longer than the deadline leaves', 503, {}, 7000, 'unavailable'],
  ] as const)('asked to wait by a %s, it fails at once', async (_, status, retry, deadlineMs, code) => {
    const { http, clock, sent } = testClient([answer(status, { 'retry-after': '7' })], { retry, deadlineMs })
    const startedAt = clock.now()
    expect(await contactsError(http.json(read))).toMatchObject({ code, retryAfterMs: 7000, retryable: true })
    expect(clock.now()).toBe(startedAt)
    expect(sent).toHaveLength(1)
  })

  test('asked to wait for as long as allowed, it waits', async () => {
    const { http, clock, sent } = testClient([answer(429, { 'retry-after': '7' }), jsonAnswer(1)], {
      retry: { maxDelayMs: 7000 },
      deadlineMs: 7001,
    })
    await clock.settle(http.json(read))
    expect(sent).toHaveLength(2)
  })

  test('a backoff that the deadline does not leave fails at once, with what happened', async () => {
    const { http, clock, sent } = testClient([dropped], { deadlineMs: 125 })
    const startedAt = clock.now()
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'network' })
    expect(clock.now()).toBe(startedAt)
    expect(sent).toHaveLength(1)
  })

  test('the last answer tells how long to wait', async () => {
    const { http, clock } = testClient(Array(2).fill(answer(429, { 'retry-after': '7' })), {
      retry: { attempts: 2 },
    })
    expect(await contactsError(clock.settle(http.json(read)))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7000,
    })
  })
})

test('onRetry is told why and for how long', async () => {
  const events: RetryEvent[] = []
  const { http, clock } = testClient([answer(503), dropped, jsonAnswer(1)], {
    onRetry: (event) => events.push(event),
  })
  await clock.settle(http.json({ ...read, query: { q: 'ana' } }))
  expect(events).toMatchObject([
    { code: 'unavailable', status: 503, delayMs: 125, attempt: 1, url: 'https://api.acme.test/v1/contacts' },
    { code: 'network', delayMs: 250, attempt: 2, method: 'GET', operation: 'list', provider: 'acme' },
  ])
  expect(events[1]).not.toHaveProperty('status')
})
