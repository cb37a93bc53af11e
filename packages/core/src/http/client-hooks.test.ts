import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { type Answer, jsonAnswer } from './testing/stub-fetch.ts'
import { read, testClient } from './testing/test-client.ts'
import type { HttpConfig, RequestEvent, ResponseEvent } from './types.ts'

describe('hooks', () => {
  test('are called with each attempt and each answer', async () => {
    const requests: RequestEvent[] = []
    const responses: ResponseEvent[] = []
    const slow: Answer = async () => {
      await clock.sleep(40)
      return jsonAnswer(1, { headers: { 'x-ratelimit-remaining': '17', 'x-plan': 'free' } })
    }
    const { http, clock } = testClient(
      [new Response(null, { status: 500, headers: { 'ratelimit-remaining': '3' } }), slow],
      {
        onRequest: (event) => requests.push(event),
        onResponse: (event) => responses.push(event),
        random: () => 0,
      },
    )
    await clock.settle(http.json({ ...read, query: { email: 'ana@example.com' } }))
    const event = {
      provider: 'acme',
      operation: 'list',
      method: 'GET',
      url: 'https://api.acme.test/v1/contacts',
    }
    expect(requests).toEqual([
      { ...event, attempt: 1, request: {}, headers: { accept: 'application/json' } },
      { ...event, attempt: 2, request: {}, headers: { accept: 'application/json' } },
    ])
    expect(responses).toMatchObject([
      { ...event, attempt: 1, status: 500, durationMs: 0, remaining: 3 },
      {
        ...event,
        attempt: 2,
        status: 200,
        durationMs: 40,
        remaining: 17,
        responseHeaders: { 'x-plan': 'free' },
      },
    ])
  })

  test('a redirect is a request and an answer of its own', async () => {
    const urls: string[] = []
    const { http } = testClient(
      [new Response(null, { status: 302, headers: { location: '/v2?q=ana' } }), jsonAnswer(1)],
      { onRequest: ({ url }) => urls.push(url), onResponse: ({ status }) => urls.push(`${status}`) },
    )
    await http.json(read)
    expect(urls).toEqual(['https://api.acme.test/v1/contacts', '302', 'https://api.acme.test/v2', '200'])
  })

  test.each([null, 'many', '-1', ''])('remaining: %j is left out', async (value) => {
    let event: ResponseEvent | undefined
    const headers: Record<string, string> = value === null ? {} : { 'x-ratelimit-remaining': value }
    const { http } = testClient([jsonAnswer(1, { headers })], {
      onResponse: (given) => {
        event = given
      },
    })
    await http.json(read)
    expect(event).toBeDefined()
    expect(event).not.toHaveProperty('remaining')
  })

  test.each<[readonly string[] | undefined, number | undefined]>([
    [undefined, 5],
    [['x-hubspot-remaining', 'x-ratelimit-remaining'], 3],
    [['x-none', 'ratelimit-remaining'], 7],
    [[], undefined],
  ])('remaining is read from %j: %j', async (remainingHeaders, remaining) => {
    const events: ResponseEvent[] = []
    const headers = {
      'x-hubspot-remaining': '3',
      'x-ratelimit-remaining': '5',
      'ratelimit-remaining': '7',
      'x-none': 'many',
    }
    const { http } = testClient([jsonAnswer(1, { headers })], {
      ...(remainingHeaders && { remainingHeaders }),
      onResponse: (event) => events.push(event),
    })
    await http.json(read)
    expect(events.map((event) => event.remaining)).toEqual([remaining])
  })

  test('see no credential, in requests or answers', async () => {
    const events: unknown[] = []
    const keep = (event: unknown): void => {
      events.push(event)
    }
    const options: Partial<HttpConfig> = {
      onRequest: keep,
      onResponse: keep,
      onRetry: keep,
      headers: { cookie: 'session=hunter2a', 'x-api-key': 'hunter2b', 'x-debug': 'sent sk-hunter2c' },
      authHeaders: () => ({ authorization: 'Bearer sk-hunter2c', 'x-runas': 'hunter2d' }),
    }
    const echo = {
      'set-cookie': 'session=hunter2e',
      'x-echo': 'you sent sk-hunter2c',
      link: '<https://api.acme.test/v1/contacts?email=hunter2f>; rel="next"',
      'x-plan': 'free',
    }
    const { http, clock } = testClient(
      [new Response(null, { status: 503, headers: echo }), jsonAnswer(1)],
      options,
    )
    await clock.settle(
      http.json({ ...read, query: { email: 'hunter2g' }, headers: { 'x-access-token': 'hunter2h' } }),
    )
    expect(events).toHaveLength(5)
    const all = JSON.stringify(events)
    expect(all).not.toContain('hunter2')
    expect(all).toContain('[redacted]')
    expect(all).toContain('free')
  })

  test('one that throws, or whose promise is rejected, disturbs nothing', async () => {
    const thrower = (): never => {
      throw new Error('bug')
    }
    const rejecter = async (): Promise<never> => {
      throw new Error('bug')
    }
    for (const hook of [thrower, rejecter]) {
      const { http, clock } = testClient([new Response(null, { status: 500 }), jsonAnswer(1)], {
        onRequest: hook,
        onResponse: hook,
        onFailure: hook,
        onRetry: hook,
      })
      expect((await clock.settle(http.json(read))).data).toBe(1)
    }
    // An unhandled rejection would fail the run by now.
    await nextTurn()
  })
})
