import { describe, expect, test } from 'vitest'
import { type Answer, jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'

function to(location: string, status = 302): { answer: Answer; readonly cancelled: boolean } {
  let cancelled = false
  return {
    answer: () => {
      const body = new ReadableStream({
        cancel: () => {
          cancelled = true
        },
      })
      return new Response(body, { status, headers: { location } })
    },
    get cancelled() {
      return cancelled
    },
  }
}

describe('a redirect within the origin', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed for a read, credential included', async (status) => {
    const redirect = to('../v2/contacts?page=1', status)
    const { http, sent } = testClient([redirect.answer, jsonAnswer('there')], {
      authHeaders: () => ({ authorization: 'Bearer sk-1' }),
    })
    expect((await http.json(read)).data).toBe('there')
    expect(sent[1]).toMatchObject({ url: 'https://api.acme.test/v2/contacts?page=1', method: 'GET' })
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer sk-1')
    expect(redirect.cancelled).toBe(true)
  })

  test.each([307, 308])('%i is followed for a write, with the same method and body', async (status) => {
    const { http, sent } = testClient([to('/v2/contacts', status).answer, jsonAnswer('there')])
    expect((await http.json(write)).data).toBe('there')
    expect(sent[1]).toMatchObject({
      url: 'https://api.acme.test/v2/contacts',
      method: 'POST',
      body: '{"name":"Ana Souza"}',
    })
  })

  test.each([301, 302, 303])('%i is refused for a write', async (status) => {
    const { http, sent } = testClient([to('/v2/contacts', status).answer])
    expect(await contactsError(http.json(write))).toMatchObject({
      code: 'bad_response',
      status,
      retryable: false,
    })
    expect(sent).toHaveLength(1)
  })

  test('is refused for a body that is a stream', async () => {
    const { http } = testClient([to('/v2/contacts', 307).answer])
    const body = new Blob(['x']).stream()
    expect(await contactsError(http.json({ ...write, json: undefined, body }))).toMatchObject({
      code: 'bad_response',
    })
  })

  test('is followed five times, not six', async () => {
    const five = Array.from({ length: 5 }, () => to('/v1/contacts').answer)
    const good = testClient([...five, jsonAnswer('there')])
    expect((await good.http.json(read)).data).toBe('there')
    const bad = testClient([...five, to('/v1/contacts').answer])
    expect(await contactsError(bad.http.json(read))).toMatchObject({ code: 'bad_response' })
    expect(bad.sent).toHaveLength(6)
  })

  test('takes its turn under the rate limit', async () => {
    const { http, clock } = testClient([to('/v2').answer, jsonAnswer(1)], {
      rateLimit: { requests: 1, perMs: 100 },
    })
    const startedAt = clock.now()
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(100)
  })
})

describe('a redirect that is refused', () => {
  test.each([
    ['another host', 'https://evil.test/v1/contacts?token=hunter2'],
    ['another port', 'https://api.acme.test:8443/v1'],
    ['another scheme', 'http://api.acme.test/v1'],
    ['a host without a scheme', '//evil.test/hunter2'],
    ['no web address', 'data:application/json,hunter2'],
    ['an address with a password', 'https://user:hunter2@api.acme.test/v1'],
    ['nonsense', 'https://:hunter2'],
  ])('%s', async (_, location) => {
    for (const request of [read, write]) {
      const redirect = to(location, 307)
      const { http, sent } = testClient([redirect.answer], {
        authHeaders: () => ({ authorization: 'Bearer sk-1' }),
      })
      const error = await contactsError(http.json(request))
      expect(error).toMatchObject({ code: 'bad_response', status: 307, retryable: false })
      expect(error.message).toContain('baseUrl')
      expect(error.message).not.toContain('hunter2')
      expect(error.message).not.toContain('evil')
      expect(sent).toHaveLength(1)
      expect(redirect.cancelled).toBe(true)
    }
  })

  test('one that a browser hides', async () => {
    const hidden: Answer = () => {
      const response = new Response(null)
      Object.defineProperty(response, 'type', { value: 'opaqueredirect' })
      Object.defineProperty(response, 'status', { value: 0 })
      Object.defineProperty(response, 'ok', { value: false })
      return response
    }
    const { http, sent } = testClient([hidden])
    const error = await contactsError(http.json(read))
    expect(error.code).toBe('bad_response')
    expect(error.message).toContain('baseUrl')
    expect(sent).toHaveLength(1)
  })

  test.each([300, 304, 305, 302])('%i without a place to go', async (status) => {
    const { http, sent } = testClient([new Response(null, { status })])
    expect(await contactsError(http.json(read))).toMatchObject({ code: 'bad_response', status })
    expect(sent).toHaveLength(1)
  })
})
