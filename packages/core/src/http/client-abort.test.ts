import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { CallScope } from '../call/scope.ts'
import { countListeners } from './testing/count-listeners.ts'
import { type Answer, deaf, deafBody, jsonAnswer, silence, slowBody } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient } from './testing/test-client.ts'
import type { HttpConfig } from './types.ts'

describe("a caller's abort is passed through untouched, and leaves nothing behind", () => {
  class MyReason {}

  const cases: [string, readonly Answer[], Partial<HttpConfig>, number][] = [
    ['while waiting for the headers', [silence], {}, 0],
    ['while reading the body', [slowBody], {}, 0],
    ['while waiting for headers of a deaf fetch', [deaf], {}, 0],
    ['while reading the body of a deaf fetch', [deafBody], {}, 0],
    [
      'while reading the body of an error',
      [() => new Response(new ReadableStream(), { status: 500 })],
      {},
      0,
    ],
    [
      'while waiting for a retry',
      [() => new Response(null, { status: 503, headers: { 'retry-after': '9' } })],
      {},
      1,
    ],
    ['while asking for a token', [], { authHeaders: () => new Promise(() => {}) }, 0],
    ['with a deadline', [silence], { deadlineMs: 1000 }, 10],
  ]
  const reasons: [string, unknown][] = [
    ['an object', new MyReason()],
    ['the default', undefined],
    ['null', null],
    ['an error that looks like a time-out', new DOMException('mine', 'TimeoutError')],
  ]

  for (const [when, answers, options, advance] of cases) {
    test.each(reasons)(`${when}: %s`, async (_, reason) => {
      const { http, clock } = testClient(answers, options)
      const controller = new AbortController()
      const listeners = countListeners(controller.signal)
      const failed = http.json(inCall(read, { signal: controller.signal })).then(
        () => expect.unreachable(),
        (error: unknown) => ({ error }),
      )
      await clock.advance(advance)
      expect(listeners.count).toBe(1)
      controller.abort(reason)
      expect((await failed).error).toBe(controller.signal.reason)
      await nextTurn()
      expect(clock.pending).toBe(0)
      expect(listeners.count).toBe(0)
    })
  }

  test.each<[string, Partial<HttpConfig>]>([
    ['for a place', { concurrency: 1 }],
    ['for its turn', { rateLimit: { requests: 1, perMs: 60_000 } }],
  ])('while waiting %s: and the next one gets it', async (_, options) => {
    const { http, clock, sent } = testClient([silence, jsonAnswer('next')], { ...options, retry: false })
    const first = contactsError(http.json(read))
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const second = http
      .json(inCall(read, { signal: controller.signal }))
      .catch((error: unknown) => ({ error }))
    const third = http.json(read)
    await nextTurn()
    expect(sent).toHaveLength(1)
    controller.abort('enough')
    expect(await second).toEqual({ error: 'enough' })
    expect(listeners.count).toBe(0)
    await clock.settle(first)
    expect((await clock.settle(third)).data).toBe('next')
    expect(clock.pending).toBe(0)
  })

  test('before the call: nothing is asked or sent', async () => {
    const { http, clock, sent } = testClient([])
    const signal = AbortSignal.abort('early')
    await expect(http.json(inCall(read, { signal }))).rejects.toBe('early')
    expect(sent).toHaveLength(0)
    expect(clock.pending).toBe(0)
  })

  test('at once after the call: nothing is asked or sent', async () => {
    const asked: string[] = []
    const { http, clock, sent } = testClient([silence], {
      authHeaders: () => {
        asked.push('token')
        return {}
      },
    })
    const controller = new AbortController()
    const failed = http
      .json(inCall(read, { signal: controller.signal }))
      .catch((error: unknown) => ({ error }))
    controller.abort('at once')
    expect(await failed).toEqual({ error: 'at once' })
    expect([asked, sent]).toEqual([[], []])
    expect(clock.pending).toBe(0)
  })

  test('from within a hook, just as the headers have arrived', async () => {
    for (const answer of [new Response('ok'), new Response('no', { status: 500 })]) {
      const controller = new AbortController()
      const retried: unknown[] = []
      const { http } = testClient([answer], {
        onResponse: () => controller.abort('seen enough'),
        onRetry: (event) => retried.push(event),
      })
      await expect(http.stream(inCall(read, { signal: controller.signal }))).rejects.toBe('seen enough')
      expect(retried).toEqual([])
    }
  })

  test('while the body of an error is read, it is not announced as a retry', async () => {
    const retried: unknown[] = []
    const { http } = testClient([() => new Response(new ReadableStream(), { status: 500 })], {
      onRetry: (event) => retried.push(event),
    })
    const controller = new AbortController()
    const failed = http
      .json(inCall(read, { signal: controller.signal }))
      .catch((error: unknown) => ({ error }))
    await nextTurn()
    controller.abort('enough')
    expect(await failed).toEqual({ error: 'enough' })
    expect(retried).toEqual([])
  })

  test('after a success or an error nothing is left on the scope of a call that goes on', async () => {
    const answers = () => [jsonAnswer(1), new Response(null, { status: 404 })]
    // Nor where no deadline stands between the call and its requests.
    for (const options of [{ deadlineMs: 1000 }, {}]) {
      const { http, clock, sent } = testClient(answers(), options)
      const call = new CallScope({}, { provider: 'acme', operation: 'scan', clock })
      await http.json({ ...read, call })
      await contactsError(http.json({ ...read, call }))
      expect([call.signal.aborted, clock.pending]).toEqual([false, 0])
      // What followed it still would be told.
      call.leave('over')
      expect(sent.map(({ signal }) => signal.aborted)).toEqual([false, false])
    }
  })

  test('after a success or an error nothing is left on the signal', async () => {
    const { http, clock } = testClient(
      [jsonAnswer(1), new Response(null, { status: 404 }), new TypeError('x')],
      {
        retry: false,
        deadlineMs: 1000,
      },
    )
    const controller = new AbortController()
    const listeners = countListeners(controller.signal)
    const request = inCall(read, { signal: controller.signal })
    await http.json(request)
    await contactsError(http.json(request))
    await contactsError(http.json(request))
    expect(listeners.count).toBe(0)
    expect(clock.pending).toBe(0)
  })
})
